import type { Spread } from './figures.ts';

/** @throws {RangeError} when there are no values */
export function spread(values: readonly number[]): Spread {
  return { median: percentile(values, 50), min: percentile(values, 0), max: percentile(values, 100) };
}

/** The percentile: `percent` of the values are at most this. @throws {RangeError} when there are no values */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('Cannot compute a percentile of no values');
  return value;
}
