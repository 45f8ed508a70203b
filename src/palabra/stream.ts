import { SttError } from '../core/errors.ts';
import type { SpeakerId } from '../core/ids.ts';
import type { PcmFrame } from '../core/pcm.ts';
import type { SttNotice, SttOptions, SttState, SttStatus, SttStream } from '../core/ports/speech-to-text.ts';
import type { GapReason } from '../core/record.ts';
import type { TranscriptSegment } from '../core/segment.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import { AskedLanguages } from './asked-languages.ts';
import { Ending } from './ending.ts';
import { IDLE, type LinkEvent, type LinkState, step } from './link.ts';
import { GapLedger } from './results/gap-ledger.ts';
import { SegmentQueue } from './results/segment-queue.ts';
import { Untold } from './results/untold.ts';
import { Utterances } from './results/utterances.ts';
import type { Shared } from './shared.ts';
import { Carrier } from './sockets/carrier.ts';
import type { Claimant, Lease } from './sockets/pool.ts';
import { FINALIZE, type ServerMessage, type StreamParameters, tailMayChange } from './sockets/protocol.ts';
import { Recorder } from './tape/recorder.ts';
import { Timeline } from './tape/tape.ts';
import { turnEnd } from './turn.ts';

const SPARED_MS = 5_000; // kept for everybody, however much others have used up
const BEHIND_MS = 1_000; // more than this waits to be sent only when there is too much
const FINALIZE_AFTER_MS = 300; // of silence

const STATES: Readonly<Record<LinkState['kind'], SttState>> = {
  idle: 'idle',
  connecting: 'connecting',
  live: 'live',
  waiting: 'retrying',
  stopped: 'stopped',
  closed: 'stopped',
};

/** One socket in use, with what was asked of it. */
interface Connection {
  readonly lease: Lease;
  readonly carrier: Carrier;
  readonly options: SttOptions;
  readonly asked: SttOptions; // of them, what the recogniser takes
  readonly sentBefore: number; // audio before this sample went to an earlier socket, too
}

/**
 * One person's speech becoming text, over as many sockets as it takes.
 *
 * A recorder writes talks onto the timeline. A carrier takes the timeline to the
 * recogniser; its answers become utterances. What no final covers stays on the timeline, and goes out again when a
 * socket is lost or somebody else's turn has come. A timer of the transcriber calls `tick`; nothing here waits.
 */
export class PalabraStream implements SttStream {
  readonly speakerId: SpeakerId;
  readonly #shared: Shared;
  readonly #clock: MeetingClock;
  readonly #notify: (notice: SttNotice) => void;
  readonly #timeline: Timeline;
  readonly #utterances: Utterances;
  readonly #untold: Untold;
  readonly #queue = new SegmentQueue();
  readonly #recorder: Recorder;
  readonly #gaps: GapLedger;
  readonly #languages: AskedLanguages;
  readonly #work = new Set<Promise<void>>(); // dials and goodbyes under way
  readonly #abort = new AbortController();
  readonly #claimant: Claimant = { waitingSinceMs: () => this.#claimOf(this.#untold.unsafeFrom) };
  #options: SttOptions;
  #link: LinkState = IDLE;
  #connection: Connection | undefined;
  #dialling: AbortController | undefined;
  #retryAtMs = 0;
  #finalizedAt = 0; // the end of the speech after which a final was asked for
  #sentBefore = 0; // samples over earlier sockets
  #sentUntil = 0; // everything before this sample of the timeline went to one of them
  #keptAlive = 0; // samples of silence that only kept those sockets
  #sockets = 0;
  #reconnects = 0;
  #isReplacing = false; // a socket that was lost
  #isWatched = false;
  #wantedSinceMs: number | undefined; // since then somebody with older speech waits for our socket
  #lastTextMs: number | undefined;
  #ending: { readonly ending: Ending; readonly done: () => void } | undefined;

