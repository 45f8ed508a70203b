import { oneLine } from '../../core/text/plain-text.ts';
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
import type { Bullet, Line, MinutesModel } from '../model/minutes-model.ts';
import { asOffset } from '../model/times.ts';

/** The minutes as text without markup. Each utterance is one line, so that `grep` finds who said what and when. */
export function renderPlainText(model: MinutesModel): string {
  const { title, attendees, talkTimes, losses, passages } = model;
  const words = wordsFor(model.locale);
  const transcript = passages.flatMap(({ name, lines }) =>
    lines.map((line) => lineOf(line, name, words, model.timeZone)),
  );
  const sections: [string, string[]][] = [
    ['', [...factsOf(model).map(([what, value]) => `${what}: ${value}`), noteOnTimes(model)]],
    ...summaryOf(model, words),
    [words.t('document.attendance'), attendees.map((attendee) => `${attendee.name}: ${staysOf(attendee, model)}`)],
    [words.t('document.talkTime'), talkTimes.map((time) => `${time.name}: ${talkTimeOf(time, words)}`)],
    [words.t('document.languages'), languagesOf(model, words)],
    [
      words.t('document.notTranscribed'),
      [
        ...losses.map((loss) => `${loss.name ?? words.t('document.everybody')}: ${lossOf(loss, model)}`),
        ...model.concealed.map(({ name, lengthMs }) => `${name}: ${filledIn(lengthMs, words)}`),
      ],
    ],
    [words.t('document.transcript'), transcript.length > 0 ? transcript : [words.t('document.nothingSaid')]],
  ];
  const kept = sections.filter(([, lines]) => lines.length > 0);
  const texts = kept.map(([heading, lines]) =>
    [...(heading === '' ? [] : [underlined(heading, '-')]), ...lines].join('\n'),
  );
  return `${[underlined(oneLine(title), '='), ...texts].join('\n\n')}\n`;
}

function summaryOf({ summary }: MinutesModel, words: Words): [string, string[]][] {
  if (!summary || summary.sections.length === 0) return [];
  const sections = summary.sections.map(({ heading, bullets }): [string, string[]] => [
    heading,
    bullets.map((bullet) => bulletOf(bullet, words)),
  ]);
  return [...sections, ['', [summary.note]]];
}

function bulletOf({ who, text, due, sources }: Bullet, words: Words): string {
  const content = `${who === undefined ? '' : `${oneLine(who)}: `}${oneLine(text)}`;
  const until = due === undefined ? '' : ` (${words.t('document.due', { due: oneLine(due) })})`;
  const from = sources.map(({ startMs, url, quote }) =>
    [`[${asOffset(startMs)}]`, ...(url === undefined ? [] : [url]), ...(quote ? [formatQuote(quote)] : [])].join(' '),
  );
  return `- ${content}${until} ${from.join(' ')}`;
}

function underlined(heading: string, rule: '=' | '-'): string {
  return `${heading}\n${rule.repeat(Math.min(heading.length, 72))}`;
}

function languagesOf({ spoken, translatedInto }: MinutesModel, words: Words): string[] {
  const named = (codes: readonly string[]) => codes.map(words.language).join(', ');
  const items = spoken.map(({ name, languages }) => words.t('document.spoke', { name, languages: named(languages) }));
  return translatedInto.length > 0 ? [...items, words.t('document.into', { languages: named(translatedInto) })] : items;
}

/** One utterance, with its translations indented below it. */
function lineOf(line: Line, name: string, words: Words, timeZone: string): string {
  const { startMs, text, translations } = line;
  const remarks = remarksOn(line, words, timeZone).map((remark) => ` (${remark})`);
  const said = text === undefined ? `(${words.t('document.onlyTranslated')})` : `${oneLine(text)}${remarks.join('')}`;
  const behind = remarksOnTranslations(line, words).map((remark) => ` (${remark})`);
  const into = translations.map(({ language, text }) => `    ${language}: ${oneLine(text)}${behind.join('')}`);
  return [`[${asOffset(startMs)}] ${name}: ${said}`, ...into].join('\n');
}
