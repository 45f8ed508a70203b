import type { Correction } from '../../core/segment.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { endingInWords, reasonInWords } from './in-words.ts';
import type { Attendee, Line, Loss, MinutesModel, TalkTime } from './minutes-model.ts';
import { asDate, asDuration, asOffset, asTimeOfDay } from './times.ts';

/** The facts of a meeting as sentences without markup. Names and codes in them still need escaping. */

export function factsOf({
  beganAt,
  timeZone,
  durationMs,
  ending,
  channelName,
  shownIn,
  about,
  locale,
  stageAudience,
}: MinutesModel): [string, string][] {
  const words = wordsFor(locale);
  return [
    [words.t('document.date'), `${asDate(beganAt, timeZone)}, ${asTimeOfDay(beganAt, timeZone)} ${timeZone}`],
    [words.t('document.duration'), asDuration(durationMs, words)],
    [words.t('document.voiceChannel'), channelName],
    [words.t('document.ended'), endingInWords(ending, words)],
    ...(about === undefined ? [] : [[words.t('document.about'), about] satisfies [string, string]]),
    ...(stageAudience === undefined ? [] : [audienceOf(stageAudience, words)]),
    ...(shownIn === undefined
      ? []
      : [[words.t('document.shownIn'), words.language(shownIn)] satisfies [string, string]]),
  ];
}

/** The audience of a stage, nobody of whom is named. */
export function audienceOf(most: number, words: Words): [what: string, howMany: string] {
  const number = new Intl.NumberFormat(words.locale).format(most);
  return [words.t('document.stageAudience'), words.t('document.mostAtOnce', { count: most, number })];
}

/** Puts a moment of a meeting into words. */
export type MomentOf = (ms: number) => string;

/** `10:00:00 (00:00:00) to the end`, for each stay. */
export function staysOf({ stays, renamed }: Attendee, model: MinutesModel, momentOf = momentsOf(model)): string {
  const words = wordsFor(model.locale);
  const end = words.t(model.ending === undefined ? 'document.now' : 'document.theEnd');
  const texts = stays.map(({ joinedMs, leftMs }) => {
    const until = leftMs === undefined ? end : momentOf(leftMs);
    return words.t('document.until', { from: momentOf(joinedMs), until });
  });
  const remark = renamed ? ` (${renamingInWords(renamed, words, model.timeZone)})` : '';
  return `${texts.join('; ')}${remark}`;
}

export function talkTimeOf({ talkMs, share }: TalkTime, words: Words): string {
  return `${asDuration(talkMs, words)} (${Math.round(share * 100)} %)`;
}

export function lossOf({ startMs, endMs, reason }: Loss, model: MinutesModel, momentOf = momentsOf(model)): string {
  const words = wordsFor(model.locale);
  return `${momentOf(startMs)}, ${asDuration(endMs - startMs, words)}: ${reasonInWords(reason, words)}`;
}

/** What a reader has to know about a line besides its words. Usually empty. */
export function remarksOn(line: Line, words: Words, timeZone: string): string[] {
  const { isConfirmed, isUntranslated, language = '' } = line;
  const remarks = isUntranslated ? [words.t('document.inLanguage', { language: words.language(language) })] : [];
  if (line.isOfOriginal) return [...remarks, words.t('document.ofOriginal')];
  if (line.corrected) return [...remarks, correctionInWords(line.corrected, words, timeZone)];
  return isConfirmed ? remarks : [...remarks, words.t('document.unconfirmed')];
}

/** What a reader has to know about the translations below a line. Usually empty. */
export function remarksOnTranslations({ corrected }: Line, words: Words): string[] {
  return corrected ? [words.t('document.ofOriginal')] : [];
}

function renamingInWords(
  { byName, atMs }: Pick<Correction, 'byName' | 'atMs'>,
  words: Words,
  timeZone: string,
): string {
  const at = momentIn(atMs, timeZone);
  const name = oneLine(byName);
  return name === '' ? words.t('document.nameCorrectedAt', { at }) : words.t('document.nameCorrectedBy', { name, at });
}

function momentIn(atMs: number, timeZone: string): string {
  return `${asDate(new Date(atMs), timeZone)}, ${asTimeOfDay(new Date(atMs), timeZone)}`;
}

function correctionInWords({ byName, atMs }: Correction, words: Words, timeZone: string): string {
  const at = momentIn(atMs, timeZone);
  const name = oneLine(byName);
  return name === '' ? words.t('document.correctedAt', { at }) : words.t('document.correctedBy', { name, at });
}

export function noteOnTimes({ timeZone, locale }: Pick<MinutesModel, 'timeZone' | 'locale'>): string {
  return wordsFor(locale).t('document.times', { zone: timeZone });
}

function momentsOf({ beganAt, timeZone }: MinutesModel): MomentOf {
  return (ms) => `${asTimeOfDay(new Date(beganAt.getTime() + ms), timeZone)} (${asOffset(ms)})`;
}

/** Says how much audio was lost in short pieces that the decoder concealed, so the recogniser went on. */
export function filledIn(lengthMs: number, words: Words): string {
  return words.t('document.filledIn', { duration: asDuration(lengthMs, words) });
}
