import { escapeInline } from './escape.ts';
import type { Attendee, Loss, MinutesModel } from './minutes-model.ts';
import { pagesOf } from './overview-summary.ts';
import { clip } from './plain.ts';
import { asDuration } from './times.ts';
import { inWords, languageName, reasonInWords } from './words.ts';

const MAX_CHARS = 1_900; // of Discord's 2,000: who posts it may have to add a sentence
const MAX_TITLE_CHARS = 100;
const MAX_NAME_CHARS = 40; // Discord's own limit is 32; escaping happens afterwards
const MAX_LANGUAGES_CHARS = 80;
const MAX_STAYS = 3; // of one person
const MAX_LIST_CHARS = 500; // for both lists together, where a summary needs the room
const ATTENDANCE_PART = 0.6; // of the room for lists, when both lists do not fit

/** What is posted as text. */
interface Overview {
  readonly text: string; // the message that the files hang on
  readonly more: readonly string[]; // messages after it, when the summary is longer than that
}

/**
 * The minutes as Discord messages, what was important first: times are shown to every reader in their own time zone.
 *
 * @param fileName - of the document that holds the transcript
 */
export function renderOverview(model: MinutesModel, fileName: string): Overview {
  const { beganAt, durationMs, ending, channelName } = model;
  const head = [
    `## ${escapeInline(clip(model.title, MAX_TITLE_CHARS))}`,
    `${at(beganAt, 0, 'F')} · ${asDuration(durationMs)} · ${shortName(channelName)} · ended: ${inWords(ending)}`,
  ];
  const tail = [...languages(model), ...lossLine(model.losses), `Full transcript: the attached file \`${fileName}\``];
  const attendance = model.attendees.map((attendee) => attendanceLine(attendee, model));
  const talk = model.talkTimes.map(
    ({ name, talkMs, share }) => `- ${shortName(name)}: ${asDuration(talkMs)} (${Math.round(share * 100)} %)`,
  );
  const attendanceTitle = `**Attendance** (${attendance.length})`;
  const talkTitle = '**Talk time**';
  const fixed = [...head, attendanceTitle, talkTitle, ...tail].join('\n').length + 2;
  const forLists = Math.min(lengthOf(attendance) + lengthOf(talk), MAX_LIST_CHARS);
  const { first, more } = pagesOf(model.summary, MAX_CHARS - fixed - forLists);
  const room = MAX_CHARS - fixed - lengthOf(first);
  const talkWants = lengthOf(talk);
  const forAttendance = Math.max(room - talkWants, Math.floor(room * ATTENDANCE_PART));
  const there = whatFits(attendance, forAttendance);
  const spoke = whatFits(talk, room - lengthOf(there));
  const lines = [
    ...head,
    ...first,
    attendanceTitle,
    ...there,
    talkTitle,
    ...(spoke.length > 0 ? spoke : ['- nobody spoke']),
    ...tail,
  ];
  return { text: lines.join('\n'), more };
}

/** As Discord shows it to each reader: `F` with the date, `t` the time of day. */
function at(beganAt: Date, ms: number, style: 'F' | 't'): string {
  return `<t:${Math.floor((beganAt.getTime() + ms) / 1000)}:${style}>`;
}

function shortName(name: string): string {
  return escapeInline(clip(name, MAX_NAME_CHARS));
}

function attendanceLine({ name, stays }: Attendee, { beganAt, ending }: MinutesModel): string {
  const end = ending === undefined ? 'now' : 'the end';
  const told = stays
    .slice(0, MAX_STAYS)
    .map(
      ({ joinedMs, leftMs }) =>
        `${at(beganAt, joinedMs, 't')} – ${leftMs === undefined ? end : at(beganAt, leftMs, 't')}`,
    );
  const more = stays.length - told.length;
  return `- ${shortName(name)}: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function languages({ spoken, translatedInto }: MinutesModel): string[] {
  if (spoken.length === 0 && translatedInto.length === 0) return [];
  const named = (codes: readonly string[]) =>
    clip([...new Set(codes)].map(languageName).join(', '), MAX_LANGUAGES_CHARS);
  const heard = named(spoken.flatMap(({ languages }) => languages).toSorted());
  const into = translatedInto.length > 0 ? ` · translated into ${escapeInline(named(translatedInto))}` : '';
  return [`**Languages** spoken: ${escapeInline(heard) || 'none'}${into}`];
}

/** How much is missing, by reason; people who were lost at the same time are each counted. */
function lossLine(losses: readonly Loss[]): string[] {
  if (losses.length === 0) return [];
  const byReason = [...Map.groupBy(losses, ({ reason }) => reason)].map(([reason, own]) => {
    const lostMs = own.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    return `${asDuration(lostMs)}: ${reasonInWords(reason)}`;
  });
  return [`**Not transcribed** ${byReason.join(' · ')}`];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** As many of the lines as there is room for, each with its line break; the last one then says how many are missing. */
function whatFits(lines: readonly string[], maxChars: number): string[] {
  if (lengthOf(lines) <= maxChars) return [...lines];
  const kept: string[] = [];
  for (const line of lines) {
    const more = `- … and ${lines.length - kept.length} more`;
    if (lengthOf([...kept, line, more]) > maxChars) return [...kept, more];
    kept.push(line);
  }
  return kept;
}
