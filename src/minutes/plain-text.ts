import { factsOf, filledIn, lossOf, noteOnTimes, remarksOn, staysOf, talkTimeOf } from './facts.ts';
import type { Line, MinutesModel } from './minutes-model.ts';
import { oneLine } from './plain.ts';
import type { Bullet } from './summary-model.ts';
import { asOffset } from './times.ts';
import { languageName } from './words.ts';

/** The minutes as text without any markup: one line an utterance, so that `grep` finds who said what and when. */
export function renderPlainText(model: MinutesModel): string {
  const { title, attendees, talkTimes, losses, passages } = model;
  const told = passages.flatMap(({ name, lines }) => lines.map((line) => lineOf(line, name)));
  const sections: [string, string[]][] = [
    ['', [...factsOf(model).map(([what, value]) => `${what}: ${value}`), noteOnTimes(model)]],
    ...summaryOf(model),
    ['Attendance', attendees.map((attendee) => `${attendee.name}: ${staysOf(attendee, model)}`)],
    ['Talk time', talkTimes.map((time) => `${time.name}: ${talkTimeOf(time)}`)],
    ['Languages', languagesOf(model)],
    [
      'Not transcribed',
      [
        ...losses.map((loss) => `${loss.name ?? 'Everybody'}: ${lossOf(loss, model)}`),
        ...model.madeUpFor.map(({ name, lengthMs }) => `${name}: ${filledIn(lengthMs)}`),
      ],
    ],
    ['Transcript', told.length > 0 ? told : ['Nothing was said.']],
  ];
  const kept = sections.filter(([, lines]) => lines.length > 0);
  const texts = kept.map(([heading, lines]) =>
    [...(heading === '' ? [] : [underlined(heading, '-')]), ...lines].join('\n'),
  );
  return `${[underlined(oneLine(title), '='), ...texts].join('\n\n')}\n`;
}

function summaryOf({ summary }: MinutesModel): [string, string[]][] {
  if (!summary || summary.sections.length === 0) return [];
  const sections = summary.sections.map(({ heading, bullets }): [string, string[]] => [heading, bullets.map(bulletOf)]);
  return [...sections, ['', [summary.note]]];
}

function bulletOf({ who, text, due, sources }: Bullet): string {
  const told = `${who === undefined ? '' : `${oneLine(who)}: `}${oneLine(text)}`;
  const until = due === undefined ? '' : ` (due: ${oneLine(due)})`;
  const from = sources.map(({ startMs, url }) => `[${asOffset(startMs)}]${url === undefined ? '' : ` ${url}`}`);
  return `- ${told}${until} ${from.join(' ')}`;
}

function underlined(heading: string, rule: '=' | '-'): string {
  return `${heading}\n${rule.repeat(Math.min(heading.length, 72))}`;
}

function languagesOf({ spoken, translatedInto }: MinutesModel): string[] {
  const named = (codes: readonly string[]) => codes.map(languageName).join(', ');
  const items = spoken.map(({ name, languages }) => `${name} spoke ${named(languages)}`);
  return translatedInto.length > 0 ? [...items, `Translated into ${named(translatedInto)}`] : items;
}

/** The translations are indented under the line that they translate. */
function lineOf(line: Line, name: string): string {
  const { startMs, text, translations } = line;
  const remarks = remarksOn(line).map((remark) => ` (${remark})`);
  const said = text === undefined ? '(known only in translation)' : `${oneLine(text)}${remarks.join('')}`;
  const into = translations.map(({ language, text }) => `    ${language}: ${oneLine(text)}`);
  return [`[${asOffset(startMs)}] ${name}: ${said}`, ...into].join('\n');
}
