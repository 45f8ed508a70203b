import type { MinutesModel } from './minutes-model.ts';

/** A part of the meeting, in milliseconds since it began. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** When each person spoke, by name, in order. Spans that are at most `sameMs` apart are joined. */
export function talkSpans({ passages }: MinutesModel, sameMs: number): ReadonlyMap<string, readonly Span[]> {
  const lines = passages.flatMap(({ name, lines }) => lines.map(({ startMs, endMs }) => ({ name, startMs, endMs })));
  return new Map([...Map.groupBy(lines, ({ name }) => name)].map(([name, own]) => [name, mergeSpans(own, sameMs)]));
}

/** The spans in order. Those that are at most `sameMs` apart are joined. */
export function mergeSpans(spans: readonly Span[], sameMs: number): Span[] {
  const merged: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last && startMs <= last.endMs + sameMs) last.endMs = Math.max(last.endMs, endMs);
    else merged.push({ startMs, endMs: Math.max(startMs, endMs) });
  }
  return merged;
}

/** When spans of two or more groups overlap. The spans within one group must not overlap. */
export function overlaps(groups: Iterable<readonly Span[]>, sameMs: number): Span[] {
  const edges = [...groups]
    .flat()
    .flatMap(({ startMs, endMs }) => [
      { atMs: startMs, step: 1 },
      { atMs: endMs, step: -1 },
    ])
    .toSorted((a, b) => a.atMs - b.atMs || a.step - b.step);
  const both: Span[] = [];
  let count = 0;
  let sinceMs = 0;
  for (const { atMs, step } of edges) {
    if (count === 1 && step === 1) sinceMs = atMs;
    if (count === 2 && step === -1) both.push({ startMs: sinceMs, endMs: atMs });
    count += step;
  }
  return mergeSpans(both, sameMs);
}
