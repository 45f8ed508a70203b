import { SttError } from '../core/errors.ts';
import type { SpeakerId } from '../core/ids.ts';
import { checkMode } from '../core/log.ts';
import type { SttNotice, SttOptions } from '../core/ports/speech-to-text.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import { AskedLanguages } from './asked-languages.ts';
import type { Format } from './format-in-use.ts';
import { IDLE, type LinkEvent, type LinkState, step } from './link.ts';
import { speaksOfLanguages } from './refused-languages.ts';
import type { PendingSpeech } from './results/pending-speech.ts';
import type { Shared } from './shared.ts';
import type { Claimant } from './sockets/age-queue.ts';
import { Carrier } from './sockets/carrier.ts';
import type { Lease } from './sockets/pool.ts';
import type { ServerMessage, StreamParameters } from './sockets/protocol.ts';
import { StreamRefused } from './stream-refused.ts';
import type { Tape } from './tape/tape.ts';

/** One socket in use, with what was asked of it. */
export interface SocketInUse {
  readonly lease: Lease;
  readonly carrier: Carrier;
  readonly wanted: SttOptions;
  readonly format: Format;
  readonly asked: SttOptions; // the part of `wanted` that the recogniser takes
  readonly sentBefore: number; // audio before this sample went to an earlier socket, too
}

/** The speaker whose audio a connection carries: the audio that is pending, and what to call when something happens. */
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
 * Its modes are the states of the link. `step` decides each change, and `checkMode` checks the mode that was entered:
 *
 * | mode | what holds in it | what ends it |
 * |---|---|---|
 * | idle | no socket, no dial | speech |
 * | connecting | one dial is under way or in the queue; no socket | the socket opens, is refused or is not needed |
 * | live | one socket is in use; no dial | the socket is lost or released |
 * | waiting | no socket, no dial; `#retryAtMs` says when to dial again | that time |
 * | stopped | no socket, no dial; the speaker was notified why | other settings |
 * | closed | no socket, no dial | nothing |
 */
export class Connection {
  readonly #speaker: ConnectedSpeaker;
  readonly #shared: Pick<Shared, 'pool' | 'limits' | 'format' | 'fillerFilter' | 'random' | 'log'>;
  readonly #languages: AskedLanguages;
  readonly #claimant: Claimant;
  readonly #work = new Set<Promise<void>>(); // dials and closing handshakes under way
  readonly #past = { sentSamples: 0, sentUntil: 0, keptAlive: 0, sockets: 0, reconnects: 0 };
  #options: SttOptions;
  #link: LinkState = IDLE;
  #inUse: SocketInUse | undefined;
  #dialling: AbortController | undefined;
  #retryAtMs = 0;
  #isReplacing = false; // the next socket takes the place of one that was lost
  #wantedSinceMs: number | undefined; // since then, a speaker with older speech waits for our socket

