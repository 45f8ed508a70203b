import type { FinalSegment } from '../../core/segment.ts';

const MAX_REMEMBERED = 64; // the latest finals, which may come back
const EARLIER_START_MS = 300; // a repetition may seem to begin this much earlier ...
const LATER_END_MS = 100; // ... and to end this much later
const SEAM_MS = 300; // an utterance may begin this much before the end of the one before it

/** A final that was published, with its place on the tape and its translations. Positions are samples of the tape. */
export interface PublishedFinal {
  segment: FinalSegment;
  readonly from: number;
  to: number;
  readonly translated: Set<string>;
  readonly awaited: Set<string>;
  giveUpMs: number; // when its translations are given up
  isEarlier: boolean; // an earlier socket brought it, or its partials
  saidAgainTo: number; // up to here it came back over the present socket
}

/**
 * The latest finals of one speaker, to recognise those that come back.
 *
 * Only audio that was sent twice comes back twice. Everything else under a new id is new, whatever its times: words
 * published twice are a blemish, words dropped are a loss that nobody sees.
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

  /** The socket is gone: from now on, messages come from another one. */
  socketGone(): void {
    for (const final of this.#finals) {
      final.isEarlier = true;
      final.saidAgainTo = Number.NEGATIVE_INFINITY;
    }
  }

  /**
   * The final that an earlier socket brought for this stretch; `undefined` when any of the stretch is new.
   *
   * @param sentBefore - audio before this sample is sent for the second time
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

  /** Notes that a final repeated this stretch: one socket brings the same audio back only once. */
  markSaidAgain(from: number, to: number): void {
    for (const final of this.#finals) if (final.from < to && final.to > from) final.saidAgainTo = to;
  }

  /**
   * Whether the present socket has brought finals for most of this stretch: words under a new id cannot lie there.
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