  constructor(
    speakerId: SpeakerId,
    options: SttOptions,
    clock: MeetingClock,
    notify: (notice: SttNotice) => void,
    shared: Shared,
  ) {
    this.speakerId = speakerId;
    this.#options = options;
    this.#clock = clock;
    this.#notify = notify;
    this.#shared = shared;
    const timeline = new Timeline(shared.sampleRateHz, shared.store);
    this.#timeline = timeline;
    this.#recorder = new Recorder(timeline, shared.limits, clock);
    this.#gaps = new GapLedger(speakerId, (gap) => notify({ kind: 'gap', gap }));
    this.#languages = new AskedLanguages(shared.pool.refusedLanguages, (leftOut) =>
      notify({ kind: 'languages left out', leftOut }),
    );
    this.#utterances = new Utterances(
      {
        speakerId,
        nextId: shared.nextId,
        samplesIn: (ms) => timeline.samplesIn(ms),
        msAt: (sample, side) => timeline.msAt(sample, side),
        emit: (segment) => this.#queue.push(segment),
        misplaced: () => shared.count('misplaced'),
      },
      shared.limits,
    );
    this.#untold = new Untold(timeline, this.#utterances, shared.limits);
  }

  // ------------------------------------------------------------------------------------------------ audio comes in

  send(frame: PcmFrame): void {
    if (this.#ending !== undefined || this.#link.kind === 'closed') return;
    const wasSpeaking = this.#recorder.isSpeaking;
    this.#recorder.hear(frame, this.#connection?.carrier.next ?? 0);
    if (wasSpeaking) {
      this.#makeRoom();
      const carrier = this.#connection?.carrier;
      if (carrier !== undefined && this.#isDue(carrier)) this.#carry(carrier, this.#clock.nowMs());
    } else if (this.#recorder.isSpeaking) {
      this.#makeRoom();
      this.#shared.wake(this);
      this.#on({ kind: 'speech' });
    }
  }

  /** Whether something may go out before the next tick: asked for every frame, and true for one in sixteen. */
  #isDue(carrier: Carrier): boolean {
    const isWhole = this.#timeline.head - carrier.next >= this.#piece;
    return isWhole || !this.#recorder.isSpeaking || this.#shared.pool.crowd > 0;
  }

  /** How many samples are sent at once. */
  get #piece(): number {
    return this.#isWatched ? this.#timeline.samplesIn(this.#shared.watchedChunkMs) : this.#timeline.samplesPerChunk;
  }

  /** The oldest audio goes when there is too much: without a sound if it was heard, as a gap if it was not. */
  #makeRoom(): void {
    const timeline = this.#timeline;
    const held = timeline.samplesIn(this.#shared.limits.heldMs);
    const spared = timeline.samplesIn(SPARED_MS);
    for (;;) {
      const kept = timeline.head - timeline.tail;
      if (kept <= held && !(this.#shared.store.exhausted && kept > spared)) return;
      const from = timeline.tail;
      const lost = timeline.speechFrom(Math.max(from, this.#untold.toldEnd));
      const fromMs = lost && timeline.msAt(lost.from, 'start');
      timeline.forgetOldest();
      if (lost === undefined || fromMs === undefined || lost.from >= timeline.tail) continue;
      const isSent = this.#connection !== undefined && this.#connection.carrier.next >= timeline.tail;
      const toMs = timeline.msAt(Math.min(lost.to, timeline.tail), 'end');
      this.#gaps.dropped(fromMs, toMs, this.#lossReason, isSent, this.#clock.nowMs());
    }
  }

  // ------------------------------------------------------------------------------------------------- settings, end

  configure(options: SttOptions): void {
    if (isSame(options, this.#options)) return;
    this.#options = options;
    this.#on({ kind: 'reconfigured' });
    // Whoever waits for a socket asks anew: their place in the queue goes by the age of their words.
    if (this.#shared.pool.isQueued(this.#claimant)) this.#giveWay();
    this.#shared.wake(this);
  }

  watched(isWatched: boolean): void {
    this.#isWatched = isWatched;
  }

  segments(signal: AbortSignal): AsyncIterable<TranscriptSegment> {
    return this.#queue.read(signal);
  }

  async finish(signal: AbortSignal): Promise<void> {
    if (this.#ending !== undefined || this.#link.kind === 'closed') return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const nowMs = this.#clock.nowMs();
    this.#ending = { ending: new Ending(this.#shared.limits, nowMs), done: resolve };
    this.#recorder.end();
    this.#shared.wake(this);
    signal.addEventListener('abort', () => resolve(), { once: true, signal: this.#abort.signal });
    if (signal.aborted) resolve();
    this.tick(nowMs);
    await promise;
    await this.#close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  /** The end, whatever came before it: tells what was shown, accounts for what was not, frees everything. */
  async #close(): Promise<void> {
    if (this.#link.kind !== 'closed') {
      this.#utterances.giveUp();
      this.#reportUntold();
      this.#gaps.flush();
      this.#on({ kind: 'closed' });
    }
    this.#ending?.done();
    this.#queue.end();
    this.#timeline.clear();
    await Promise.all(this.#work);
    this.#shared.forget(this);
    this.#abort.abort();
  }

  // ------------------------------------------------------------------------------------------------- as time goes by

  /**
   * Does what is due. Returns false when nothing can become due before the next frame.
   *
   * @param isCaughtUp - all audio that has come was handed over: what is missing was not said
   */
  tick(nowMs: number, isCaughtUp = true): boolean {
    if (this.#link.kind === 'closed') return false;
    if (isCaughtUp) this.#recorder.fill(nowMs);
    this.#makeRoom();
    if (this.#link.kind === 'waiting' && nowMs >= this.#retryAtMs) {
      this.#on({ kind: this.#hasUnsafe ? 'retry due' : 'released' });
    }
    if (this.#link.kind === 'idle' && this.#hasUnsafe) this.#on({ kind: 'speech' });
    if (this.#connection !== undefined) this.#tend(this.#connection, nowMs);
    this.#utterances.expire(nowMs);
    this.#forgetSafe();
    this.#gaps.settle(nowMs);
    this.#endIfTold(nowMs);
    return this.#recorder.isSpeaking || this.#link.kind !== 'idle' || this.#gaps.isOpen || this.#hasUnsafe;
  }

  #tend(connection: Connection, nowMs: number): void {
    const { carrier } = connection;
    if (carrier.isStalled(nowMs)) {
      connection.lease.socket.terminate();
      this.#lost(connection, 'the network takes no more audio', nowMs);
      return;
    }
    const isQuiet = this.#carry(carrier, nowMs);
    this.#timeline.putAway(carrier.next);
    this.#utterances.sentUntil(carrier.next, nowMs);
    this.#askForFinal(carrier);
    const { limits, pool } = this.#shared;
    const quietMs = nowMs - Math.max(this.#recorder.pausedMs, carrier.lastAudioMs);
    this.#untold.judgeNoise(carrier.next, isQuiet && quietMs > limits.nothingHeardMs);
    if (isQuiet) carrier.keepAlive(nowMs);
    if (this.#hasUnsafe) {
      connection.lease.socket.proveAlive(limits.muteMs);
      if (this.#isOthersTurn(nowMs)) this.#giveWay();
      return;
    }
    const isOld = connection.options !== this.#options;
    const isIdle = !this.#recorder.isSpeaking && nowMs - this.#recorder.pausedMs > limits.idleMs;
    if (isOld || isIdle || pool.isWanted(Number.POSITIVE_INFINITY)) this.#release();
  }

  /** Hands over what may go out now. Returns whether the recogniser has all of it, and the silence after it. */
  #carry(carrier: Carrier, nowMs: number): boolean {
    const { pool } = this.#shared;
    const from = pool.crowd === 0 ? undefined : this.#untold.unsafeFrom;
    const until =
      from === undefined
        ? Number.POSITIVE_INFINITY
        : turnEnd(this.#timeline, from, carrier.next, (startMs) => pool.isWanted(this.#claimAt(startMs)));
    carrier.pump(nowMs, !this.#recorder.isSpeaking, until, this.#piece);
    if (carrier.next >= until) return carrier.closeUtterance(nowMs);
    return !this.#recorder.isSpeaking && carrier.next >= this.#timeline.head;
  }

  /** Whether somebody with older speech waits for the socket, and this is the moment to give it to them. */
  #isOthersTurn(nowMs: number): boolean {
    if (!this.#shared.pool.isWanted(this.#claimant.waitingSinceMs())) {
      this.#wantedSinceMs = undefined;
      return false;
    }
    this.#wantedSinceMs ??= nowMs;
    return !this.#untold.isUnderWay || nowMs - this.#wantedSinceMs > this.#shared.limits.longestTurnMs;
  }

  #claimOf(sample: number | undefined): number {
    return sample === undefined ? performance.now() : this.#claimAt(this.#timeline.msAt(sample, 'start'));
  }

  /** A time of this meeting on the clock that all meetings share. */
  #claimAt(ms: number): number {
    return performance.now() - this.#clock.nowMs() + ms;
  }

  #askForFinal(carrier: Carrier): void {
    const end = this.#timeline.loudEnd;
    if (!this.#shared.finalize || end <= this.#finalizedAt) return;
    if (carrier.next < end + this.#timeline.samplesIn(FINALIZE_AFTER_MS)) return;
    this.#finalizedAt = end;
    carrier.sendText(FINALIZE);
  }

  /** Gives back the memory of what is text by now. */
  #forgetSafe(): void {
    const timeline = this.#timeline;
    const needed = this.#untold.unsafeFrom ?? Math.min(timeline.head, this.#connection?.carrier.next ?? timeline.head);
    timeline.forgetBefore(needed - timeline.samplesIn(this.#shared.limits.overlapMs));
    this.#utterances.keptFrom(timeline.tail);
    if (this.#untold.speechFrom === undefined) this.#gaps.told();
  }

  #endIfTold(nowMs: number): void {
    if (this.#ending === undefined) return;
    const { carrier } = this.#connection ?? {};
    const isTold = !this.#hasUnsafe;
    const isSent = carrier !== undefined && carrier.next >= this.#timeline.head;
    const isMoving = this.#isQueued || (carrier !== undefined && !isSent);
    const remainder = { isTold, isSent, isMoving, isHopeless: this.#link.kind === 'stopped' };
    if (this.#ending.ending.isOver(nowMs, remainder)) this.#ending.done();
  }

  // ----------------------------------------------------------------------------------------------- what is told

  untoldSinceMs(): number | undefined {
    if (this.#link.kind === 'stopped' || this.#link.kind === 'closed') return undefined; // nothing will come of it
    return this.#untold.sinceMs;
  }

  status(): SttStatus {
    const { carrier } = this.#connection ?? {};
    const error =
      this.#link.kind === 'waiting' || this.#link.kind === 'stopped' ? { error: this.#link.because } : undefined;
    return {
      state: this.#isQueued ? 'waiting for a free socket' : STATES[this.#link.kind],
      ...error,
      sentMs: this.#timeline.msIn(this.#sentBefore + (carrier?.sentSamples ?? 0)),
      silenceMs: this.#timeline.msIn(this.#timeline.madeSilence + this.#keptAlive + (carrier?.keptAlive ?? 0)),
      sockets: this.#sockets,
      reconnects: this.#reconnects,
      forcedFinals: this.#utterances.unconfirmed,
      quietMs: this.#recorder.quietMs,
      ...(this.#lastTextMs === undefined ? undefined : { lastTextMs: this.#lastTextMs }),
    };
  }

  get #hasUnsafe(): boolean {
    return this.#untold.unsafeFrom !== undefined;
  }

  // -------------------------------------------------------------------------------------------------- sockets

  #on(event: LinkEvent): void {
    const before = this.#link;
    this.#link = step(before, event, this.#shared.limits);
    if (this.#link === before || this.#link.kind === before.kind) return;
    switch (this.#link.kind) {
      case 'connecting':
        this.#own(this.#connect());
        break;
      case 'waiting': {
        const { ms, jittered } = this.#link.delay;
        this.#retryAtMs = this.#clock.nowMs() + (jittered ? this.#shared.random() * ms : ms);
        break;
      }
      case 'stopped':
        this.#notify({ kind: 'stopped', speakerId: this.speakerId, error: this.#link.because });
        break;
      case 'idle':
      case 'closed':
        this.#letGo();
        break;
      case 'live':
        break;
    }
  }

  async #connect(): Promise<void> {
    const options = this.#options;
    const parameters: StreamParameters = {
      audio: { format: 'pcm_s16le', sampleRateHz: this.#shared.sampleRateHz },
      ...(this.#shared.fillerFilter === undefined ? undefined : { fillerFilter: this.#shared.fillerFilter }),
    };
    let connection: Connection | undefined;
    let closedEarly: { readonly code: number; readonly reason: string } | undefined;
    let isUnheard = true; // it has not said anything
    const dialling = new AbortController();
    this.#dialling = dialling;
    const listener = {
      message: (message: ServerMessage) => {
        if (isUnheard) this.#languages.answered();
        isUnheard = false;
        if (connection !== undefined && connection === this.#connection) this.#hear(message, connection);
      },
      closed: (code: number, reason: string) => {
        if (connection === undefined) closedEarly = { code, reason };
        else this.#closed(connection, isUnheard, code, reason);
      },
    };
    try {
      const dial = (asked: SttOptions) =>
        this.#shared.pool.lease({ ...parameters, ...asked }, listener, dialling.signal, this.#claimant);
      const { opened: lease, asked } = await this.#languages.open(options, dial);
      if (dialling.signal.aborted) {
        await lease.release(); // it was opened in the very moment in which nobody needed it any more
        return;
      }
      const nowMs = this.#clock.nowMs();
      const carrier = new Carrier(lease.socket, this.#timeline, this.#untold.replayFrom, this.#shared.limits, nowMs);
      connection = { lease, carrier, options, asked, sentBefore: this.#sentUntil };
      this.#connection = connection;
      this.#sockets += 1;
      if (this.#isReplacing) this.#reconnects += 1;
      this.#isReplacing = false;
      this.#on({ kind: 'opened' });
      if (closedEarly !== undefined) this.#closed(connection, isUnheard, closedEarly.code, closedEarly.reason);
      else this.#carry(carrier, nowMs);
    } catch (error) {
      if (dialling.signal.aborted) return; // nobody needs the socket any more
      if (!(error instanceof SttError)) throw error;
      this.#shared.log.warn({ speaker: this.speakerId, code: error.code }, 'Speech-to-text could not be opened');
      this.#on({ kind: 'refused', error });
    } finally {
      if (this.#dialling === dialling) this.#dialling = undefined;
    }
  }

  #hear(message: ServerMessage, connection: Connection): void {
    const nowMs = this.#clock.nowMs();
    let isNew = false;
    switch (message.kind) {
      case 'transcription':
        isNew = this.#utterances.hear(
          message,
          {
            place: (timeMs, side) => connection.carrier.place(timeMs, side, nowMs),
            sentBefore: connection.sentBefore,
            sentLast: () => connection.carrier.sentLast,
            translateTo: connection.asked.translateTo,
            tailMayChange: tailMayChange(
              { audio: { format: 'pcm_s16le' }, ...fillerOf(this.#shared) },
              message.language,
            ),
          },
          nowMs,
        );
        break;
      case 'translation':
        isNew = this.#utterances.hearTranslation(message);
        break;
      case 'malformed':
      case 'unknown':
        this.#shared.count(message.kind);
        break;
    }
    if (!isNew) return;
    this.#lastTextMs = nowMs;
    connection.lease.worked();
    this.#on({ kind: 'worked' });
  }

  /** The service closed the socket. */
  #closed(connection: Connection, isUnheard: boolean, code: number, reason: string): void {
    const nowMs = this.#clock.nowMs();
    const { options, asked, carrier } = connection;
    const isOurs = connection === this.#connection; // and was not given back
    if (isOurs && isUnheard) this.#languages.closedUnheard(options, asked, code, reason, nowMs - carrier.openedMs);
    this.#lost(connection, `the connection closed (${code})`, nowMs);
  }

  /** The socket is gone without our wish. Every such way ends here. */
  #lost(connection: Connection, why: string, nowMs: number): void {
    if (connection !== this.#connection) return;
    const error = new SttError('connection-lost', `Speech-to-text was lost: ${why}.`);
    this.#shared.log.info({ speaker: this.speakerId, because: why }, 'A recogniser socket was lost');
    this.#letGo();
    const livedMs = nowMs - connection.carrier.openedMs;
    if (this.#hasUnsafe) {
      this.#isReplacing = true;
      this.#gaps.unheard();
      this.#on({ kind: 'lost', error, livedMs });
    } else this.#on({ kind: 'released' });
  }

  /** The socket is not needed now, or not as it is. */
  #release(): void {
    this.#on({ kind: 'released' });
  }

  /** Gives the socket, or the place in the queue, up, and asks for another one. */
  #giveWay(): void {
    this.#release();
    if (this.#hasUnsafe) this.#on({ kind: 'speech' });
  }

  #letGo(): void {
    this.#dialling?.abort();
    this.#wantedSinceMs = undefined;
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#connection = undefined;
    this.#sentBefore += connection.carrier.sentSamples;
    this.#sentUntil = Math.max(this.#sentUntil, connection.carrier.next);
    this.#keptAlive += connection.carrier.keptAlive;
    this.#utterances.socketGone(this.#clock.nowMs());
    this.#own(connection.lease.release());
  }

  /** Gives the socket back if it is only kept for what may come. */
  yieldSocket(): void {
    if (this.#connection !== undefined && !this.#recorder.isSpeaking && !this.#hasUnsafe) this.#release();
  }

  #reportUntold(): void {
    const timeline = this.#timeline;
    const nowMs = this.#clock.nowMs();
    let speech = timeline.speechFrom(this.#untold.toldEnd);
    for (; speech !== undefined; speech = timeline.speechFrom(speech.to)) {
      const [fromMs, toMs] = [timeline.msAt(speech.from, 'start'), timeline.msAt(speech.to, 'end')];
      this.#gaps.dropped(fromMs, toMs, this.#lossReason, false, nowMs);
    }
  }

  /** Why speech is lost that is lost now. */
  get #lossReason(): GapReason {
    const next = this.#connection?.carrier.next ?? this.#timeline.head;
    const isBehind = this.#timeline.head - next > this.#timeline.samplesIn(BEHIND_MS);
    return isBehind || this.#isQueued ? 'too much at once' : 'recogniser unavailable';
  }

  get #isQueued(): boolean {
    return this.#link.kind === 'connecting' && this.#shared.pool.isQueued(this.#claimant);
  }

  #own(work: Promise<void>): void {
    const owned = work
      .catch((error: unknown) => {
        this.#shared.log.error({ err: error, speaker: this.speakerId }, 'A recogniser connection failed unexpectedly');
      })
      .finally(() => this.#work.delete(owned));
    this.#work.add(owned);
  }
}

function fillerOf(shared: Shared): { fillerFilter?: boolean } {
  return shared.fillerFilter === undefined ? {} : { fillerFilter: shared.fillerFilter };
}

function isSame(a: SttOptions, b: SttOptions): boolean {
  return a.language === b.language && a.translateTo.join() === b.translateTo.join();
}
