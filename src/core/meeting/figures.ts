import { Latest } from '../latest.ts';
import type { Lateness, MeetingFigures } from '../ports/live-meetings.ts';
import type { MeetingMetrics } from '../ports/metrics.ts';
import type { Gap } from '../record.ts';
import type { FinalSegment } from '../segment.ts';

/** How many of the latest values the percentiles cover: a few minutes of talk, so that they describe the present. */
const LATEST = 100;

/** Counts how late finals and messages of a running meeting are, and how much audio was lost. */
export class Figures {
  readonly #finals: number[] = [];
  readonly #posts: number[] = [];
  readonly #unposted = new Latest<string, { endMs: number; finalMs: number }>(LATEST); // finals that are not posted yet
  readonly #metrics: MeetingMetrics | undefined;
  #lostMs = 0;

  /** @param metrics - are told the same of all meetings together */
  constructor(metrics?: MeetingMetrics) {
    this.#metrics = metrics;
  }

  /** The recogniser has sent a final. */
  noteFinal({ utteranceId, endMs }: Pick<FinalSegment, 'utteranceId' | 'endMs'>, nowMs: number): void {
    remember(this.#finals, nowMs - endMs);
    this.#unposted.set(utteranceId, { endMs, finalMs: nowMs });
    this.#metrics?.final(nowMs - endMs);
  }

  /** The channel shows a final, or the first message of a long one. */
  notePosted(utteranceId: string, nowMs: number): void {
    const unposted = this.#unposted.get(utteranceId);
    if (unposted === undefined) return;
    this.#unposted.delete(utteranceId);
    remember(this.#posts, nowMs - unposted.endMs);
    this.#metrics?.shown(nowMs - unposted.finalMs);
  }

  /** Counts a gap of one person or of everybody; a pause is no loss. */
  noteGap(gap: Gap): void {
    this.carryOver(gap);
    if (gap.reason !== 'paused') this.#metrics?.gap(gap.reason, gap.endMs - gap.startMs);
  }

  /** Counts a gap that an earlier process has told of. */
  carryOver({ startMs, endMs, reason }: Gap): void {
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
