import { SttError } from '../core/errors.ts';
import type { SpeakerId } from '../core/ids.ts';
import { checkMode } from '../core/log.ts';
import type { SttNotice, SttOptions } from '../core/ports/speech-to-text.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import { AskedLanguages } from './asked-languages.ts';
import { IDLE, type LinkEvent, type LinkState, step } from './link.ts';
import type { PendingSpeech } from './results/pending-speech.ts';
import type { Shared } from './shared.ts';
import type { Claimant } from './sockets/age-queue.ts';
import { Carrier } from './sockets/carrier.ts';
import type { Lease } from './sockets/pool.ts';
import type { ServerMessage, StreamParameters } from './sockets/protocol.ts';
import type { Tape } from './tape/tape.ts';

/** One socket in use, with what was asked of it. */
export interface SocketInUse {
  readonly lease: Lease;
  readonly carrier: Carrier;
  readonly wanted: SttOptions;
  readonly asked: SttOptions; // the part of `wanted` that the recogniser takes
  readonly sentBefore: number; // audio before this sample went to an earlier socket, too
}

/** The speaker whose audio a connection carries: what is still to be sent, and who hears what happens. */
export interface ConnectedSpeaker {
  readonly speakerId: SpeakerId;
  readonly clock: MeetingClock;
  readonly tape: Tape;
  readonly pending: Pick<PendingSpeech, 'unsafeFrom' | 'replayFrom' | 'isUnderWay'>;
  readonly notify: (notice: SttNotice) => void;
  /** A socket is open: audio may go out now. */
  readonly opened: (carrier: Carrier, nowMs: number) => void;
  /** The socket in use sent a message. Returns whether that brought new text. */
  readonly received: (message: ServerMessage, socket: SocketInUse, nowMs: number) => boolean;
  /** The socket in use is gone, whoever ended it: nothing more comes from it. */
  readonly socketGone: (nowMs: number) => void;
  /** The service or the network took the socket away while speech was under way. */
  readonly speechCutOff: () => void;
}

/**
 * One speaker's connection to the recogniser: it dials, retries, waits in the queue for a free socket, and gives way to
 * speakers whose speech is older. It says when audio may go out, and sends none itself.
 *
 * Its modes are the states of the link (`step` says what leads from one to another; `checkMode` checks each that is entered):
 *
 * | mode | what holds in it | what ends it |
 * |---|---|---|
 * | idle | no socket, no dial | speech |
 * | connecting | one dial is under way, or waits in the queue; no socket | the socket opens, is refused, or is not needed |
 * | live | one socket is in use; no dial | the socket is lost or released |
 * | waiting | no socket, no dial; `#retryAtMs` says when to dial again | that time |
 * | stopped | no socket, no dial; the speaker was notified why | other settings |
 * | closed | no socket, no dial | nothing |
 */
export class Connection {
  readonly #speaker: ConnectedSpeaker;
  readonly #shared: Pick<Shared, 'pool' | 'limits' | 'sampleRateHz' | 'fillerFilter' | 'random' | 'log'>;
  readonly #languages: AskedLanguages;
  readonly #claimant: Claimant;
  readonly #work = new Set<Promise<void>>(); // dials and goodbyes under way
  readonly #past = { sentSamples: 0, sentUntil: 0, keptAlive: 0, sockets: 0, reconnects: 0 };
  #options: SttOptions;
  #link: LinkState = IDLE;
  #inUse: SocketInUse | undefined;
  #dialling: AbortController | undefined;
  #retryAtMs = 0;
  #isReplacing = false; // the next socket takes the place of one that was lost
  #wantedSinceMs: number | undefined; // since then somebody with older speech waits for our socket

