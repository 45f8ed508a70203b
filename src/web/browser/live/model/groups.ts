import type { LiveLine } from '../../wire.ts';

/** What one person says in a row: it stands under their name once. */
export interface Group {
  readonly key: string; // the same while lines are added at its end
  readonly person: string;
  readonly lines: readonly LiveLine[];
}

const APART_MS = 60_000; // after a longer pause the time is worth saying again
const PER_CHUNK = 20; // groups: few enough to be drawn in a moment, many enough that chunks are few

/** @param lines - in the order in which they began */
export function groupsOf(lines: readonly LiveLine[]): Group[] {
  const groups: { key: string; person: string; lines: LiveLine[] }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const before = last?.lines.at(-1);
    const goesOn = last?.person === line.person && before && line.at - before.at < APART_MS;
    if (goesOn) last.lines.push(line);
    else groups.push({ key: line.id, person: line.person, lines: [line] });
  }
  return groups;
}

/** Cuts a long list into parts of which only the last ones change, so that the others need not be drawn again. */
export function chunksOf<T>(items: readonly T[], size = PER_CHUNK): (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
