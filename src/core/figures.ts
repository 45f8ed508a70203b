import type { MeetingFigures } from './meetings.ts';
import type { Gap } from './record.ts';

/** Percentiles are of so many of the latest: a few minutes of talk, so that they tell how it is now. */
const LATEST = 100;

/** How long something took, in the middle and in the slowest twentieth. */
export interface Lateness {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** The numbers of a running meeting. */
export class Figures {
  readonly #finals: number[] = [];
  readonly #posts: number[] = [];
  #lostMs = 0;

  /** A final came so long after the last of its words. */
  final(lateMs: number): void {
    remember(this.#finals, lateMs);
  }

  /** The message of a final stood in the channel so long after the last of its words. */
  posted(lateMs: number): void {
    remember(this.#posts, lateMs);
  }

  /** Of one person, or of everybody; what was said in a pause is no loss. */
  lost({ startMs, endMs, reason }: Gap): void {
    if (reason !== 'paused') this.#lostMs += endMs - startMs;
  }

  /** @param sentMs - audio sent to the recogniser, of everybody together */
  told(sentMs: number): MeetingFigures {
    const final = latenessOf(this.#finals);
    const posted = latenessOf(this.#posts);
    return { sentMs, lostMs: this.#lostMs, ...(final && { final }), ...(posted && { posted }) };
  }
}

function remember(latest: number[], lateMs: number): void {
  latest.push(Math.max(0, lateMs));
  if (latest.length > LATEST) latest.shift();
}

function latenessOf(latest: readonly number[]): Lateness | undefined {
  const sorted = latest.toSorted((a, b) => a - b);
  const p50Ms = sorted[Math.ceil(sorted.length * 0.5) - 1];
  const p95Ms = sorted[Math.ceil(sorted.length * 0.95) - 1];
  return p50Ms === undefined || p95Ms === undefined ? undefined : { p50Ms, p95Ms };
}
