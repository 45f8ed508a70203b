import { type VoiceConnection, VoiceConnectionDisconnectReason, type VoiceConnectionState } from '@discordjs/voice';
import { Bell } from '../core/concurrency/bell.ts';
import { Inbox } from '../core/concurrency/inbox.ts';
import { VoiceError } from '../core/errors.ts';
import type { SpeakerId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { MayHear, SpeakerReception, SpeakerStream, VoiceRoom, VoiceRoomEvent } from '../core/ports/voice.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import { deadlineMs, joining, type LinkEvent, type LinkState, step } from './connection/link.ts';
import { SilenceWatch } from './connection/silence-watch.ts';
import { Wire } from './connection/wire.ts';
import type { SampleRateHz } from './decoding/decoder.ts';
import type { NativeVoice } from './native/native.ts';
import { Receiver } from './receiver.ts';

const ANNOUNCE_AFTER_MS = 1_500; // a shorter interruption is not worth people's attention: a change of server takes half a second
const LOOK_MS = 500; // whether silence is silence

export interface RoomOptions {
  readonly sampleRateHz: SampleRateHz;
  readonly native: NativeVoice | undefined;
  readonly takesPackets?: (() => boolean) | undefined;
  readonly clock: MeetingClock;
  readonly mayHear: MayHear;
  readonly log: Log;
  readonly random: () => number; // 0 to 1
  /** The bot has left the channel: nothing of the room changes any more. */
  readonly left?: () => void;
}

/** A voice channel the bot sits in: keeps the connection alive through failures, and passes on everybody's streams. */
export class DiscordVoiceRoom implements VoiceRoom {
  readonly #connection: VoiceConnection;
  readonly #options: RoomOptions;
  readonly #wire: Wire;
  readonly #receiver: Receiver;
  readonly #speakers = new Inbox<SpeakerStream>();
  readonly #events = new Inbox<VoiceRoomEvent>();
  readonly #stateChanges = new Bell();
  #state: LinkState;
  #deadline: NodeJS.Timeout | undefined;
  #announcement: NodeJS.Timeout | undefined;
  #announced = false; // an 'interrupted' event was emitted for this outage
  readonly #silence: SilenceWatch;
  readonly #looking: NodeJS.Timeout;
  #answered = true; // Discord named a voice server since we last asked

  /** Takes over a connection that was just made. The room owns it from now on, and ends it. */
  constructor(connection: VoiceConnection, options: RoomOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#state = joining(options.clock.nowMs());
    this.#silence = new SilenceWatch(options.clock.nowMs());
    this.#looking = setInterval(() => this.#lookAtSilence(), LOOK_MS);
    this.#receiver = new Receiver({
      ...options,
      link: () => this.#wire,
      heard: (stream) => this.#speakers.put(stream),
      missed: (speakerId, startMs, endMs) => this.#events.put({ kind: 'missed', speakerId, startMs, endMs }),
    });
    this.#wire = new Wire(
      connection,
      {
        datagramReceived: (buffer, start, end) => {
          this.#hear();
          this.#receiver.readDatagram(buffer, start, end);
        },
        messageReceived: (message) => {
          this.#hear();
          this.#receiver.readMessage(message);
        },
        messageRefused: (op, error) => options.log.warn({ op, error: nameOf(error) }, 'voice: message refused'),
        datagramFailed: (error) => options.log.error({ error: nameOf(error) }, 'voice: a packet could not be handled'),
        brokenOff: (because) => {
          options.log.warn({ because }, 'voice: hung up on a misbehaving voice server');
          this.#applyEvent({ kind: 'broken' });
        },
        serverOpened: (endpoint) => this.#serverOpened(endpoint),
        gatewayClosed: (code) => this.#applyEvent({ kind: 'closed', code }),
      },
      () => options.clock.nowMs(),
      options.native,
    );
    // Without a listener an 'error' would end the process; its consequence arrives as a change of state.
    connection.on('error', (error) => options.log.warn({ error: nameOf(error) }, 'voice: connection error'));
    connection.on('stateChange', (_, state) => this.#stateChanged(state));
    this.#armDeadline();
    this.#stateChanged(connection.state); // asking for a voice server may have failed at once
  }

  speakers(signal: AbortSignal): AsyncIterable<SpeakerStream> {
    return this.#speakers.items(signal);
  }

  events(signal: AbortSignal): AsyncIterable<VoiceRoomEvent> {
    return this.#events.items(signal);
  }

  reception(speakerId: SpeakerId): SpeakerReception | undefined {
    return this.#receiver.reception(speakerId);
  }

  /** The state of the connection. */
  get linkState(): LinkState['kind'] {
    return this.#state.kind;
  }

  /** What became of all packets so far. */
  get packets(): Readonly<Record<string, number>> {
    return this.#receiver.packets;
  }

  get isConnected(): boolean {
    return this.#state.kind === 'connected' || this.#state.kind === 'resuming';
  }

  async rejoin(signal: AbortSignal): Promise<void> {
    this.#applyEvent({ kind: 'rejoin' });
    this.#askForServer();
    await this.connected(signal);
  }

  /**
   * Resolves when audio can flow.
   *
   * @throws {VoiceError} when the room gave up or was left
   */
  async connected(signal: AbortSignal): Promise<void> {
    while (!this.isConnected) {
      if (this.#state.kind === 'lost') throw this.#state.error;
      if (this.#state.kind === 'left')
        throw new VoiceError('connection-lost', 'Cannot hear the voice channel: the bot has left it');
      await this.#stateChanges.wait(signal);
      signal.throwIfAborted();
    }
  }

  async leave(): Promise<void> {
    this.#applyEvent({ kind: 'left' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }

  #serverOpened(endpoint: string): void {
    this.#answered = true;
    this.#receiver.serverOpened(endpoint);
    this.#applyEvent({ kind: 'opened' });
  }

  #stateChanged(state: VoiceConnectionState): void {
    if (state.status === 'ready') this.#applyEvent({ kind: 'ready' });
    else if (state.status === 'connecting' && this.#wire.resuming) this.#applyEvent({ kind: 'resuming' });
    else if (state.status === 'destroyed') this.#applyEvent({ kind: 'client gone' });
    else if (state.status === 'disconnected' && state.reason === VoiceConnectionDisconnectReason.EndpointRemoved)
      this.#applyEvent({ kind: 'server away' });
    else if (state.status === 'disconnected' && state.reason === VoiceConnectionDisconnectReason.AdapterUnavailable)
      this.#applyEvent({ kind: 'gateway away' });
  }

  #applyEvent(event: LinkEvent): void {
    const before = this.#state;
    const after = step(before, event, this.#options.clock.nowMs());
    if (after === before) return;
    this.#state = after;
    const code = 'code' in event ? { code: event.code } : {};
    this.#options.log.info({ event: event.kind, state: after.kind, ...code }, 'voice: connection');
    this.#armDeadline();
    this.#announceOutage(before, after);
    if (after.kind === 'attempting' && event.kind === 'due') this.#reconnect();
    if (after.kind === 'left') this.#cleanUp();
    this.#stateChanges.ring();
  }

  #hear(): void {
    if (!this.#silence.hear(this.#options.clock.nowMs()) || !this.isConnected) return;
    this.#options.log.info({}, 'voice: the voice server is heard again');
    this.#announceEnd();
  }

  #lookAtSilence(): void {
    const nowMs = this.#options.clock.nowMs();
    if (this.#state.kind !== 'connected') {
      this.#silence.restart(nowMs);
      return;
    }
    const due = this.#silence.look(nowMs);
    if (due === 'ask') this.#wire.ask();
    if (due !== 'deaf') return;
    const [because, sinceMs] = ['nothing arrives from the voice server', this.#silence.heardMs];
    this.#options.log.warn({ forMs: Math.round(nowMs - sinceMs) }, `voice: ${because}`);
    this.#announced = true;
    this.#events.put({ kind: 'interrupted', because, sinceMs });
  }

  /** Limits how long the current state may last. */
  #armDeadline(): void {
    clearTimeout(this.#deadline);
    const limitMs = deadlineMs(this.#state, this.#options.random);
    if (limitMs !== undefined) this.#deadline = setTimeout(() => this.#applyEvent({ kind: 'due' }), limitMs);
  }

  #announceOutage(before: LinkState, after: LinkState): void {
    if (after.kind === 'connected') {
      clearTimeout(this.#announcement);
      this.#announcement = undefined;
      this.#announceEnd();
    } else if (after.kind === 'lost') {
      clearTimeout(this.#announcement);
      this.#events.put({ kind: 'lost', error: after.error });
    } else if ('outage' in after && (before.kind === 'connected' || before.kind === 'resuming')) {
      const { because, sinceMs } = after.outage;
      this.#announcement = setTimeout(() => {
        this.#announced = true;
        this.#events.put({ kind: 'interrupted', because, sinceMs });
      }, ANNOUNCE_AFTER_MS);
    }
  }

  #announceEnd(): void {
    if (this.#announced) this.#events.put({ kind: 'connected' });
    this.#announced = false;
  }

  /** Asks for a voice server; when the last request went unanswered, tries the known server instead. */
  #reconnect(): void {
    if (this.#answered) this.#askForServer();
    else this.#connection.configureNetworking();
  }

  #askForServer(): void {
    this.#answered = false;
    this.#connection.rejoin();
  }

  #cleanUp(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#announcement);
    clearInterval(this.#looking);
    if (this.#connection.state.status !== 'destroyed') this.#connection.destroy();
    this.#wire.release();
    this.#receiver.finish();
    this.#options.log.info(this.#receiver.drops, 'voice: left; packets dropped');
    this.#speakers.finish();
    this.#events.finish();
    this.#options.left?.();
  }
}

/** The loggable part of a library error: its message could hold an address or a token. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
