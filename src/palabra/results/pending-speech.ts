import type { Limits } from '../limits.ts';
import type { Tape } from '../tape/tape.ts';
import type { Utterances } from './utterances.ts';

const BREATH_MS = 300; // audio that is loud for this long after a final belongs to it
const WITHOUT_TEXT_MS = 8_000; // speech that brought no text for this long after it was sent is noise

/** The part of one speaker's tape that is not text yet. Positions are samples of the tape. */
export class PendingSpeech {
  readonly #tape: Tape;
  readonly #utterances: Utterances;
  readonly #limits: Pick<Limits, 'overlapMs'>;
  #noiseEnd = 0; // audio before this sample was judged to hold no more words

  constructor(tape: Tape, utterances: Utterances, limits: Pick<Limits, 'overlapMs'>) {
    this.#tape = tape;
    this.#utterances = utterances;
    this.#limits = limits;
  }

  /** Speech before this sample is text, or was noise. */
  get settledEnd(): number {
    const end = this.#utterances.lastEnd;
    return Math.max(this.#noiseEnd, end === 0 ? 0 : end + this.#tape.samplesIn(BREATH_MS));
  }

  /** Where the oldest speech without a final begins. */
  get speechFrom(): number | undefined {
    return this.#tape.speechFrom(this.settledEnd)?.from;
  }

  /** When the oldest speech without a final, or the oldest unfinished utterance, began, on the meeting's clock. */
  get sinceMs(): number | undefined {
    const from = earlier(this.speechFrom, this.#utterances.unfinishedFrom);
    return from === undefined ? undefined : this.#tape.wordsMsAt(from, 'start');
  }

  /** The oldest sample that has to be sent again when the socket is lost now. */
  get unsafeFrom(): number | undefined {
    return earlier(earlier(this.speechFrom, this.#utterances.unfinishedFrom), this.#utterances.untranslatedFrom);
  }

  /** Whether the recogniser is in the middle of an utterance, or of its translations. */
  get isUnderWay(): boolean {
    return this.#utterances.isGrowing || this.#utterances.untranslatedFrom !== undefined;
  }

  /**
   * Where a new socket begins: a little before the pending speech, and at most that little into speech that is text.
   */
  get replayFrom(): number {
    const tape = this.#tape;
    const overlap = tape.samplesIn(this.#limits.overlapMs);
    const from = (this.unsafeFrom ?? tape.head) - overlap;
    const { untranslatedFrom, unfinishedFrom, lastEnd } = this.#utterances;
    const covered = Math.min(untranslatedFrom ?? lastEnd, unfinishedFrom ?? lastEnd) - overlap;
    return Math.min(tape.head, Math.max(from, covered, tape.tail));
  }

  /**
   * Takes speech that was sent and brought no text for noise.
   *
   * @param sent - audio before this sample was sent
   * @param isClosed - its closing silence was sent too, long enough ago for an answer
   */
  judgeNoise(sent: number, isClosed: boolean): void {
    if (this.#utterances.unfinishedFrom !== undefined) return;
    const until = isClosed ? sent : sent - this.#tape.samplesIn(WITHOUT_TEXT_MS);
    this.#noiseEnd = Math.max(this.#noiseEnd, until);
  }
}

/** The smaller number, or the only one. */
function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
