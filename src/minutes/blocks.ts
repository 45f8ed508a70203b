import { factsOf, filledIn, lossOf, noteOnTimes, remarksOn, staysOf, talkTimeOf } from './facts.ts';
import type { Line, MinutesModel } from './minutes-model.ts';
import type { Bullet } from './summary-model.ts';
import { asOffset } from './times.ts';
import { languageName } from './words.ts';

/** A paragraph of a document for people: what it is, not how it looks. Texts are as people gave them. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'note'; readonly text: string }
  | { readonly kind: 'picture' } // the timeline
  | ({ readonly kind: 'bullet' } & Bullet)
  | { readonly kind: 'fact'; readonly name: string; readonly text: string }
  | { readonly kind: 'speaker'; readonly name: string; readonly at: string }
  | { readonly kind: 'said'; readonly text: string; readonly remarks: readonly string[] }
  | { readonly kind: 'translation'; readonly language: string; readonly text: string };

/** The minutes as paragraphs, in reading order. */
export function blocksOf(model: MinutesModel): Block[] {
  const { title, attendees, talkTimes, losses, passages } = model;
  const facts = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([name, text]) => ({ kind: 'fact', name, text }) satisfies Block);
  return [
    { kind: 'title', text: title },
    ...facts(factsOf(model)),
    { kind: 'note', text: `${noteOnTimes(model)}.` },
    ...summaryOf(model),
    { kind: 'picture' },
    ...section('Attendance', facts(attendees.map((attendee) => [attendee.name, staysOf(attendee, model)]))),
    ...section('Talk time', facts(talkTimes.map((time) => [time.name, talkTimeOf(time)]))),
    ...section('Languages', facts(languagesOf(model))),
    ...section(
      'Not transcribed',
      facts([
        ...losses.map((loss): [string, string] => [loss.name ?? 'Everybody', lossOf(loss, model)]),
        ...model.madeUpFor.map(({ name, lengthMs }): [string, string] => [name, filledIn(lengthMs)]),
      ]),
    ),
    { kind: 'heading', text: 'Transcript' },
    ...passages.flatMap(({ name, startMs, lines }) => [
      { kind: 'speaker', name, at: asOffset(startMs) } satisfies Block,
      ...lines.flatMap(linesOf),
    ]),
    ...(passages.length > 0 ? [] : [{ kind: 'note', text: 'Nothing was said.' } satisfies Block]),
  ];
}

function summaryOf({ summary }: MinutesModel): Block[] {
  if (!summary || summary.sections.length === 0) return [];
  const sections = summary.sections.flatMap(({ heading, bullets }) =>
    section(
      heading,
      bullets.map((bullet) => ({ kind: 'bullet', ...bullet })),
    ),
  );
  return [...sections, { kind: 'note', text: summary.note }];
}

function section(heading: string, blocks: readonly Block[]): Block[] {
  return blocks.length > 0 ? [{ kind: 'heading', text: heading }, ...blocks] : [];
}

function languagesOf({ spoken, translatedInto }: MinutesModel): [string, string][] {
  const named = (codes: readonly string[]) => codes.map(languageName).join(', ');
  const items = spoken.map(({ name, languages }) => [name, named(languages)] satisfies [string, string]);
  return translatedInto.length > 0 ? [...items, ['Translated into', named(translatedInto)]] : items;
}

function linesOf(line: Line): Block[] {
  const { text, translations } = line;
  return [
    ...(text === undefined ? [] : [{ kind: 'said', text, remarks: remarksOn(line) } satisfies Block]),
    ...translations.map(({ language, text }) => ({ kind: 'translation', language, text }) satisfies Block),
  ];
}
