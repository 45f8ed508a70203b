import { escapeInline, escapeLine } from './escape.ts';
import { factsOf, filledIn, lossOf, noteOnTimes, remarksOn, staysOf, talkTimeOf } from './facts.ts';
import type { Line, MinutesModel, Passage } from './minutes-model.ts';
import type { Bullet, Source } from './summary-model.ts';
import { asOffset } from './times.ts';
import { languageName } from './words.ts';

/** The minutes as a Markdown document. Its last heading is `Transcript`, and nothing but the transcript is below it. */
export function renderMarkdown(model: MinutesModel): string {
  const sections = [
    `# ${escapeInline(model.title)}`,
    facts(model),
    ...summary(model),
    '## Attendance',
    list(
      model.attendees.map((attendee) => `${bold(attendee.name)}: ${staysOf(attendee, model)}`),
      'Nobody was seen in the channel.',
    ),
    '## Talk time',
    list(
      model.talkTimes.map((time) => `${bold(time.name)}: ${talkTimeOf(time)}`),
      'Nobody spoke.',
    ),
    '## Languages',
    list(languages(model), 'None was heard.'),
    ...(losses(model).length > 0 ? ['## Not transcribed', list(losses(model), '')] : []),
    '## Transcript',
    ...(model.passages.length > 0 ? model.passages.map(passage) : ['*Nothing was said.*']),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Each point with the times at which it was said, which lead to the messages. */
function summary({ summary }: MinutesModel): string[] {
  if (!summary) return [];
  const sections = summary.sections.flatMap(({ heading, bullets }) => [`## ${heading}`, list(bullets.map(bullet), '')]);
  return summary.sections.length > 0 ? [...sections, `*${escapeInline(summary.note)}*`] : [];
}

function bullet({ who, text, due, sources }: Bullet): string {
  const told = who === undefined ? escapeLine(text) : `${bold(who)}: ${escapeInline(text)}`;
  return `${told}${due === undefined ? '' : ` (due: ${escapeInline(due)})`} (${sources.map(source).join(', ')})`;
}

function source({ startMs, url }: Source): string {
  return url === undefined ? asOffset(startMs) : `[${asOffset(startMs)}](${url})`;
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

function languages({ spoken, translatedInto }: MinutesModel): string[] {
  const named = (codes: readonly string[]) =>
    codes.map((code) => `${escapeInline(languageName(code))} (${escapeInline(code)})`).join(', ');
  const items = spoken.map(({ name, languages }) => `${bold(name)} spoke ${named(languages)}`);
  return translatedInto.length > 0 ? [...items, `Translated into ${named(translatedInto)}`] : items;
}

function losses(model: MinutesModel): string[] {
  return [
    ...model.losses.map((loss) => `${loss.name === undefined ? 'Everybody' : bold(loss.name)}: ${lossOf(loss, model)}`),
    ...model.madeUpFor.map(({ name, lengthMs }) => `${bold(name)}: ${filledIn(lengthMs)}`),
  ];
}

function passage({ name, startMs, lines }: Passage): string {
  return `${bold(name)} (${asOffset(startMs)})\n${lines.map(line).join('\n\n')}`;
}

/** The text on a line of its own, its translations as quotations under it, each a paragraph. */
function line(line: Line): string {
  const { text, translations } = line;
  const quoted = translations.map(({ language, text }) => `> ${escapeInline(language)}: ${escapeInline(text)}`);
  const remarks = remarksOn(line).map((remark) => ` *(${escapeInline(remark)})*`);
  const spoken = text === undefined ? [] : [`${escapeLine(text)}${remarks.join('')}`];
  return [...spoken, ...(quoted.length > 0 ? [quoted.join('\n>\n')] : [])].join('\n');
}
