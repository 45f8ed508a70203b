import type { SpeakerId } from '../../core/ids.ts';
import type { MeetingRecord } from '../../core/record.ts';
import type { Glossary } from '../../core/settings.ts';
import { recordInOwnWords } from '../../core/text/glossary.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { buildSummary, summaryWithGlossary } from './build-summary.ts';
import { inLanguage } from './in-language.ts';
import { withPlainLanguages } from './language-codes.ts';
import type { Attendee, Loss, MinutesModel, Passage, View } from './minutes-model.ts';
import { nameEverybody } from './names.ts';
import { passagesOf } from './passages.ts';
import { talkTimes } from './talk-time.ts';
import { asDate } from './times.ts';

const FRAME_MS = 20;

const MIN_CONCEALED_MS = 1_000; // less than this in a whole meeting is normal on any network

/** Gaps that are closer together are shown as one loss, because a person notices them as one. */
const MAX_PAUSE_WITHIN_LOSS_MS = 1_000;

/** The data of the minutes of a meeting, which may still be running. */
export function buildMinutes(
  kept: MeetingRecord,
  { language, timeZone = 'UTC', glossary = [], locale = 'en-US' }: View = {},
): MinutesModel {
  const record = withPlainLanguages(withGlossary(kept, glossary));
  const words = wordsFor(locale);
  const names = nameEverybody(record, words);
  const nameOf = (id: SpeakerId): string => names.get(id) ?? ''; // everybody in the record has a name
  const { head } = record;
  const about = oneLine(head.places?.occasion?.about ?? '');
  const passages = passagesOf(record, nameOf);
  const summary = buildSummary(record, passages, language, words);
  const model: MinutesModel = {
    title: titleOf(record, summary?.title, timeZone, words),
    locale,
    ...(about !== '' && { about }),
    ...(summary && { summary }),
    timeZone,
    channelName: oneLine(head.voiceChannelName) || words.t('document.unnamed'),
    beganAt: head.beganAt,
    durationMs: record.endedMs ?? lastKnownMs(record),
    ending: record.ending,
    attendees: attendeesOf(record, nameOf),
    ...(record.stageAudience !== undefined && { stageAudience: record.stageAudience }),
    talkTimes: talkTimes(record.finals, nameOf),
    spoken: spokenBy(record, nameOf),
    translatedInto: [...new Set(record.translations.map(({ language }) => language))].toSorted(),
    losses: lossesOf(record, nameOf),
    concealed: concealed(record, nameOf),
    passages,
  };
  return language === undefined ? model : inLanguage(model, language);
}

/** What was said, without all that the minutes say about it: enough to know which words stand where. */
export function passagesIn(kept: MeetingRecord, { glossary = [], locale = 'en-US' }: View = {}): readonly Passage[] {
  const record = withPlainLanguages(withGlossary(kept, glossary));
  const names = nameEverybody(record, wordsFor(locale));
  return passagesOf(record, (id) => names.get(id) ?? '');
}

/** The record with the server's glossary applied to all its texts. The journal keeps the recogniser's words. */
export function withGlossary(record: MeetingRecord, glossary: Glossary): MeetingRecord {
  if (glossary.length === 0) return record;
  return {
    ...recordInOwnWords(record, glossary),
    ...(record.summary && { summary: summaryWithGlossary(record.summary, glossary) }),
  };
}

/** The names of everybody who appears in the minutes, always in the same order. */
export function everyName({ attendees, passages, losses }: MinutesModel): ReadonlySet<string> {
  return new Set([...attendees, ...passages, ...losses].flatMap(({ name }) => name ?? []));
}

/** The title that somebody gave, else the title of the summary, else the channel and the date. */
function titleOf({ head }: MeetingRecord, made: string | undefined, timeZone: string, words: Words): string {
  const title = oneLine(head.title);
  const channel = oneLine(head.voiceChannelName);
  if (title !== '' && title !== channel) return title;
  return made ?? `${channel || words.t('document.meeting')}, ${asDate(head.beganAt, timeZone)}`;
}

function lastKnownMs({ attendance, finals, gaps }: MeetingRecord): number {
  const moments = [
    ...attendance.flatMap((stay) => [stay.joinedMs, stay.leftMs ?? 0]),
    ...[...finals, ...gaps].map(({ endMs }) => endMs),
  ];
  return moments.reduce((last, ms) => Math.max(last, ms), 0);
}

function attendeesOf({ attendance }: MeetingRecord, nameOf: (id: SpeakerId) => string): Attendee[] {
  const stays = attendance.toSorted((a, b) => a.joinedMs - b.joinedMs);
  return [...Map.groupBy(stays, ({ speakerId }) => speakerId)].map(([id, own]) => ({
    speakerId: id,
    name: nameOf(id),
    ...renamedIn(own),
    stays: own.map(({ joinedMs, leftMs }) => ({ joinedMs, ...(leftMs !== undefined && { leftMs }) })),
  }));
}

function renamedIn(stays: MeetingRecord['attendance']): Pick<Attendee, 'renamed'> {
  const renamed = stays.at(-1)?.renamed;
  return renamed ? { renamed } : {};
}

function spokenBy({ finals }: MeetingRecord, nameOf: (id: SpeakerId) => string): MinutesModel['spoken'] {
  return [...Map.groupBy(finals, ({ speakerId }) => speakerId)].map(([id, own]) => ({
    name: nameOf(id),
    languages: [...new Set(own.map(({ language }) => language))].toSorted(),
  }));
}

function concealed({ tallies = [] }: MeetingRecord, nameOf: (id: SpeakerId) => string): MinutesModel['concealed'] {
  return tallies
    .map(({ speakerId, concealedFrames }) => ({ name: nameOf(speakerId), lengthMs: concealedFrames * FRAME_MS }))
    .filter(({ lengthMs }) => lengthMs >= MIN_CONCEALED_MS);
}

function lossesOf({ gaps }: MeetingRecord, nameOf: (id: SpeakerId) => string): Loss[] {
  const losses: Loss[] = [];
  for (const { speakerId, startMs, endMs, reason } of gaps.toSorted((a, b) => a.startMs - b.startMs)) {
    const name = speakerId === undefined ? undefined : nameOf(speakerId);
    const before = losses.findLastIndex((loss) => loss.name === name && loss.reason === reason);
    const last = losses[before];
    if (last && startMs <= last.endMs + MAX_PAUSE_WITHIN_LOSS_MS)
      losses[before] = { ...last, endMs: Math.max(last.endMs, endMs) };
    else losses.push({ speakerId, name, startMs, endMs, reason });
  }
  return losses;
}
