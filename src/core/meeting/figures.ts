import { Latest } from '../latest.ts';
import type { Lateness, MeetingFigures } from '../ports/live-meetings.ts';
import type { Gap } from '../record.ts';
import type { FinalSegment } from '../segment.ts';

/** Percentiles are of so many of the latest: a few minutes of talk, so that they tell how it is now. */
const LATEST = 100;

/** The numbers of a running meeting. */
export class Figures {
  readonly #finals: number[] = [];
  readonly #posts: number[] = [];
  readonly #unposted = new Latest<string, number>(LATEST); // when they ended, by utterance
  #lostMs = 0;

  /** A final has come. */
  noteFinal({ utteranceId, endMs }: Pick<FinalSegment, 'utteranceId' | 'endMs'>, nowMs: number): void {
    remember(this.#finals, nowMs - endMs);
    this.#unposted.set(utteranceId, endMs);
  }

  /** A final stands in the channel; of one that spans several messages, the first. */
  notePosted(utteranceId: string, nowMs: number): void {
    const endMs = this.#unposted.get(utteranceId);
    if (endMs === undefined) return;
    this.#unposted.delete(utteranceId);
    remember(this.#posts, nowMs - endMs);
  }

  /** Of one person, or of everybody; what was said in a pause is no loss. */
  noteGap({ startMs, endMs, reason }: Gap): void {
    if (reason !== 'paused') this.#lostMs += endMs - startMs;
  }

  /** @param sentMs - audio sent to the recogniser, of everybody together */
  figuresNow(sentMs: number): MeetingFigures {
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
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return sorted.length === 0 ? undefined : { p50Ms: at(0.5), p95Ms: at(0.95) };
}
