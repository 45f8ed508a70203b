import type { FinalSegment } from '../../core/segment.ts';

const MAX_REMEMBERED = 64; // finals remembered for what may be said about them again
const EARLIER_START_MS = 300; // the same words may be heard to begin so much sooner the second time ...
const LATER_END_MS = 100; // ... and to end so much later
const SEAM_MS = 300; // an utterance may begin so much before the end of the one before it

/** An utterance whose final is out. Positions are samples of the tape. */
export interface PublishedFinal {
  segment: FinalSegment;
  readonly from: number;
  to: number;
  readonly translated: Set<string>;
  readonly awaited: Set<string>;
  giveUpMs: number; // on the translations
  isEarlier: boolean; // an earlier socket told it, or showed it
  saidAgainTo: number; // so much of it came back over the present socket
}

/**
 * The finals of one speaker that may come back.
 *
 * Only audio that was sent twice comes back twice. Whatever else a new id says is new, whatever its times: to tell words
 * twice is a blemish, to drop them is a loss that nobody sees.
 */
export class PublishedFinals {
  readonly #samplesIn: (ms: number) => number;
  readonly #finals: PublishedFinal[] = [];

  constructor(samplesIn: (ms: number) => number) {
    this.#samplesIn = samplesIn;
  }

  rememberFinal(final: PublishedFinal): void {
    this.#finals.push(final);
    if (this.#finals.length > MAX_REMEMBERED) this.#finals.shift();
  }

  /** From now on another socket speaks. */
  socketGone(): void {
    for (const final of this.#finals) {
      final.isEarlier = true;
      final.saidAgainTo = Number.NEGATIVE_INFINITY;
    }
  }

  /**
   * What an earlier socket told of this stretch; missing: the stretch is new, or more than that.
   *
   * @param sentBefore - audio before this sample is being sent for the second time
   */
  findRepeated(from: number, to: number, sentBefore: number): PublishedFinal | undefined {
    const later = this.#samplesIn(LATER_END_MS);
    if (from >= sentBefore || to > sentBefore + later) return undefined;
    const earlier = this.#samplesIn(EARLIER_START_MS);
    const overlapped = this.#finals.filter((final) => final.isEarlier && final.from < to && final.to > from);
    let [first, end, again] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const final of overlapped) {
      first = Math.min(first, final.from);
      end = Math.max(end, final.to);
      again = Math.max(again, final.saidAgainTo);
    }
    const isWithin = from >= first - earlier && to <= end + later;
    return isWithin && from >= again - earlier ? overlapped.at(-1) : undefined;
  }

  /** A final repeated this stretch: the same audio does not come back a third time over one socket. */
  markSaidAgain(from: number, to: number): void {
    for (const final of this.#finals) if (final.from < to && final.to > from) final.saidAgainTo = to;
  }

  /**
   * Whether the present socket said already what was spoken at these times, for the most part: a new id cannot mean that.
   *
   * Two utterances may overlap at their seam, by half of the earlier one at most.
   */
  isTimeTaken(from: number, to: number): boolean {
    let taken = 0;
    for (const final of this.#finals) {
      if (final.isEarlier) continue;
      if (from >= final.to - Math.min(this.#samplesIn(SEAM_MS), (final.to - final.from) / 2)) continue;
      if (from === to && final.from < from && from < final.to) return true;
      taken += Math.max(0, Math.min(to, final.to) - Math.max(from, final.from));
    }
    return taken > (to - from) / 2;
  }
}
