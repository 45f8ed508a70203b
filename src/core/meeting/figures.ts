import { Latest } from '../latest.ts';
import type { Lateness, MeetingFigures } from '../ports/live-meetings.ts';
import type { Gap } from '../record.ts';
import type { FinalSegment } from '../segment.ts';

/** How many of the latest values the percentiles cover: a few minutes of talk, so that they describe the present. */
const LATEST = 100;

/** Counts how late finals and messages of a running meeting are, and how much audio was lost. */
export class Figures {
  readonly #finals: number[] = [];
  readonly #posts: number[] = [];
  readonly #unposted = new Latest<string, number>(LATEST); // when finals that are not posted yet ended, by utterance
  #lostMs = 0;

  /** The recogniser has sent a final. */
  noteFinal({ utteranceId, endMs }: Pick<FinalSegment, 'utteranceId' | 'endMs'>, nowMs: number): void {
    remember(this.#finals, nowMs - endMs);
    this.#unposted.set(utteranceId, endMs);
  }

  /** The channel shows a final, or the first message of a long one. */
  notePosted(utteranceId: string, nowMs: number): void {
    const endMs = this.#unposted.get(utteranceId);
    if (endMs === undefined) return;
    this.#unposted.delete(utteranceId);
    remember(this.#posts, nowMs - endMs);
  }

  /** Counts a gap of one person or of everybody; a pause is no loss. */
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
