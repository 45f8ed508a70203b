import { clipColumns } from '../../core/text/columns.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { drawableLocale, labelsIn } from '../fonts/drawable-locale.ts';
import { drawable, drawableNames, type FontSet, fontsFor } from '../fonts/fonts.ts';
import { everyName } from '../model/build-minutes.ts';
import type { Attendee, MinutesModel } from '../model/minutes-model.ts';
import { mergeSpans, overlaps, talkSpans } from '../model/talk-spans.ts';
import { asDate, asDuration, asOffset, asTimeOfDay } from '../model/times.ts';
import {
  COLOURS,
  type Colours,
  definitions,
  EDGE,
  type Ground,
  LANE_GAP,
  LANE_HEIGHT,
  LOST,
  MAX_ROWS,
  MAX_TICKS,
  NAME_COLUMNS,
  SHARE,
  TITLE_COLUMNS,
  TOP,
  TRACK,
  voiceColour,
  WIDTH,
} from './look.ts';
import { type Band, drawSpans, label, rectangle, rounded } from './shapes.ts';
import { escapeXml } from './xml-text.ts';

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400] as const;
const HOUR_MS = 3_600_000;
const SMALL = 11;

interface Row extends Pick<Attendee, 'name' | 'stays'> {
  readonly talkMs: number;
  readonly share: number;
}

/** What every part of the picture is drawn with. */
interface Pen {
  readonly colours: Colours;
  readonly words: Words;
}

/** A picture of who spoke when, with one row per person, as SVG. It is well-formed whatever the names contain. */
export function drawTimeline(model: MinutesModel, ground: Ground = 'discord'): string {
  const rows = rowsOf(model);
  const shown = rows.slice(0, MAX_ROWS);
  const words = wordsFor(drawableLocale(model.locale));
  const colours = COLOURS[ground];
  const pen: Pen = { colours, words };
  const fonts = timelineFonts(model);
  const names = drawableNames(everyName(model), fonts, words);
  const extentMs = extentOf(model);
  const rowHeight = shown.length > 8 ? 24 : 30;
  const bottom = TOP + shown.length * rowHeight;
  const bands = shown.map((_, index) => ({ y: TOP + index * rowHeight + 3, height: rowHeight - 6 }));
  const hasLane = shown.length > 1;
  const lane = { y: bottom + LANE_GAP, height: LANE_HEIGHT };
  const axisTop = bottom + LANE_GAP + (hasLane ? LANE_HEIGHT + 6 : 0);
  const height = axisTop + 58;
  const largest = shown.reduce((most, { share }) => Math.max(most, share), 0);
  const inBands = (draw: (row: Row, band: Band, index: number) => string[]) =>
    shown.flatMap((row, index) => draw(row, bands[index] ?? lane, index));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`,
    'font-family="DejaVu Sans" font-size="13">',
    `<title>${escapeXml(words.t('picture.whoSpokeWhen', { title: model.title }))}</title>`,
    definitions(colours),
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="10" fill="${colours.ground}"`,
    `stroke="${colours.edge}"/>`,
    ...heading(model, fonts, pen),
    ...inBands((row, band) => presence({ ...row, name: names.get(row.name) ?? row.name }, band, model, extentMs, pen)),
    ...inBands((row, band, index) => share(row, band, voiceColour(index, colours), largest, pen)),
    ...axis(extentMs, axisTop, pen),
    ...losses(model, bands, shown, { y: TOP, height: bottom - TOP }, extentMs),
    ...voices(model, bands, shown, extentMs, pen),
    ...(hasLane ? atOnce(model, lane, extentMs, pen) : []),
    ...(rows.length === 0 ? [label(EDGE, TOP + 6, words.t('picture.nobody'), { fill: colours.quiet })] : []),
    ...legend(model, rows.length - shown.length, height - 16, pen),
    '</svg>',
  ].join('\n');
}

/** The fonts that the names, the title and the labels need. */
export function timelineFonts(model: MinutesModel): FontSet {
  return fontsFor([model.title, ...everyName(model), labelsIn(drawableLocale(model.locale))]);
}

/** Everybody who spoke, the most talkative first, then the others in the order in which they came. */
function rowsOf({ talkTimes, attendees, passages }: MinutesModel): Row[] {
  const stays = new Map(attendees.map(({ name, stays }) => [name, stays]));
  const times = new Map(talkTimes.map((time) => [time.name, time]));
  const names = new Set([...times.keys(), ...passages.map(({ name }) => name), ...stays.keys()]);
  return [...names].map((name) => ({
    name,
    stays: stays.get(name) ?? [],
    talkMs: times.get(name)?.talkMs ?? 0,
    share: times.get(name)?.share ?? 0,
  }));
}

/** How much time the picture covers: the meeting and anything recorded after its end, at least one second. */
function extentOf({ durationMs, passages, losses, attendees }: MinutesModel): number {
  const ends = [
    ...passages.flatMap(({ lines }) => lines.map(({ endMs }) => endMs)),
    ...losses.map(({ endMs }) => endMs),
    ...attendees.flatMap(({ stays }) => stays.map(({ joinedMs, leftMs }) => leftMs ?? joinedMs)),
  ];
  return ends.reduce((last, endMs) => Math.max(last, endMs), Math.max(durationMs, 1_000));
}

