interface Anchor {
  readonly at: number;
  readonly value: number;
  readonly until: number; // between this and the next anchor, nothing is known
}

/**
 * A map from one axis to another that advances steadily from anchor to anchor and may jump at each.
 *
 * Anchors are set in growing order of `at`. Between two of them the value grows by `slope` for each unit.
 */
export class Anchors {
  readonly #anchors: Anchor[] = [];
  readonly #slope: number;

  constructor(slope: number) {
    this.#slope = slope;
  }

  /** Sets an anchor: from `at` on, values grow from `value`, up to the next anchor or for `length`. */
  set(at: number, value: number, length = Number.POSITIVE_INFINITY): void {
    while ((this.#anchors.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= at) this.#anchors.pop();
    this.#anchors.push({ at, value, until: at + length });
  }

  /** Ends the stretch of the newest anchor: from here up to the next anchor, nothing is known. */
  endAt(at: number): void {
    const newest = this.#anchors.pop();
    if (newest !== undefined) this.#anchors.push({ ...newest, until: at });
  }

  /** The first anchor after a point. */
  nextAfter(at: number): number | undefined {
    let next: number | undefined;
    for (let index = this.#anchors.length - 1; (this.#anchors[index]?.at ?? at) > at; index--) {
      next = this.#anchors[index]?.at;
    }
    return next;
  }

  /**
   * The value at a point. Where two stretches touch, or between two, a start belongs to the later one and an end to the
   * earlier one. Points before the first anchor are measured back from it; without any anchor the answer is 0.
   */
  valueAt(at: number, side: 'start' | 'end'): number {
    const anchors = this.#anchors;
    let index = anchors.length - 1; // nearly always the last one; called for each frame
    for (; index > 0; index--) {
      const from = anchors[index]?.at ?? 0;
      if (side === 'start' ? from <= at : from < at) break;
    }
    const anchor = anchors[index];
    if (anchor === undefined) return 0;
    const next = anchors[index + 1];
    if (at > anchor.until && next !== undefined && side === 'start') return next.value;
    return anchor.value + (Math.min(at, anchor.until) - anchor.at) * this.#slope;
  }

  /** Forgets all but the newest, sooner or later. */
  keepNewest(count: number): void {
    if (this.#anchors.length > 2 * count) this.#anchors.splice(0, this.#anchors.length - count);
  }

  /** Forgets the anchors that only points before `at` need. */
  forgetBefore(at: number): void {
    const needed = this.#anchors.findLastIndex((each) => each.at < at);
    if (needed > 0) this.#anchors.splice(0, needed);
  }
}
