import type { Limits } from '../limits.ts';
import type { Tape } from '../tape/tape.ts';
import type { Utterances } from './utterances.ts';

const BREATH_MS = 300; // loud audio may outlast the end of a final by this much without being new speech
const WITHOUT_TEXT_MS = 8_000; // speech sent so long ago that brought no text is noise

/** What of one speaker's tape is not text yet. Positions are samples of the tape. */
export class PendingSpeech {
  readonly #tape: Tape;
  readonly #utterances: Utterances;
  readonly #limits: Pick<Limits, 'overlapMs'>;
  #noiseEnd = 0; // everything before this sample was judged to hold no more words

  constructor(tape: Tape, utterances: Utterances, limits: Pick<Limits, 'overlapMs'>) {
    this.#tape = tape;
    this.#utterances = utterances;
    this.#limits = limits;
  }

  /** Up to here all speech is text, or was none. */
  get settledEnd(): number {
    const end = this.#utterances.lastEnd;
    return Math.max(this.#noiseEnd, end === 0 ? 0 : end + this.#tape.samplesIn(BREATH_MS));
  }

  /** Where the oldest speech begins that no final covers. */
  get speechFrom(): number | undefined {
    return this.#tape.speechFrom(this.settledEnd)?.from;
  }

  /** When that was, or the oldest utterance that was shown and is not final. */
  get sinceMs(): number | undefined {
    const from = earlier(this.speechFrom, this.#utterances.unfinishedFrom);
    return from === undefined ? undefined : this.#tape.wordsMsAt(from, 'start');
  }

  /** The oldest sample that a new socket would have to hear. */
  get unsafeFrom(): number | undefined {
    return earlier(earlier(this.speechFrom, this.#utterances.unfinishedFrom), this.#utterances.untranslatedFrom);
  }

  /** Whether the recogniser is in the middle of something: an utterance, or its translations. */
  get isUnderWay(): boolean {
    return this.#utterances.isGrowing || this.#utterances.untranslatedFrom !== undefined;
  }

  /** Where a new socket begins: a little before what is unsafe, but hardly into what is told. */
  get replayFrom(): number {
    const tape = this.#tape;
    const overlap = tape.samplesIn(this.#limits.overlapMs);
    const from = (this.unsafeFrom ?? tape.head) - overlap;
    const { untranslatedFrom, unfinishedFrom, lastEnd } = this.#utterances;
    const covered = Math.min(untranslatedFrom ?? lastEnd, unfinishedFrom ?? lastEnd) - overlap;
    return Math.min(tape.head, Math.max(from, covered, tape.tail));
  }

  /**
   * Speech that was sent and brought no text was no speech.
   *
   * @param sent - everything before it was sent
   * @param isClosed - and the silence after it, long enough ago for an answer
   */
  judgeNoise(sent: number, isClosed: boolean): void {
    if (this.#utterances.unfinishedFrom !== undefined) return;
    const until = isClosed ? sent : sent - this.#tape.samplesIn(WITHOUT_TEXT_MS);
    this.#noiseEnd = Math.max(this.#noiseEnd, until);
  }
}

/** The smaller one of those that are known. */
function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