function heading(
  { title, beganAt, timeZone, durationMs, attendees }: MinutesModel,
  fonts: FontSet,
  { colours, words }: Pen,
): string[] {
  const people = words.t('picture.people', { count: attendees.length });
  const facts = `${asDate(beganAt, timeZone)}, ${asTimeOfDay(beganAt, timeZone).slice(0, 5)} ${timeZone} · ${asDuration(durationMs, words)} · ${people}`;
  const shown = clipColumns(drawable(title, fonts), TITLE_COLUMNS);
  return [
    label(EDGE, 36, shown, { fill: colours.text, size: 18, isBold: true, clip: 'heading' }),
    label(EDGE, 58, facts, { fill: colours.quiet }),
    label(SHARE.x, 58, words.t('picture.talkTime'), { fill: colours.quiet, size: 12 }),
  ];
}

/** The person's name, and when they were in the channel. */
function presence(
  { name, stays }: Row,
  band: Band,
  { durationMs }: MinutesModel,
  extentMs: number,
  { colours }: Pen,
): string[] {
  const there = stays.map(({ joinedMs, leftMs }) => ({ startMs: joinedMs, endMs: leftMs ?? durationMs }));
  return [
    label(EDGE, baselineOf(band), clipColumns(name, NAME_COLUMNS), { fill: colours.text, clip: 'names' }),
    rectangle(TRACK.x, band, TRACK.width, colours.track),
    ...drawSpans(mergeSpans(there, 0), band, colours.present, extentMs),
  ];
}

/** A bar for the person's talk time, relative to the person who talked most. */
function share({ talkMs, share }: Row, band: Band, colour: string, largest: number, { colours, words }: Pen): string[] {
  const isSilent = talkMs <= 0;
  const figures = isSilent ? words.t('picture.silent') : `${Math.round(share * 100)} % · ${asDuration(talkMs, words)}`;
  const look = { fill: isSilent ? colours.quiet : colours.text, size: 12 };
  return [
    rectangle(SHARE.x, band, SHARE.width, colours.track),
    ...(isSilent ? [] : [rectangle(SHARE.x, band, (SHARE.width * share) / largest, colour)]),
    label(SHARE.x + SHARE.width + 8, baselineOf(band), figures, look),
  ];
}

function baselineOf({ y, height }: Band): number {
  return y + height / 2 + 5;
}

/** When people spoke. Spans that are too close together to be distinguished are joined. */
function voices(
  model: MinutesModel,
  bands: readonly Band[],
  rows: readonly Row[],
  extentMs: number,
  { colours }: Pen,
): string[] {
  const spans = talkSpans(model, extentMs / TRACK.width);
  return bands.flatMap(({ y, height }, index) => {
    const own = spans.get(rows[index]?.name ?? '') ?? [];
    return drawSpans(own, { y: y + 2, height: height - 4 }, voiceColour(index, colours), extentMs);
  });
}

/** The losses: those of one person in their row, those of everybody across all rows. */
function losses(
  { losses }: MinutesModel,
  bands: readonly Band[],
  rows: readonly Row[],
  whole: Band,
  extentMs: number,
): string[] {
  const of = (name: string | undefined) => losses.filter((loss) => loss.name === name);
  return [
    ...drawSpans(of(undefined), whole, LOST, extentMs),
    ...bands.flatMap((band, index) => {
      const name = rows[index]?.name;
      return name === undefined ? [] : drawSpans(of(name), band, LOST, extentMs);
    }),
  ];
}

function atOnce(model: MinutesModel, lane: Band, extentMs: number, { colours, words }: Pen): string[] {
  const spans = overlaps(talkSpans(model, 0).values(), extentMs / TRACK.width);
  return [
    label(EDGE, lane.y + lane.height, words.t('picture.atOnce'), { fill: colours.quiet, size: SMALL }),
    rectangle(TRACK.x, lane, TRACK.width, colours.track),
    ...drawSpans(spans, lane, colours.atOnce, extentMs),
  ];
}

function axis(extentMs: number, y: number, { colours }: Pen): string[] {
  const stepS = STEPS_S.find((seconds) => extentMs / (seconds * 1_000) <= MAX_TICKS) ?? extentMs / MAX_TICKS / 1_000;
  const count = Math.floor(extentMs / (stepS * 1_000)) + 1;
  return Array.from({ length: count }, (_, index) => {
    const ms = index * stepS * 1_000;
    const x = rounded(TRACK.x + (TRACK.width * ms) / extentMs);
    const time = extentMs < HOUR_MS ? asOffset(ms).slice(3) : asOffset(ms).replace(/^0/, '');
    return [
      `<line x1="${x}" y1="${TOP}" x2="${x}" y2="${y}" stroke="${colours.grid}"/>`,
      label(x, y + 14, time, { fill: colours.quiet, size: SMALL, isCentred: true }),
    ].join('\n');
  });
}

function legend({ losses }: MinutesModel, hidden: number, y: number, { colours, words }: Pen): string[] {
  const look = { fill: colours.quiet, size: SMALL };
  const items = [
    { fill: voiceColour(0, colours), what: words.t('picture.speaking') },
    { fill: colours.present, what: words.t('picture.inChannel') },
    ...(losses.length > 0 ? [{ fill: LOST, what: words.t('picture.notTranscribed') }] : []),
  ];
  return [
    ...(hidden > 0 ? [label(EDGE, y, words.t('picture.more', { count: hidden }), look)] : []),
    ...items.flatMap(({ fill, what }, index) => {
      const x = TRACK.x + index * 140;
      return [rectangle(x, { y: y - 9, height: 10 }, 16, fill), label(x + 22, y, what, look)];
    }),
  ];
}
