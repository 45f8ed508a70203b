import { type Words, wordsFor } from '../../i18n/words.ts';
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

/** A paragraph of a document: what it is, not how it looks. Texts are unescaped. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'note'; readonly text: string }
  | { readonly kind: 'picture' } // the timeline
  | ({ readonly kind: 'bullet' } & Bullet)
  | { readonly kind: 'fact'; readonly name: string; readonly text: string }
  | { readonly kind: 'speaker'; readonly name: string; readonly at: string }
  | { readonly kind: 'said'; readonly text: string; readonly remarks: readonly string[] }
  | {
      readonly kind: 'translation';
      readonly language: string;
      readonly text: string;
      readonly remarks: readonly string[];
    };

/** The minutes as paragraphs, in reading order. */
export function blocksOf(model: MinutesModel): Block[] {
  const { title, attendees, talkTimes, losses, passages } = model;
  const words = wordsFor(model.locale);
  const facts = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([name, text]) => ({ kind: 'fact', name, text }) satisfies Block);
  return [
    { kind: 'title', text: title },
    ...facts(factsOf(model)),
    { kind: 'note', text: words.t('document.sentence', { text: noteOnTimes(model) }) },
    ...summaryOf(model),
    { kind: 'picture' },
    ...section(
      words.t('document.attendance'),
      facts(attendees.map((attendee) => [attendee.name, staysOf(attendee, model)])),
    ),
    ...section(words.t('document.talkTime'), facts(talkTimes.map((time) => [time.name, talkTimeOf(time, words)]))),
    ...section(words.t('document.languages'), facts(languagesOf(model, words))),
    ...section(
      words.t('document.notTranscribed'),
      facts([
        ...losses.map((loss): [string, string] => [loss.name ?? words.t('document.everybody'), lossOf(loss, model)]),
        ...model.concealed.map(({ name, lengthMs }): [string, string] => [name, filledIn(lengthMs, words)]),
      ]),
    ),
    { kind: 'heading', text: words.t('document.transcript') },
    ...passages.flatMap(({ name, startMs, lines }) => [
      { kind: 'speaker', name, at: asOffset(startMs) } satisfies Block,
      ...lines.flatMap((line) => linesOf(line, words, model.timeZone)),
    ]),
    ...(passages.length > 0 ? [] : [{ kind: 'note', text: words.t('document.nothingSaid') } satisfies Block]),
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

function languagesOf({ spoken, translatedInto }: MinutesModel, words: Words): [string, string][] {
  const named = (codes: readonly string[]) => codes.map(words.language).join(', ');
  const items = spoken.map(({ name, languages }) => [name, named(languages)] satisfies [string, string]);
  return translatedInto.length > 0 ? [...items, [words.t('document.intoLabel'), named(translatedInto)]] : items;
}

function linesOf(line: Line, words: Words, timeZone: string): Block[] {
  const { text, translations } = line;
  const remarks = remarksOnTranslations(line, words);
  return [
    ...(text === undefined ? [] : [{ kind: 'said', text, remarks: remarksOn(line, words, timeZone) } satisfies Block]),
    ...translations.map(({ language, text }) => ({ kind: 'translation', language, text, remarks }) satisfies Block),
  ];
}
