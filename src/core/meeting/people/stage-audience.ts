import type { StageAudience } from '../../ports/live-meetings.ts';

/** Counts the audience of a stage. */
export class StageAudienceCount {
  #now: number | undefined; // missing: there is no stage
  #most: number | undefined;
  #kept: number | undefined; // what the journal knows as the most

  /** What is known at the moment; `undefined`: there is no stage. */
  get value(): StageAudience | undefined {
    return this.#now === undefined ? undefined : { now: this.#now, most: this.#most ?? this.#now };
  }

  /** @param now - `undefined`: there is no stage (any more) */
  see(now: number | undefined): void {
    this.#now = now;
    if (now !== undefined) this.#most = Math.max(now, this.#most ?? 0);
  }

  /** Goes on with what an earlier process knew. */
  carryOver(most: number | undefined): void {
    this.#kept = most;
    if (most !== undefined) this.#most = Math.max(most, this.#most ?? 0);
  }

  /** The most, if the journal does not know it yet; it counts as known from then on. */
  takeUnkept(): number | undefined {
    if (this.#most === this.#kept) return undefined;
    this.#kept = this.#most;
    return this.#most;
  }
}
