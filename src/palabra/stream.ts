import type { SpeakerId } from '../core/ids.ts';
import { checkMode } from '../core/log.ts';
import type { VoiceFrame } from '../core/pcm.ts';
import type { SttNotice, SttOptions, SttState, SttStatus, SttStream } from '../core/ports/speech-to-text.ts';
import type { GapReason } from '../core/record.ts';
import type { TranscriptSegment } from '../core/segment.ts';
import type { MeetingClock } from '../core/time/clock.ts';
import { Connection, type SocketInUse } from './connection.ts';
import { Ending } from './ending.ts';
import type { LinkState } from './link.ts';
import { GapLedger } from './results/gap-ledger.ts';
import { PendingSpeech } from './results/pending-speech.ts';
import { SegmentQueue } from './results/segment-queue.ts';
import { Utterances } from './results/utterances.ts';
import { Sending } from './sending.ts';
import type { Shared } from './shared.ts';
import type { Carrier } from './sockets/carrier.ts';
import { type ServerMessage, tailMayChange } from './sockets/protocol.ts';
import { Recorder } from './tape/recorder.ts';
import { Tape } from './tape/tape.ts';

const SPARED_MS = 5_000; // each speaker keeps this much, however much memory others use
const BEHIND_MS = 1_000; // a backlog longer than this means that there is too much to send

const STATES: Readonly<Record<LinkState['kind'], SttState>> = {
  idle: 'idle',
  connecting: 'connecting',
  live: 'live',
  waiting: 'retrying',
  stopped: 'stopped',
  closed: 'stopped',
};

/**
 * One person's speech on its way to text, over as many sockets as that takes.
 *
 * A recorder writes each talk onto the tape, a carrier takes the tape to the recogniser, and the answers become
 * utterances. Speech without a final stays on the tape, and is sent again when a socket is lost, or after another
 * speaker's turn. A timer of the transcriber calls `tick`; nothing here waits.
 *
 * | mode | what holds in it | what ends it |
 * |---|---|---|
 * | asleep | nothing is recorded or pending, no gap is open, no socket; `tick` is not called | speech; `finish` |
 * | talking | the recorder writes what comes, and silence where nothing comes | 1.5 s of silence: *catching up* |
 * | catching up | nothing is recorded; speech is pending, or a socket kept for the next talk | text, noise, gaps; a talk |
 * | finishing | no frame is taken; the tape ends with the closing silence, in whole chunks | all is text; `Ending` |
 * | closed | no socket and no memory is held; all that was shown is final, all that was lost is a gap | nothing |
 *
 * `checkMode` checks *asleep*, *finishing* and *closed* when they begin. *Talking* and *catching up* change with single
 * frames, on the hot path: what holds in them is what `#recorder.isSpeaking` says.
 */
export class PalabraStream implements SttStream {
  readonly speakerId: SpeakerId;
  readonly #shared: Shared;
  readonly #clock: MeetingClock;
  readonly #tape: Tape;
  readonly #utterances: Utterances;
  readonly #pending: PendingSpeech;
  readonly #queue = new SegmentQueue();
  readonly #recorder: Recorder;
  readonly #gaps: GapLedger;
  readonly #connection: Connection;
  readonly #sending: Sending;
  readonly #abort = new AbortController();
  #lastTextMs: number | undefined;
  #ending: { readonly ending: Ending; readonly done: () => void } | undefined;

