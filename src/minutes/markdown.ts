import { escapeInline, escapeLine } from './escape.ts';
import type { Attendee, Line, MinutesModel, Passage } from './minutes-model.ts';
import { asDate, asDuration, asOffset, asTimeOfDay } from './times.ts';
import { inWords, languageName, reasonInWords } from './words.ts';

/** The minutes as a Markdown document. Its last heading is `Transcript`, and nothing but the transcript is below it. */
export function renderMarkdown(model: MinutesModel): string {
  const sections = [
    `# ${escapeInline(model.title)}`,
    facts(model),
    '## Attendance',
    list(
      model.attendees.map((attendee) => attendance(attendee, model)),
      'Nobody was seen in the channel.',
    ),
    '## Talk time',
    list(
      model.talkTimes.map(({ name, talkMs, share }) => `${bold(name)}: ${asDuration(talkMs)} (${percent(share)})`),
      'Nobody spoke.',
    ),
    '## Languages',
    list(languages(model), 'None was heard.'),
    ...(model.losses.length > 0 ? ['## Not transcribed', list(losses(model), '')] : []),
    '## Transcript',
    ...(model.passages.length > 0 ? model.passages.map(passage) : ['*Nothing was said.*']),
  ];
  return `${sections.join('\n\n')}\n`;
}

function facts({ beganAt, durationMs, ending, channelName }: MinutesModel): string {
  return [
    `- Date: ${asDate(beganAt)}, ${asTimeOfDay(beganAt)} UTC`,
    `- Duration: ${asDuration(durationMs)}`,
    `- Voice channel: ${escapeInline(channelName)}`,
    `- Ended: ${inWords(ending)}`,
    '- Times of day are in UTC; times in brackets count from the beginning',
  ].join('\n');
}

function list(items: readonly string[], otherwise: string): string {
  return items.length > 0 ? items.map((item) => `- ${item}`).join('\n') : otherwise;
}

function bold(name: string): string {
  return `**${escapeInline(name)}**`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function attendance({ name, stays }: Attendee, { beganAt, ending }: MinutesModel): string {
  const moment = (ms: number) => `${asTimeOfDay(new Date(beganAt.getTime() + ms))} (${asOffset(ms)})`;
  const end = ending === undefined ? 'now' : 'the end';
  const told = stays.map(
    ({ joinedMs, leftMs }) => `${moment(joinedMs)} to ${leftMs === undefined ? end : moment(leftMs)}`,
  );
  return `${bold(name)}: ${told.join('; ')}`;
}

function languages({ spoken, translatedInto }: MinutesModel): string[] {
  const named = (codes: readonly string[]) =>
    codes.map((code) => `${escapeInline(languageName(code))} (${escapeInline(code)})`).join(', ');
  const items = spoken.map(({ name, languages }) => `${bold(name)} spoke ${named(languages)}`);
  return translatedInto.length > 0 ? [...items, `Translated into ${named(translatedInto)}`] : items;
}

function losses({ losses, beganAt }: MinutesModel): string[] {
  return losses.map(({ name, startMs, endMs, reason }) => {
    const start = `${asTimeOfDay(new Date(beganAt.getTime() + startMs))} (${asOffset(startMs)})`;
    const who = name === undefined ? 'Everybody' : bold(name);
    return `${who}: ${start}, ${asDuration(endMs - startMs)}: ${reasonInWords(reason)}`;
  });
}

function passage({ name, startMs, lines }: Passage): string {
  return `${bold(name)} (${asOffset(startMs)})\n${lines.map(line).join('\n\n')}`;
}

/** The text on a line of its own, its translations as quotations under it, each a paragraph. */
function line({ text, isConfirmed, translations }: Line): string {
  const quoted = translations.map(({ language, text }) => `> ${escapeInline(language)}: ${escapeInline(text)}`);
  const spoken = text === undefined ? [] : [`${escapeLine(text)}${isConfirmed ? '' : ' *(unconfirmed)*'}`];
  return [...spoken, ...(quoted.length > 0 ? [quoted.join('\n>\n')] : [])].join('\n');
}