  constructor(
    speaker: ConnectedSpeaker,
    options: SttOptions,
    shared: Pick<Shared, 'pool' | 'limits' | 'format' | 'fillerFilter' | 'random' | 'log'>,
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

  /** Whether this speaker waits until another one gives a socket back. */
  get isQueued(): boolean {
    return this.#link.kind === 'connecting' && this.#shared.pool.isQueued(this.#claimant);
  }

  /** Carries the audio over the socket in use; `undefined` without a socket. */
  get carrier(): Carrier | undefined {
    return this.#inUse?.carrier;
  }

  /** Whether the socket in use was opened with other settings than are wanted now, or by a credential that is lost. */
  get isOutdated(): boolean {
    if (this.#inUse === undefined) return false;
    const { wanted, format, lease } = this.#inUse;
    return wanted !== this.#options || format !== this.#shared.format.current || lease.isUnwanted;
  }

  /** Totals of all sockets so far. `keptAlive` counts samples of silence that only kept a socket open. */
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

  /** Asks for a socket, as there is speech. Does nothing while there is one or a dial is under way. */
  requestSocket(): void {
    this.#changeState({ kind: 'speech' });
  }

  /** Dials when a retry is due, or when pending speech has no socket. */
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
    // A claim in the queue is made anew with the new settings. Its place goes by the age of the speech, so none is
    // lost.
    if (this.#shared.pool.isQueued(this.#claimant)) this.#giveWay();
    return true;
  }

  /** Makes the socket in use answer a ping in time, or ends it. */
  proveAlive(): void {
    this.#inUse?.lease.socket.proveAlive(this.#shared.limits.muteMs);
  }

  /**
   * Whether a speaker waits for a socket with older speech than that which began at `startMs`, on the meeting's clock.
   */
  isWantedForOlderSpeech(startMs: number): boolean {
    return this.#shared.pool.isWanted(this.#claimAt(startMs));
  }

  /** Gives the socket to a waiting speaker with older speech when it is their turn, and asks for another one. */
  giveWayWhenDue(nowMs: number): void {
    if (this.#isOthersTurn(nowMs)) this.#giveWay();
  }

  /** Gives the socket back, or the dial up: it is not needed now, or not with these settings. */
  releaseSocket(): void {
    this.#changeState({ kind: 'released' });
  }

  /** Ends the socket in use without a closing handshake, as it has stopped working. */
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

  /** The only place where the link's state changes: does what the new state asks for. */
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
    const { pool, limits, fillerFilter, log } = this.#shared;
    const format = this.#shared.format.current;
    const parameters: StreamParameters = {
      audio: format.audio,
      ...(fillerFilter === undefined ? undefined : { fillerFilter }),
    };
    let socket: SocketInUse | undefined;
    let closedEarly: { readonly code: number; readonly reason: string } | undefined;
    let isUnheard = true; // the service has not sent anything
    const dialling = new AbortController();
    this.#dialling = dialling;
    const listener = {
      message: (message: ServerMessage) => {
        if (isUnheard) this.#languages.answered();
        isUnheard = false;
        if (message.kind === 'transcription') this.#shared.format.accepted(format);
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
        await opened.release(); // released while it was being opened
        return;
      }
      const nowMs = this.#speaker.clock.nowMs();
      const { tape, pending } = this.#speaker;
      const carrier = new Carrier(opened.socket, tape, format.createPacking(), pending.replayFrom, limits, nowMs);
      socket = { lease: opened, carrier, wanted, format, asked, sentBefore: this.#past.sentUntil };
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
      const isFormat = error instanceof StreamRefused && this.#shared.format.refused(format, error.said);
      this.#changeState({ kind: 'refused', error: isFormat ? new SttError('connection-lost', error.message) : error });
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
    const isOurs = socket === this.#inUse; // and was not given back
    if (isOurs && isUnheard) this.#judgeRefusal(socket, code, reason, nowMs - socket.carrier.openedMs);
    this.#loseSocket(socket, `the connection closed (${code})`, nowMs);
  }

  /** The service closed a socket that it never answered: the format may be the reason, or a language. */
  #judgeRefusal({ wanted, asked, format }: SocketInUse, code: number, reason: string, livedMs: number): void {
    const isFormat = !speaksOfLanguages(asked, reason) && this.#shared.format.closedUnheard(format, code, livedMs);
    if (!isFormat) this.#languages.closedUnheard(wanted, asked, code, reason, livedMs);
  }

  /** The socket is gone without our doing. Every kind of loss ends here. */
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

  /** Gives up the socket or the place in the queue, and asks for another one. */
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

  /**
   * Whether a speaker with older speech waits for the socket, and it is time to give way: between utterances, or after
   * too long.
   */
  #isOthersTurn(nowMs: number): boolean {
    if (!this.#shared.pool.isWanted(this.#waitingSinceMs())) {
      this.#wantedSinceMs = undefined;
      return false;
    }
    this.#wantedSinceMs ??= nowMs;
    return !this.#speaker.pending.isUnderWay || nowMs - this.#wantedSinceMs > this.#shared.limits.longestTurnMs;
  }

  /** When the oldest speech began that needs a socket; now, without such speech. */
  #waitingSinceMs(): number {
    const from = this.#speaker.pending.unsafeFrom;
    return from === undefined ? performance.now() : this.#claimAt(this.#speaker.tape.wordsMsAt(from, 'start'));
  }

  /** Converts a time of this meeting to the clock of `performance.now()`, which all meetings share. */
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