  constructor(
    speaker: ConnectedSpeaker,
    options: SttOptions,
    shared: Pick<Shared, 'pool' | 'limits' | 'sampleRateHz' | 'fillerFilter' | 'random' | 'log'>,
  ) {
    this.#speaker = speaker;
    this.#options = options;
    this.#shared = shared;
    this.#claimant = { waitingSinceMs: () => this.#waitingSinceMs() };
    this.#languages = new AskedLanguages(shared.pool.refusedLanguages, (leftOut) =>
      speaker.notify({ kind: 'languages left out', leftOut }),
    );
  }

  get state(): LinkState {
    return this.#link;
  }

  get isClosed(): boolean {
    return this.#link.kind === 'closed';
  }

  /** Whether the speech waits until another speaker gives a socket back. */
  get isQueued(): boolean {
    return this.#link.kind === 'connecting' && this.#shared.pool.isQueued(this.#claimant);
  }

  /** What carries the audio over the socket in use; missing: there is none. */
  get carrier(): Carrier | undefined {
    return this.#inUse?.carrier;
  }

  /** Whether the socket in use was asked for something else than is wanted now. */
  get isOutdated(): boolean {
    return this.#inUse !== undefined && this.#inUse.wanted !== this.#options;
  }

  /** What went over all sockets so far. `keptAlive` counts samples of silence that only kept a socket. */
  get totals(): { sentSamples: number; keptAlive: number; sockets: number; reconnects: number } {
    const { sentSamples, keptAlive, sockets, reconnects } = this.#past;
    const { carrier } = this;
    return {
      sentSamples: sentSamples + (carrier?.sentSamples ?? 0),
      keptAlive: keptAlive + (carrier?.keptAlive ?? 0),
      sockets,
      reconnects,
    };
  }

  /** There is speech: a socket is needed, unless there is one or one is under way. */
  requestSocket(): void {
    this.#changeState({ kind: 'speech' });
  }

  /** Dials again when that is due, and for speech that has no socket. */
  dialWhenDue(nowMs: number): void {
    if (this.#link.kind === 'waiting' && nowMs >= this.#retryAtMs) {
      this.#changeState({ kind: this.#hasUnsafe ? 'retry due' : 'released' });
    }
    if (this.#link.kind === 'idle' && this.#hasUnsafe) this.requestSocket();
  }

  /** Takes other settings for the next socket. Returns false when they are the same as before. */
  reconfigure(options: SttOptions): boolean {
    if (isSame(options, this.#options)) return false;
    this.#options = options;
    this.#changeState({ kind: 'reconfigured' });
    // Whoever waits for a socket asks anew: their place in the queue goes by the age of their words.
    if (this.#shared.pool.isQueued(this.#claimant)) this.#giveWay();
    return true;
  }

  /** Has the socket in use show that it still lives, or ends it. */
  proveAlive(): void {
    this.#inUse?.lease.socket.proveAlive(this.#shared.limits.muteMs);
  }

  /** Whether a speaker waits for a socket whose speech is older than what began at `startMs`, a time of the meeting. */
  isWantedForOlderSpeech(startMs: number): boolean {
    return this.#shared.pool.isWanted(this.#claimAt(startMs));
  }

  /** Hands the socket over when somebody with older speech waits for it, and asks for another one. */
  giveWayWhenDue(nowMs: number): void {
    if (this.#isOthersTurn(nowMs)) this.#giveWay();
  }

  /** The socket is not needed now, or not as it is. */
  releaseSocket(): void {
    this.#changeState({ kind: 'released' });
  }

  /** Ends the socket in use without a goodbye, as it does its work no more. */
  abandonSocket(why: string, nowMs: number): void {
    const socket = this.#inUse;
    if (socket === undefined) return;
    socket.lease.socket.terminate();
    this.#loseSocket(socket, why, nowMs);
  }

  /** Ends the connection for good. Resolves when all dials have ended and all sockets are closed. */
  async close(): Promise<void> {
    this.#changeState({ kind: 'closed' });
    await Promise.all(this.#work);
  }

  get #hasUnsafe(): boolean {
    return this.#speaker.pending.unsafeFrom !== undefined;
  }

  /** Every change of the link's state happens here, with what belongs to it. */
  #changeState(event: LinkEvent): void {
    const before = this.#link;
    this.#link = step(before, event, this.#shared.limits);
    if (this.#link === before || this.#link.kind === before.kind) return;
    switch (this.#link.kind) {
      case 'connecting':
        this.#ownWork(this.#dialSocket());
        break;
      case 'waiting': {
        const { ms, jittered } = this.#link.delay;
        this.#retryAtMs = this.#speaker.clock.nowMs() + (jittered ? this.#shared.random() * ms : ms);
        break;
      }
      case 'stopped':
        this.#speaker.notify({ kind: 'stopped', speakerId: this.#speaker.speakerId, error: this.#link.because });
        break;
      case 'idle':
      case 'closed':
        this.#letSocketGo();
        break;
      case 'live':
        break;
    }
    this.#checkMode();
  }

  #checkMode(): void {
    const { kind } = this.#link;
    checkMode(this.#shared.log, kind, {
      'a socket is in use while live, and only then': (this.#inUse !== undefined) === (kind === 'live'),
      'a dial is under way while connecting, and only then': this.#isDialling === (kind === 'connecting'),
      'nobody waits for a socket that is not there': kind === 'live' || this.#wantedSinceMs === undefined,
    });
  }

  get #isDialling(): boolean {
    return this.#dialling !== undefined && !this.#dialling.signal.aborted;
  }

  async #dialSocket(): Promise<void> {
    const wanted = this.#options;
    const { pool, limits, sampleRateHz, fillerFilter, log } = this.#shared;
    const parameters: StreamParameters = {
      audio: { format: 'pcm_s16le', sampleRateHz },
      ...(fillerFilter === undefined ? undefined : { fillerFilter }),
    };
    let socket: SocketInUse | undefined;
    let closedEarly: { readonly code: number; readonly reason: string } | undefined;
    let isUnheard = true; // the service has not said anything
    const dialling = new AbortController();
    this.#dialling = dialling;
    const listener = {
      message: (message: ServerMessage) => {
        if (isUnheard) this.#languages.answered();
        isUnheard = false;
        if (socket !== undefined && socket === this.#inUse) this.#takeMessage(message, socket);
      },
      closed: (code: number, reason: string) => {
        if (socket === undefined) closedEarly = { code, reason };
        else this.#socketClosed(socket, isUnheard, code, reason);
      },
    };
    try {
      const lease = (asked: SttOptions) =>
        pool.leaseSocket(
          { parameters: { ...parameters, ...asked }, listener, signal: dialling.signal },
          this.#claimant,
        );
      const { opened, asked } = await this.#languages.openNarrowed(wanted, lease).finally(() => {
        if (this.#dialling === dialling) this.#dialling = undefined;
      });
      if (dialling.signal.aborted) {
        await opened.release(); // it was opened in the very moment in which nobody needed it any more
        return;
      }
      const nowMs = this.#speaker.clock.nowMs();
      const { tape, pending } = this.#speaker;
      const carrier = new Carrier(opened.socket, tape, pending.replayFrom, limits, nowMs);
      socket = { lease: opened, carrier, wanted, asked, sentBefore: this.#past.sentUntil };
      this.#inUse = socket;
      this.#past.sockets += 1;
      if (this.#isReplacing) this.#past.reconnects += 1;
      this.#isReplacing = false;
      this.#changeState({ kind: 'opened' });
      if (closedEarly !== undefined) this.#socketClosed(socket, isUnheard, closedEarly.code, closedEarly.reason);
      else this.#speaker.opened(carrier, nowMs);
    } catch (error) {
      if (dialling.signal.aborted) return; // nobody needs the socket any more
      if (!(error instanceof SttError)) throw error;
      log.warn({ speaker: this.#speaker.speakerId, code: error.code }, 'Speech-to-text could not be opened');
      this.#changeState({ kind: 'refused', error });
    }
  }

  #takeMessage(message: ServerMessage, socket: SocketInUse): void {
    if (!this.#speaker.received(message, socket, this.#speaker.clock.nowMs())) return;
    socket.lease.worked();
    this.#changeState({ kind: 'worked' });
  }

  /** The service closed the socket. */
  #socketClosed(socket: SocketInUse, isUnheard: boolean, code: number, reason: string): void {
    const nowMs = this.#speaker.clock.nowMs();
    const { wanted, asked, carrier } = socket;
    const isOurs = socket === this.#inUse; // and was not given back
    if (isOurs && isUnheard) this.#languages.closedUnheard(wanted, asked, code, reason, nowMs - carrier.openedMs);
    this.#loseSocket(socket, `the connection closed (${code})`, nowMs);
  }

  /** The socket is gone, and we did not ask for that. Every such way ends here. */
  #loseSocket(socket: SocketInUse, why: string, nowMs: number): void {
    if (socket !== this.#inUse) return;
    const error = new SttError('connection-lost', `Speech-to-text was lost: ${why}.`);
    this.#shared.log.info({ speaker: this.#speaker.speakerId, because: why }, 'A recogniser socket was lost');
    this.#letSocketGo();
    const livedMs = nowMs - socket.carrier.openedMs;
    if (this.#hasUnsafe) {
      this.#isReplacing = true;
      this.#speaker.speechCutOff();
      this.#changeState({ kind: 'lost', error, livedMs });
    } else this.#changeState({ kind: 'released' });
  }

  /** Gives up the socket, or the place in the queue, and asks for another one. */
  #giveWay(): void {
    this.releaseSocket();
    if (this.#hasUnsafe) this.requestSocket();
  }

  #letSocketGo(): void {
    this.#dialling?.abort();
    this.#wantedSinceMs = undefined;
    const socket = this.#inUse;
    if (socket === undefined) return;
    this.#inUse = undefined;
    const { carrier, lease } = socket;
    this.#past.sentSamples += carrier.sentSamples;
    this.#past.sentUntil = Math.max(this.#past.sentUntil, carrier.next);
    this.#past.keptAlive += carrier.keptAlive;
    this.#speaker.socketGone(this.#speaker.clock.nowMs());
    this.#ownWork(lease.release());
  }

  /** Whether somebody with older speech waits for the socket, and this is the moment to give it to them. */
  #isOthersTurn(nowMs: number): boolean {
    if (!this.#shared.pool.isWanted(this.#waitingSinceMs())) {
      this.#wantedSinceMs = undefined;
      return false;
    }
    this.#wantedSinceMs ??= nowMs;
    return !this.#speaker.pending.isUnderWay || nowMs - this.#wantedSinceMs > this.#shared.limits.longestTurnMs;
  }

  /** When the oldest speech began that still needs a socket; now, when there is none. */
  #waitingSinceMs(): number {
    const from = this.#speaker.pending.unsafeFrom;
    return from === undefined ? performance.now() : this.#claimAt(this.#speaker.tape.wordsMsAt(from, 'start'));
  }

  /** A time of this meeting on the clock that all meetings share. */
  #claimAt(ms: number): number {
    return performance.now() - this.#speaker.clock.nowMs() + ms;
  }

  #ownWork(work: Promise<void>): void {
    const { log } = this.#shared;
    const owned = work
      .catch((error: unknown) => {
        log.error({ err: error, speaker: this.#speaker.speakerId }, 'A recogniser connection failed unexpectedly');
      })
      .finally(() => this.#work.delete(owned));
    this.#work.add(owned);
  }
}

function isSame(a: SttOptions, b: SttOptions): boolean {
  return a.language === b.language && a.translateTo.join() === b.translateTo.join();
}
