import { durationMs, type PcmFrame } from '../../core/pcm.ts';
import type { MeetingClock } from '../../core/time/clock.ts';
import type { Limits } from '../limits.ts';
import { Doorstep } from './doorstep.ts';
import { LoudnessGate } from './loudness.ts';
import type { Tape } from './tape.ts';

const HOLE_MS = 15; // a frame so much later than expected follows a silence
const LONGEST_FILL_MS = 3_000; // of a hole; more than a closing silence changes nothing for the recogniser

/**
 * Writes one person's talks onto their tape: each from a little before it began, with the silence in it and after it,
 * and without the pauses between talks.
 */
export class Recorder {
  readonly #tape: Tape;
  readonly #limits: Pick<Limits, 'lateMs' | 'trailingSilenceMs'>;
  readonly #clock: MeetingClock;
  readonly #doorstep = new Doorstep();
  readonly #gate = new LoudnessGate();
  #isSpeaking = false;
  #pausedMs = 0;
  #quietMs = 0;

  constructor(tape: Tape, limits: Pick<Limits, 'lateMs' | 'trailingSilenceMs'>, clock: MeetingClock) {
    this.#tape = tape;
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Whether the tape is being written: somebody speaks, or did a moment ago. */
  get isSpeaking(): boolean {
    return this.#isSpeaking;
  }

  /** When it was written last, on the meeting's clock. */
  get pausedMs(): number {
    return this.#pausedMs;
  }

  /** How long somebody was heard who is too quiet to be let in, since they were let in last. */
  get quietMs(): number {
    return this.#quietMs;
  }

  /**
   * Takes a frame; its samples may be used again afterwards.
   *
   * @param sent - the samples before this one are with the recogniser, and cannot be taken back
   */
  recordFrame(frame: PcmFrame, sent: number): void {
    const lengthMs = durationMs(frame);
    const loudness = this.#gate.judgeFrame(frame.samples, lengthMs);
    if (this.#isSpeaking) {
      this.#writeFrame(frame, loudness === 'loud' || loudness === 'clear', sent);
      return;
    }
    if (loudness === 'quiet') this.#quietMs += lengthMs;
    const speech = this.#doorstep.holdFrame(frame, loudness);
    if (speech === undefined) return;
    this.#quietMs = 0;
    this.#isSpeaking = true;
    const startMs = speech[0]?.frame.startMs ?? frame.startMs;
    // The pause before it is left out: its silence was sent.
    this.#retractFiller(startMs, sent);
    this.#tape.jumpTo(startMs);
    for (const { frame, loud } of speech) this.#writeFrame(frame, loud, sent);
  }

  /** Time goes on without packets: silence stands in for them, so that the recogniser hears the end. */
  fillSilence(nowMs: number): void {
    if (!this.#isSpeaking) return;
    const missingMs = nowMs - this.#limits.lateMs - this.#tape.headMs;
    if (missingMs > 0) this.#tape.appendSilence(this.#tape.samplesIn(Math.min(missingMs, LONGEST_FILL_MS)));
    this.#pauseAfterSilence();
  }

  /** No more frames: the closing silence is written at once. */
  endTalk(): void {
    if (!this.#isSpeaking) return;
    const silence = this.#tape.head - this.#tape.loudEnd;
    this.#tape.appendSilence(this.#tape.samplesIn(this.#limits.trailingSilenceMs) - silence);
    this.#pauseAfterSilence();
  }

  #writeFrame(frame: PcmFrame, loud: boolean, sent: number): void {
    this.#retractFiller(frame.startMs, sent);
    const holeMs = frame.startMs - this.#tape.headMs;
    if (holeMs > HOLE_MS && holeMs < LONGEST_FILL_MS) this.#tape.appendSilence(this.#tape.samplesIn(holeMs));
    this.#tape.appendAudio(frame.samples, frame.startMs, loud, frame.packet);
    this.#pauseAfterSilence();
  }

  /** Silence that was made ahead of time gives way to audio, as far as it is not sent. */
  #retractFiller(startMs: number, sent: number): void {
    const aheadMs = this.#tape.headMs - startMs;
    if (aheadMs > 0) this.#tape.retractSilence(this.#tape.samplesIn(aheadMs), sent);
  }

  #pauseAfterSilence(): void {
    const tape = this.#tape;
    const silence = tape.head - tape.loudEnd;
    if (silence < tape.samplesIn(this.#limits.trailingSilenceMs)) return;
    const over = tape.head % tape.samplesPerChunk;
    if (over > 0) tape.appendSilence(tape.samplesPerChunk - over); // the next talk begins with a whole chunk
    this.#isSpeaking = false;
    this.#pausedMs = this.#clock.nowMs();
  }
}
