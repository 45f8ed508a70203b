import type { VitalSigns } from './vital-signs.ts';

const SETTLED_AFTER = 5; // samples, one per minute; by then everything is loaded and every cache is full
const FLAT_WITHIN = 0.05;
const SPARE_HANDLES = 6; // for the timer of a retry, or a socket that is being opened

/** The defects that a series of samples shows. */
export function judge(samples: readonly VitalSigns[]): string[] {
  const settled = samples.slice(SETTLED_AFTER - 1);
  const memory = settled.map(memoryOf);
  const middle = median(memory);
  const problems: string[] = [];
  const farthest = Math.max(0, ...memory.map((bytes) => Math.abs(bytes - middle) / middle));
  if (farthest > FLAT_WITHIN) {
    problems.push(
      `memory is not constant from minute ${SETTLED_AFTER} on: it differs by ${percent(farthest)} from its median`,
    );
  }
  const [first] = settled;
  const last = settled.at(-1);
  if (!first || !last) return problems;
  for (const kind of ['timers', 'sockets', 'listeners'] as const) {
    const most = Math.max(...samples.slice(0, SETTLED_AFTER).map((signs) => signs[kind]));
    if (last[kind] > most + SPARE_HANDLES)
      problems.push(`${kind} keep growing: ${most} in the first minutes, ${last[kind]} at the end`);
  }
  return problems;
}

/** The memory in use after a collection, in the heap and outside. */
export function memoryOf({ heapBytes, outsideBytes }: VitalSigns): number {
  return heapBytes + outsideBytes;
}

export function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
