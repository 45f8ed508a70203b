/** A part of the picture in which somebody speaks, in the units of the drawing. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One span among those of everybody: the number of its lane, and its own in there. */
export interface Place {
  readonly lane: number;
  readonly span: number;
}

/** The keys that lead from span to span, and the way of each: along the time, to others, or to an end. */
const WAYS: Readonly<Record<string, 'before' | 'after' | 'up' | 'down' | 'first' | 'last'>> = {
  ArrowLeft: 'before',
  ArrowRight: 'after',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/**
 * Where a key leads from a span; `undefined`: nowhere, as it is another key, or there is nothing that way.
 *
 * Time runs from left to right in every language. Up and down lead to the span of the next person who speaks at all that is
 * nearest in time.
 */
export function stepFrom(lanes: readonly (readonly Span[])[], { lane, span }: Place, key: string): Place | undefined {
  const way = WAYS[key];
  const own = lanes[lane] ?? [];
  const at = own[span];
  if (way === undefined || !at) return undefined;
  if (way === 'first') return { lane, span: 0 };
  if (way === 'last') return { lane, span: own.length - 1 };
  if (way === 'before' || way === 'after') {
    const next = span + (way === 'after' ? 1 : -1);
    return own[next] && { lane, span: next };
  }
  const step = way === 'down' ? 1 : -1;
  for (let other = lane + step; lanes[other]; other += step) {
    const nearest = nearestSpan(lanes[other] ?? [], (at.from + at.to) / 2);
    if (nearest !== undefined) return { lane: other, span: nearest };
  }
  return undefined;
}

/** The span nearest to a moment, and the first of several; `undefined` when none is as near as `within`. */
export function nearestSpan(
  spans: readonly Span[],
  moment: number,
  within = Number.POSITIVE_INFINITY,
): number | undefined {
  let nearest: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { from, to }] of spans.entries()) {
    const distance = Math.max(from - moment, moment - to, 0);
    if (distance < least && distance <= within) [nearest, least] = [index, distance];
  }
  return nearest;
}
