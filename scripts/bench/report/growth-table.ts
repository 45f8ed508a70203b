import { EXPORT_FORMATS } from '../../../src/minutes/export-minutes.ts';
import type { Figures } from './figures.ts';
import { type Row, reasonFor, rounded } from './table.ts';
import { fleetRows, movesRows } from './tables/fleet.ts';
import { passedOnRows, uplinkRows } from './tables/passed-on.ts';
import { readersRows } from './tables/readers.ts';

/** Tables with titles that show what grows with meetings, servers and journals, and what does not. */
export function growthTables(figures: Figures): readonly { readonly title: string; readonly rows: readonly Row[] }[] {
  const { audience, burst, fleet, idle, moves, readers, longMeeting, minutes, search } = figures;
  const orReason = (value: number | null | undefined, path: string, unit: string) =>
    typeof value === 'number' ? `${rounded(value)} ${unit}`.trimEnd() : `- (${reasonFor(figures, path)})`;
  const orDash = (ms: number | undefined) => (ms === undefined ? '-' : `${rounded(ms)} ms`);
  return [
    {
      title: 'Ten people who talk at once for two minutes',
      rows: [
        ['what', 'measured'],
        ...(burst
          ? Object.entries(burst).map(([name, value]) => [name, rounded(value)])
          : [['everything', `- (${reasonFor(figures, 'burst')})`]]),
      ],
    },
    { title: 'Packets that are passed on', rows: passedOnRows(figures) },
    { title: 'People who talk at once behind an uplink of 2 Mbit/s', rows: uplinkRows(figures) },
    { title: 'Meetings at the same time', rows: fleetRows(fleet) },
    { title: 'A meeting that moves from one process to another', rows: movesRows(moves, reasonFor(figures, 'moves')) },
    { title: 'A live page with many readers', rows: readersRows(readers, reasonFor(figures, 'readers')) },
    {
      title: 'Who listens costs nothing',
      rows: [
        ['in the channel', 'talking', 'core'],
        ['2', '2', orReason(audience?.alone, 'audience', '%')],
        ['98', '2', orReason(audience?.amongHundred, 'audience', '%')],
      ],
    },
    {
      title: 'An idle bot, by servers',
      rows: [
        ['servers', 'memory', 'core', 'start to ready'],
        ...Object.entries(idle).map(([guilds, one]) => [
          guilds,
          orReason(one?.rssMb, `idle.${guilds}`, 'MB'),
          one ? `${rounded(one.cpuPercent)} %` : '-',
          one ? `${rounded(one.startToReadyMs)} ms` : '-',
        ]),
      ],
    },
    {
      title: 'One person who talks for hours',
      rows: [
        ['minute', 'a frame', 'memory'],
        ...(longMeeting ?? []).map(({ minute, usPerFrame, rssMb }) => [
          String(minute),
          `${usPerFrame.toFixed(1)} us`,
          `${Math.round(rssMb)} MB`,
        ]),
        ...(longMeeting ? [] : [['all', `- (${reasonFor(figures, 'longMeeting')})`, '-']]),
      ],
    },
    {
      title: 'The minutes in every format, by the meeting’s length',
      rows: [
        ['hours', 'posted at the end', ...EXPORT_FORMATS, 'all at the same time'],
        ...Object.entries(minutes)
          .toSorted(([a], [b]) => Number(a) - Number(b))
          .map(([hours, times]) => [
            hours,
            orReason(times?.posted, `minutes.${hours}`, 'ms'),
            ...EXPORT_FORMATS.map((format) => orDash(times?.formats[format])),
            orDash(times?.together),
          ]),
      ],
    },
    {
      title: 'The journal: searches by its size, and writes at its largest',
      rows: [
        ['what', 'took'],
        ...Object.entries(search).map(([name, ms]) => [name, orReason(ms, `search.${name}`, 'ms')]),
      ],
    },
  ];
}