  constructor(
    speakerId: SpeakerId,
    options: SttOptions,
    clock: MeetingClock,
    notify: (notice: SttNotice) => void,
    isResting: () => boolean,
    shared: Shared,
  ) {
    this.speakerId = speakerId;
    this.#clock = clock;
    this.#shared = shared;
    const tape = new Tape(shared.sampleRateHz, shared.store);
    this.#tape = tape;
    this.#recorder = new Recorder(tape, shared.limits, clock);
    this.#gaps = new GapLedger(speakerId, (gap) => notify({ kind: 'gap', gap }));
    this.#utterances = new Utterances(
      {
        speakerId,
        log: shared.log,
        nextId: shared.nextId,
        samplesIn: (ms) => tape.samplesIn(ms),
        msAt: (sample, side) => tape.wordsMsAt(sample, side),
        emit: (segment) => this.#queue.push(segment),
        misplaced: () => shared.count('misplaced'),
      },
      shared.limits,
    );
    this.#pending = new PendingSpeech(tape, this.#utterances, shared.limits);
    const speaker = {
      speakerId,
      clock,
      tape,
      pending: this.#pending,
      notify,
      opened: (carrier: Carrier, nowMs: number) => void this.#sending.carryAudio(carrier, nowMs, false),
      received: (message: ServerMessage, socket: SocketInUse, nowMs: number) =>
        this.#takeMessage(message, socket, nowMs),
      socketGone: (nowMs: number) => this.#utterances.socketGone(nowMs),
      speechCutOff: () => this.#gaps.confirmUnsure(),
    };
    this.#connection = new Connection(speaker, options, shared);
    this.#sending = new Sending({
      ...{ tape, recorder: this.#recorder, pending: this.#pending, shared, isResting },
      isOthersTurn: (startMs) => this.#connection.isWantedForOlderSpeech(startMs),
    });
    this.#sending.pause = options.pause ?? 'normal';
  }

  send(frame: VoiceFrame): void {
    if (this.#ending !== undefined || this.#connection.isClosed) return;
    const wasSpeaking = this.#recorder.isSpeaking;
    this.#recorder.recordFrame(frame, this.#connection.carrier?.next ?? 0);
    if (wasSpeaking) {
      this.#dropOldestAudio();
      const { carrier } = this.#connection;
      if (carrier !== undefined && this.#sending.isDue(carrier)) {
        this.#sending.carryAudio(carrier, this.#clock.nowMs(), false);
      }
    } else if (this.#recorder.isSpeaking) {
      this.#dropOldestAudio();
      this.#shared.wake(this);
      this.#connection.requestSocket();
    }
  }

  /** Drops the oldest audio when there is too much; what holds pending speech is reported as a gap. */
  #dropOldestAudio(): void {
    const tape = this.#tape;
    const held = tape.samplesIn(this.#shared.limits.heldMs);
    const spared = tape.samplesIn(SPARED_MS);
    for (;;) {
      const kept = tape.head - tape.tail;
      if (kept <= held && !(this.#shared.store.exhausted && kept > spared)) return;
      const from = tape.tail;
      const lost = tape.speechFrom(Math.max(from, this.#pending.settledEnd));
      const fromMs = lost && tape.msAt(lost.from, 'start');
      tape.forgetOldest();
      if (lost === undefined || fromMs === undefined || lost.from >= tape.tail) continue;
      const isSent = (this.#connection.carrier?.next ?? Number.NEGATIVE_INFINITY) >= tape.tail;
      const toMs = tape.msAt(Math.min(lost.to, tape.tail), 'end');
      this.#gaps.addLoss(fromMs, toMs, this.#lossReason, isSent, this.#clock.nowMs());
    }
  }

  configure(options: SttOptions): void {
    this.#sending.pause = options.pause ?? 'normal';
    if (this.#connection.reconfigure(options)) this.#shared.wake(this);
  }

  watched(isWatched: boolean): void {
    this.#sending.isWatched = isWatched;
  }

  segments(signal: AbortSignal): AsyncIterable<TranscriptSegment> {
    return this.#queue.read(signal);
  }

  async finish(signal: AbortSignal): Promise<void> {
    if (this.#ending !== undefined || this.#connection.isClosed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const nowMs = this.#clock.nowMs();
    this.#ending = { ending: new Ending(this.#shared.limits, nowMs), done: resolve };
    this.#recorder.endTalk();
    checkMode(this.#shared.log, 'finishing', {
      'nothing is recorded': !this.#recorder.isSpeaking,
      'the tape ends with a whole chunk': this.#tape.head % this.#tape.samplesPerChunk === 0,
    });
    this.#shared.wake(this);
    signal.addEventListener('abort', () => resolve(), { once: true, signal: this.#abort.signal });
    if (signal.aborted) resolve();
    this.tick();
    await promise;
    await this.#closeStream();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#closeStream();
  }

  /** Ends the stream in whatever mode it is: publishes what was shown, reports what was lost, frees everything. */
  async #closeStream(): Promise<void> {
    if (!this.#connection.isClosed) {
      this.#utterances.publishPending();
      this.#reportPendingSpeech();
      this.#gaps.reportOpen();
    }
    const closed = this.#connection.close();
    this.#ending?.done();
    this.#queue.end();
    this.#tape.freeMemory();
    checkMode(this.#shared.log, 'closed', {
      'there is no socket': this.#connection.isClosed && this.#connection.carrier === undefined,
      'no speech is kept': this.#tape.tail === this.#tape.head,
      'all that was shown is final': this.#utterances.unfinishedFrom === undefined,
      'every gap is reported': !this.#gaps.isOpen,
    });
    await closed;
    this.#shared.forget(this);
    this.#abort.abort();
  }

  /**
   * Does what is due. Returns false when nothing can become due before the next frame.
   *
   * @param isCaughtUp - all audio that arrived was handed over: what is missing was not spoken
   */
  tick(isCaughtUp = true): boolean {
    if (this.#connection.isClosed) return false;
    const nowMs = this.#clock.nowMs();
    if (isCaughtUp) this.#recorder.fillSilence(nowMs);
    this.#dropOldestAudio();
    this.#connection.dialWhenDue(nowMs);
    if (this.#connection.carrier !== undefined) this.#tendSocket(this.#connection.carrier, nowMs, isCaughtUp);
    this.#utterances.expireOverdue(nowMs);
    this.#forgetSafeAudio();
    this.#gaps.reportSettled(nowMs);
    this.#endWhenDone(nowMs);
    const isIdle = this.#connection.state.kind === 'idle';
    if (this.#recorder.isSpeaking || !isIdle || this.#gaps.isOpen || this.#hasUnsafe) return true;
    checkMode(this.#shared.log, 'asleep', {
      'there is no socket': this.#connection.carrier === undefined,
      'all that was shown is final': this.#utterances.unfinishedFrom === undefined,
      'no translation is awaited': this.#utterances.untranslatedFrom === undefined,
    });
    return false;
  }

  #tendSocket(carrier: Carrier, nowMs: number, isCaughtUp: boolean): void {
    if (carrier.isStalled(nowMs)) {
      this.#connection.abandonSocket('the network takes no more audio', nowMs);
      return;
    }
    const isQuiet = this.#sending.carryAudio(carrier, nowMs, isCaughtUp);
    this.#tape.putAwayBefore(carrier.next);
    this.#utterances.markSentUntil(carrier.next, nowMs);
    const { limits, pool } = this.#shared;
    const quietMs = nowMs - Math.max(this.#recorder.pausedMs, carrier.lastAudioMs);
    this.#pending.judgeNoise(carrier.next, isQuiet && quietMs > limits.nothingHeardMs);
    if (isQuiet) carrier.keepAlive(nowMs);
    if (this.#hasUnsafe) {
      this.#connection.proveAlive();
      this.#connection.giveWayWhenDue(nowMs);
      return;
    }
    const isIdle = !this.#recorder.isSpeaking && nowMs - this.#recorder.pausedMs > limits.idleMs;
    if (this.#connection.isOutdated || isIdle || pool.isWanted(Number.POSITIVE_INFINITY)) {
      this.#connection.releaseSocket();
    }
  }

  /** Gives back the memory of speech that is text by now. */
  #forgetSafeAudio(): void {
    const tape = this.#tape;
    const needed = this.#pending.unsafeFrom ?? Math.min(tape.head, this.#connection.carrier?.next ?? tape.head);
    tape.forgetBefore(needed - tape.samplesIn(this.#shared.limits.overlapMs));
    this.#utterances.forgetAudioBefore(tape.tail);
    if (this.#pending.speechFrom === undefined) this.#gaps.markAllText();
  }

  #endWhenDone(nowMs: number): void {
    if (this.#ending === undefined) return;
    const { carrier, isQueued, state } = this.#connection;
    const isText = !this.#hasUnsafe;
    const isSent = carrier !== undefined && carrier.next >= this.#tape.head;
    const isMoving = isQueued || (carrier !== undefined && !isSent);
    const remainder = { isText, isSent, isMoving, isHopeless: state.kind === 'stopped' };
    if (this.#ending.ending.isOver(nowMs, remainder)) this.#ending.done();
  }

  pendingSinceMs(): number | undefined {
    const { kind } = this.#connection.state;
    if (kind === 'stopped' || kind === 'closed') return undefined; // it will never be text
    return this.#pending.sinceMs;
  }

  status(): SttStatus {
    const { state, isQueued, totals } = this.#connection;
    const error = state.kind === 'waiting' || state.kind === 'stopped' ? { error: state.because } : undefined;
    return {
      state: isQueued ? 'waiting for a free socket' : STATES[state.kind],
      ...error,
      sentMs: this.#tape.msIn(totals.sentSamples),
      silenceMs: this.#tape.msIn(this.#tape.madeSilence + totals.keptAlive),
      sockets: totals.sockets,
      reconnects: totals.reconnects,
      forcedFinals: this.#utterances.unconfirmed,
      quietMs: this.#recorder.quietMs,
      ...(this.#lastTextMs === undefined ? undefined : { lastTextMs: this.#lastTextMs }),
    };
  }

  sent(): { readonly sentMs: number; readonly silenceMs: number } {
    const { sentSamples, keptAlive } = this.#connection.totals;
    const silence = this.#tape.madeSilence + keptAlive;
    return { sentMs: this.#tape.msIn(sentSamples), silenceMs: this.#tape.msIn(Math.min(silence, sentSamples)) };
  }

  get #hasUnsafe(): boolean {
    return this.#pending.unsafeFrom !== undefined;
  }

  /** Returns whether the message brought new text. */
  #takeMessage(message: ServerMessage, socket: SocketInUse, nowMs: number): boolean {
    let isNew = false;
    switch (message.kind) {
      case 'transcription':
        isNew = this.#utterances.takeTranscription(
          message,
          {
            place: (timeMs, side) => socket.carrier.placeTime(timeMs, side, nowMs),
            sentBefore: socket.sentBefore,
            sentLast: () => socket.carrier.sentLast,
            translateTo: socket.asked.translateTo,
            tailMayChange: tailMayChange(
              { audio: { format: 'pcm_s16le' }, ...fillerOf(this.#shared) },
              message.language,
            ),
          },
          nowMs,
        );
        break;
      case 'translation':
        isNew = this.#utterances.takeTranslation(message);
        break;
      case 'malformed':
      case 'unknown':
        this.#shared.count(message.kind);
        break;
    }
    if (isNew) this.#lastTextMs = nowMs;
    return isNew;
  }

  /** Gives the socket back if it is only kept for the next talk. */
  yieldSocket(): void {
    const isNeeded = this.#recorder.isSpeaking || this.#hasUnsafe;
    if (this.#connection.carrier !== undefined && !isNeeded) this.#connection.releaseSocket();
  }

  #reportPendingSpeech(): void {
    const tape = this.#tape;
    const nowMs = this.#clock.nowMs();
    let speech = tape.speechFrom(this.#pending.settledEnd);
    for (; speech !== undefined; speech = tape.speechFrom(speech.to)) {
      const [fromMs, toMs] = [tape.msAt(speech.from, 'start'), tape.msAt(speech.to, 'end')];
      this.#gaps.addLoss(fromMs, toMs, this.#lossReason, false, nowMs);
    }
  }

  /** The reason to report for speech that is dropped now. */
  get #lossReason(): GapReason {
    const next = this.#connection.carrier?.next ?? this.#tape.head;
    const isBehind = this.#tape.head - next > this.#tape.samplesIn(BEHIND_MS);
    return isBehind || this.#connection.isQueued ? 'too much at once' : 'recogniser unavailable';
  }
}

function fillerOf(shared: Shared): { fillerFilter?: boolean } {
  return shared.fillerFilter === undefined ? {} : { fillerFilter: shared.fillerFilter };
}
