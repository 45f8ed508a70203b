import { durationMs, type VoiceFrame } from '../../core/pcm.ts';
import type { MeetingClock } from '../../core/time/clock.ts';
import type { Limits } from '../limits.ts';
import { Doorstep } from './doorstep.ts';
import { type Loudness, LoudnessGate, levelOf } from './loudness.ts';
import type { Tape } from './tape.ts';

const HOLE_MS = 15; // a frame this much later than expected follows a silence
const LONGEST_FILL_MS = 3_000; // the recogniser hears no difference between a closing silence and a longer one

/**
 * Writes one person's talks onto their tape: each talk from a little before its beginning, with the silence in it and
 * after it. The pauses between talks are left out.
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

  /** Whether a talk is being written: its speaker speaks, or did a moment ago. */
  get isSpeaking(): boolean {
    return this.#isSpeaking;
  }

  /** When the last talk ended, on the meeting's clock. */
  get pausedMs(): number {
    return this.#pausedMs;
  }

  /** How long this person was heard too quietly to count as speech, since their last talk began. */
  get quietMs(): number {
    return this.#quietMs;
  }

  /**
   * Records a frame. The caller may reuse its samples afterwards.
   *
   * @param sent - samples before this one were sent, and cannot be taken back
   */
  recordFrame(frame: VoiceFrame, sent: number): void {
    const lengthMs = durationMs(frame);
    const loudness = this.#gate.judgeLevel(levelOf(frame), lengthMs);
    if (this.#isSpeaking) {
      this.#writeFrame(frame, loudness, sent);
      return;
    }
    if (loudness === 'quiet') this.#quietMs += lengthMs;
    const speech = this.#doorstep.holdFrame(frame, loudness);
    if (speech === undefined) return;
    this.#quietMs = 0;
    this.#isSpeaking = true;
    const startMs = speech[0]?.frame.startMs ?? frame.startMs;
    // The pause before the talk is left out, as its closing silence was written.
    this.#retractFiller(startMs, sent);
    this.#tape.jumpTo(startMs);
    for (const { frame, loud } of speech) this.#writeFrame(frame, loud ? 'loud' : 'quiet', sent);
  }

  /** Writes silence for the time in which no packets came, so that the recogniser hears the end of the talk. */
  fillSilence(nowMs: number): void {
    if (!this.#isSpeaking) return;
    const missingMs = nowMs - this.#limits.lateMs - this.#tape.headMs;
    if (missingMs > 0) this.#tape.appendSilence(this.#tape.samplesIn(Math.min(missingMs, LONGEST_FILL_MS)));
    this.#pauseAfterSilence();
  }

  /** Writes the closing silence at once, as no more frames will come. */
  endTalk(): void {
    if (!this.#isSpeaking) return;
    const silence = this.#tape.head - this.#tape.loudEnd;
    this.#tape.appendSilence(this.#tape.samplesIn(this.#limits.trailingSilenceMs) - silence);
    this.#pauseAfterSilence();
  }

  #writeFrame(frame: VoiceFrame, loudness: Loudness, sent: number): void {
    this.#retractFiller(frame.startMs, sent);
    const holeMs = frame.startMs - this.#tape.headMs;
    if (holeMs > HOLE_MS && holeMs < LONGEST_FILL_MS) this.#tape.appendSilence(this.#tape.samplesIn(holeMs));
    const from = this.#tape.head;
    const loud = loudness === 'loud' || loudness === 'clear';
    if (frame.samples) this.#tape.appendAudio(frame.samples, frame.startMs, loud, frame.packet);
    else this.#tape.appendCoded(frame.count, frame.startMs, loud, frame.packet);
    if (!loud && loudness !== 'silent') this.#tape.sounds.add(from, this.#tape.head);
    this.#pauseAfterSilence();
  }

  /** Takes back silence that was written in the place of this audio, as far as it is not sent. */
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
