import { MAX_OVERVIEW_CHARS } from '../../core/record.ts';
import { clip } from '../../core/text/clip.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { audienceOf } from '../model/facts.ts';
import { endingInWords, reasonInWords } from '../model/in-words.ts';
import type { Attendee, Loss, MinutesModel } from '../model/minutes-model.ts';
import { asDuration } from '../model/times.ts';
import { escapeInline } from './escape.ts';
import { pagesOf } from './overview-summary.ts';

const MAX_TITLE_CHARS = 100;
const MAX_ABOUT_CHARS = 200; // the files have all of it
const MAX_NAME_CHARS = 40; // Discord's own limit is 32; escaping can add more
const MAX_LANGUAGES_CHARS = 80;
const MAX_STAYS = 3; // shown for each person
const MAX_LIST_CHARS = 500; // of both lists together, so that room is left for the summary
const ATTENDANCE_PART = 0.6; // the attendance list's share of the room when not both lists fit

/** The minutes as text to post. */
interface Overview {
  readonly text: string; // of the message to which the files are attached
  readonly more: readonly string[]; // further messages, when the summary does not fit into the first
}

/**
 * The minutes as Discord messages, the summary first. Discord shows the times in each reader's own time zone.
 *
 * @param fileName - of the document with the transcript
 */
export function renderOverview(model: MinutesModel, fileName: string): Overview {
  const { beganAt, durationMs, ending, channelName, about } = model;
  const words = wordsFor(model.locale);
  const head = [
    `## ${escapeInline(clip(model.title, MAX_TITLE_CHARS))}`,
    `${at(beganAt, 0, 'F')} · ${asDuration(durationMs, words)} · ${shortName(channelName)} · ${words.t('overview.ended', { how: endingInWords(ending, words) })}`,
    ...(about === undefined ? [] : [`> ${escapeInline(clip(about, MAX_ABOUT_CHARS))}`]),
  ];
  const { stageAudience } = model;
  const tail = [
    ...(stageAudience === undefined ? [] : [audienceOf(stageAudience, words).join(': ')]),
    ...languages(model, words),
    ...lossLine(model.losses, words),
    words.t('overview.fullTranscript', { file: fileName }),
  ];
  const attendance = model.attendees.map((attendee) => attendanceLine(attendee, model, words));
  const talk = model.talkTimes.map(
    ({ name, talkMs, share }) => `- ${shortName(name)}: ${asDuration(talkMs, words)} (${Math.round(share * 100)} %)`,
  );
  const attendanceTitle = `**${words.t('document.attendance')}** (${attendance.length})`;
  const talkTitle = `**${words.t('document.talkTime')}**`;
  const fixed = [...head, attendanceTitle, talkTitle, ...tail].join('\n').length + 2;
  const forLists = Math.min(lengthOf(attendance) + lengthOf(talk), MAX_LIST_CHARS);
  const { first, more } = pagesOf(model.summary, MAX_OVERVIEW_CHARS - fixed - forLists, words);
  const room = MAX_OVERVIEW_CHARS - fixed - lengthOf(first);
  const talkWants = lengthOf(talk);
  const forAttendance = Math.max(room - talkWants, Math.floor(room * ATTENDANCE_PART));
  const there = whatFits(attendance, forAttendance, words);
  const spoke = whatFits(talk, room - lengthOf(there), words);
  const lines = [
    ...head,
    ...first,
    attendanceTitle,
    ...there,
    talkTitle,
    ...(spoke.length > 0 ? spoke : [`- ${words.t('overview.nobodySpoke')}`]),
    ...tail,
  ];
  return { text: lines.join('\n'), more };
}

/** A time that Discord formats for each reader: `F` shows date and time, `t` only the time of day. */
function at(beganAt: Date, ms: number, style: 'F' | 't'): string {
  return `<t:${Math.floor((beganAt.getTime() + ms) / 1000)}:${style}>`;
}

function shortName(name: string): string {
  return escapeInline(clip(name, MAX_NAME_CHARS));
}

function attendanceLine({ name, stays }: Attendee, { beganAt, ending }: MinutesModel, words: Words): string {
  const end = words.t(ending === undefined ? 'document.now' : 'document.theEnd');
  const shown = stays
    .slice(0, MAX_STAYS)
    .map(
      ({ joinedMs, leftMs }) =>
        `${at(beganAt, joinedMs, 't')} – ${leftMs === undefined ? end : at(beganAt, leftMs, 't')}`,
    );
  const more = stays.length - shown.length;
  return `- ${shortName(name)}: ${shown.join(', ')}${more > 0 ? ` ${words.t('overview.moreStays', { count: more })}` : ''}`;
}

function languages({ spoken, translatedInto }: MinutesModel, words: Words): string[] {
  if (spoken.length === 0 && translatedInto.length === 0) return [];
  const named = (codes: readonly string[]) =>
    clip([...new Set(codes)].map(words.language).join(', '), MAX_LANGUAGES_CHARS);
  const heard = named(spoken.flatMap(({ languages }) => languages).toSorted());
  const into =
    translatedInto.length > 0
      ? ` · ${words.t('overview.into', { languages: escapeInline(named(translatedInto)) })}`
      : '';
  const spokenHere = words.t('overview.spoken', { languages: escapeInline(heard) || words.t('overview.none') });
  return [`**${words.t('document.languages')}** ${spokenHere}${into}`];
}

/** How much audio is missing, by reason. When several people are affected at once, each one's time counts. */
function lossLine(losses: readonly Loss[], words: Words): string[] {
  if (losses.length === 0) return [];
  const byReason = [...Map.groupBy(losses, ({ reason }) => reason)].map(([reason, own]) => {
    const lostMs = own.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    return `${asDuration(lostMs, words)}: ${reasonInWords(reason, words)}`;
  });
  return [`**${words.t('document.notTranscribed')}** ${byReason.join(' · ')}`];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** The lines that fit, with their line breaks. When some do not fit, the last line says how many. */
function whatFits(lines: readonly string[], maxChars: number, words: Words): string[] {
  if (lengthOf(lines) <= maxChars) return [...lines];
  const kept: string[] = [];
  for (const line of lines) {
    const more = `- ${words.t('overview.more', { count: lines.length - kept.length })}`;
    if (lengthOf([...kept, line, more]) > maxChars) return [...kept, more];
    kept.push(line);
  }
  return kept;
}
