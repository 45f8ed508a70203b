import type { Gap } from '../../record.ts';

const WORTH_A_NOTICE_MS = 8_000; // most are over sooner: a move, another voice server, a session made anew

/** The outages of a meeting's voice connection: stretches in which nobody is heard. */
export class Outages {
  #sinceMs: number | undefined;
  #isReported = false;
  #lastEndMs = 0;

  /** Whether one lasts. */
  get isOn(): boolean {
    return this.#sinceMs !== undefined;
  }

  begin(sinceMs: number): void {
    this.#sinceMs ??= sinceMs;
  }

  /** The outage that still lasts, up to now. */
  soFar(nowMs: number): Gap | undefined {
    if (this.#sinceMs === undefined) return undefined;
    return { startMs: this.#sinceMs, endMs: nowMs, reason: 'voice connection lost' };
  }

  /** @returns the outage that is over now; `undefined` when there was none */
  end(nowMs: number): Gap | undefined {
    const over = this.soFar(nowMs);
    if (!over) return undefined;
    this.#sinceMs = undefined;
    this.#isReported = false;
    this.#lastEndMs = nowMs;
    return over;
  }

  /** Whether the latest outage covers what one person lost from then on. */
  covers(startMs: number): boolean {
    return startMs < this.#lastEndMs;
  }

  /** Whether people should hear by now that an outage lasts: true once for each. */
  isDueForNotice(nowMs: number): boolean {
    if (this.#sinceMs === undefined || this.#isReported || nowMs - this.#sinceMs < WORTH_A_NOTICE_MS) return false;
    this.#isReported = true;
    return true;
  }
}
