import type { Importance, LimitedBy, SharedLimits, Turn } from '../../core/ports/shared-limits.ts';

/** Discord takes fifty; a command's answer does not wait for its turn, so that some must be left for it. */
const PER_SECOND = 48;
/** Only what must go may have these. */
const RESERVE = 18;
/** A second, and what requests that left evenly may come closer to each other on their way. */
const WINDOW_MS = 1_050;

interface Window {
  readonly wentMs: number[]; // when the latest requests went, oldest first; of performance.now()
  blockedUntilMs: number;
}

/**
 * Discord's limits for a process that shares them with nobody.
 *
 * Each REST client of discord.js keeps to the fifty by itself, and a bot has several. Together they would send twice as
 * many, and those that never wait for a turn would leave none to the others.
 */
export class OwnLimits implements SharedLimits {
  readonly #windows: Readonly<Record<LimitedBy, Window>> = {
    token: { wentMs: [], blockedUntilMs: 0 },
    address: { wentMs: [], blockedUntilMs: 0 },
  };

  async takeRequest(of: LimitedBy, importance: Importance): Promise<Turn> {
    const { wentMs, blockedUntilMs } = this.#windows[of];
    const nowMs = performance.now();
    const past = wentMs.findIndex((atMs) => atMs > nowMs - WINDOW_MS);
    wentMs.splice(0, past < 0 ? wentMs.length : past);
    const points = importance === 'may wait' ? PER_SECOND - RESERVE : PER_SECOND;
    const first = wentMs[wentMs.length - points]; // with it out of the window there is room for one more
    const freeMs = first === undefined ? 0 : first + WINDOW_MS;
    const waitMs = Math.max(freeMs, blockedUntilMs) - nowMs;
    if (waitMs > 0) return { isGranted: false, free: 0, waitMs };
    wentMs.push(nowMs);
    return { isGranted: true, free: Math.max(0, 1 - wentMs.length / PER_SECOND), waitMs: 0 };
  }

  async blockRequests(of: LimitedBy, forMs: number): Promise<void> {
    const window = this.#windows[of];
    window.blockedUntilMs = Math.max(window.blockedUntilMs, performance.now() + forMs);
  }

  /** The one process logs in by itself: discord.js keeps to the limit. */
  async takeLogin(): Promise<Turn> {
    return { isGranted: true, free: 1, waitMs: 0 };
  }
}
