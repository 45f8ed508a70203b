import type { Figures } from './figures.ts';

/** Adds figures of an earlier run that this run did not measure. The date is that of this run. */
export function mergeRuns(before: Figures, now: Figures): Figures {
  const rowKey = ({ speakers, coding }: Figures['throughput'][number]) => `${speakers} ${coding}`;
  const measured = new Set(now.throughput.map(rowKey));
  const merged = {
    ...now,
    ratios: filled(before.ratios, now.ratios),
    realtime: filled(before.realtime, now.realtime),
    usualRealtime: filled(before.usualRealtime, now.usualRealtime),
    latency: { ...now.latency, ...filled(before.latency, now.latency) },
    search: filled(before.search, now.search),
    idle: filled(before.idle, now.idle),
    fleet: filled(before.fleet ?? {}, now.fleet),
    minutes: filled(before.minutes, now.minutes),
    burst: now.burst ?? before.burst,
    moves: now.moves ?? before.moves ?? null,
    readers: now.readers ?? before.readers ?? null,
    audience: now.audience ?? before.audience,
    longMeeting: now.longMeeting ?? before.longMeeting,
    passedOnRealtime: now.passedOnRealtime ?? before.passedOnRealtime ?? null,
    uplink: now.uplink ?? before.uplink ?? null,
    passedOn: now.passedOn.length > 0 ? now.passedOn : (before.passedOn ?? []),
    throughput: [...before.throughput.filter((row) => !measured.has(rowKey(row))), ...now.throughput].toSorted(
      (a, b) => a.speakers - b.speakers || a.coding.localeCompare(b.coding),
    ),
  };
  return {
    ...merged,
    reasons: Object.fromEntries(Object.entries(now.reasons).filter(([path]) => isMissing(merged, path))),
  };
}

function filled<T>(
  before: Readonly<Record<string, T | null>>,
  now: Readonly<Record<string, T | null>>,
): Record<string, T | null> {
  return Object.fromEntries(Object.entries(now).map(([name, value]) => [name, value ?? before[name] ?? null]));
}

/** Whether the value at a path, or a part of it, is missing. */
function isMissing(figures: object, path: string): boolean {
  let at: unknown = figures;
  for (const name of path.split('.')) at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : at;
  return at === null || (typeof at === 'object' && Object.values(at ?? {}).includes(null));
}
