import { type Words, wordsFor } from '../../i18n/words.ts';
import { formatQuote } from '../model/build-summary.ts';
import {
  factsOf,
  filledIn,
  lossOf,
  noteOnTimes,
  remarksOn,
  remarksOnTranslations,
  staysOf,
  talkTimeOf,
} from '../model/facts.ts';
import type { Bullet, Line, MinutesModel, Passage, Source } from '../model/minutes-model.ts';
import { asOffset } from '../model/times.ts';
import { escapeInline, escapeLine } from './escape.ts';

/**
 * The minutes as a Markdown document.
 *
 * Its last heading is `Transcript` in every language, because programs look for it, and only the transcript follows it.
 */
export function renderMarkdown(model: MinutesModel): string {
  const words = wordsFor(model.locale);
  const missing = losses(model, words);
  const sections = [
    `# ${escapeInline(model.title)}`,
    facts(model),
    ...summary(model, words),
    `## ${words.t('document.attendance')}`,
    list(
      model.attendees.map((attendee) => `${bold(attendee.name)}: ${staysOf(attendee, model)}`),
      words.t('document.nobodySeen'),
    ),
    `## ${words.t('document.talkTime')}`,
    list(
      model.talkTimes.map((time) => `${bold(time.name)}: ${talkTimeOf(time, words)}`),
      words.t('document.nobodySpoke'),
    ),
    `## ${words.t('document.languages')}`,
    list(languages(model, words), words.t('document.noneHeard')),
    ...(missing.length > 0 ? [`## ${words.t('document.notTranscribed')}`, list(missing, '')] : []),
    '## Transcript',
    ...(model.passages.length > 0
      ? model.passages.map((one) => passage(one, words, model.timeZone))
      : [`*${words.t('document.nothingSaid')}*`]),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The points, each with the times at which it was said. Each time links to its message. */
function summary({ summary }: MinutesModel, words: Words): string[] {
  if (!summary) return [];
  const sections = summary.sections.flatMap(({ heading, bullets }) => [
    `## ${heading}`,
    list(
      bullets.map((one) => bullet(one, words)),
      '',
    ),
  ]);
  return summary.sections.length > 0 ? [...sections, `*${escapeInline(summary.note)}*`] : [];
}

function bullet({ who, text, due, sources }: Bullet, words: Words): string {
  const content = who === undefined ? escapeLine(text) : `${bold(who)}: ${escapeInline(text)}`;
  const until = due === undefined ? '' : ` (${words.t('document.due', { due: escapeInline(due) })})`;
  return `${content}${until} (${sources.map(source).join(', ')})`;
}

function source({ startMs, url, quote }: Source): string {
  const at = url === undefined ? asOffset(startMs) : `[${asOffset(startMs)}](${url})`;
  return quote ? `${at} ${formatQuote(quote, escapeInline)}` : at;
}

function facts(model: MinutesModel): string {
  const items = factsOf(model).map(([what, value]) => `- ${what}: ${escapeInline(value)}`);
  return [...items, `- ${noteOnTimes(model)}`].join('\n');
}

function list(items: readonly string[], otherwise: string): string {
  return items.length > 0 ? items.map((item) => `- ${item}`).join('\n') : otherwise;
}

function bold(name: string): string {
  return `**${escapeInline(name)}**`;
}

function languages({ spoken, translatedInto }: MinutesModel, words: Words): string[] {
  const named = (codes: readonly string[]) =>
    codes.map((code) => `${escapeInline(words.language(code))} (${escapeInline(code)})`).join(', ');
  const items = spoken.map(({ name, languages }) =>
    words.t('document.spoke', { name: bold(name), languages: named(languages) }),
  );
  return translatedInto.length > 0 ? [...items, words.t('document.into', { languages: named(translatedInto) })] : items;
}

function losses(model: MinutesModel, words: Words): string[] {
  const everybody = words.t('document.everybody');
  return [
    ...model.losses.map((loss) => `${loss.name === undefined ? everybody : bold(loss.name)}: ${lossOf(loss, model)}`),
    ...model.concealed.map(({ name, lengthMs }) => `${bold(name)}: ${filledIn(lengthMs, words)}`),
  ];
}

function passage({ name, startMs, lines }: Passage, words: Words, timeZone: string): string {
  return `${bold(name)} (${asOffset(startMs)})\n${lines.map((one) => line(one, words, timeZone)).join('\n\n')}`;
}

/** The text on its own line, and each translation as a quotation paragraph below it. */
function line(line: Line, words: Words, timeZone: string): string {
  const { text, translations } = line;
  const inBrackets = (remark: string) => ` *(${escapeInline(remark)})*`;
  const behind = remarksOnTranslations(line, words).map(inBrackets).join('');
  const quotations = translations.map(
    ({ language, text }) => `> ${escapeInline(language)}: ${escapeInline(text)}${behind}`,
  );
  const remarks = remarksOn(line, words, timeZone).map(inBrackets);
  const spoken = text === undefined ? [] : [`${escapeLine(text)}${remarks.join('')}`];
  return [...spoken, ...(quotations.length > 0 ? [quotations.join('\n>\n')] : [])].join('\n');
}
