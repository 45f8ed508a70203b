import type { MeetingRecord, PostedAt } from '../../core/record.ts';
import type { Glossary } from '../../core/settings.ts';
import type { ActionItem, Point, Summary, SummaryFailure, SummaryMaker, SummaryText } from '../../core/summary.ts';
import { clip } from '../../core/text/clip.ts';
import { inOwnWords } from '../../core/text/glossary.ts';
import { nearest, relatedLanguage } from '../../core/text/language.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import type { PhraseKey } from '../../i18n/phrases.ts';
import type { Words } from '../../i18n/words.ts';
import { mostCentral } from './digest.ts';
import { type ShownText, shownText } from './in-language.ts';
import type {
  Bullet,
  Line,
  Passage,
  Quote,
  SectionKind,
  Source,
  SummaryModel,
  SummarySection,
} from './minutes-model.ts';

const MAX_QUOTE_CHARS = 90; // enough to recognise the subject; the link leads to the rest
const MAX_BULLET_CHARS = 400; // a longer monologue is cut

/**
 * The summary that a language model wrote, else quotes of the most central utterances.
 *
 * @param language - in which the minutes are shown; missing: as spoken
 * @returns `undefined` when too little was said for either
 */
export function buildSummary(
  record: MeetingRecord,
  passages: readonly Passage[],
  language: string | undefined,
  words: Words,
): SummaryModel | undefined {
  const sourcesById = sourcesOf(record, passages, language);
  const { summary } = record;
  const written =
    summary?.kind === 'written'
      ? writtenIn(summary, sourcesById, quotesIn(passages, language), language, words)
      : undefined;
  return (
    written ??
    quotedSummary(
      passages,
      sourcesById,
      { language, words, failure: summary?.kind === 'failed' ? summary.because : undefined },
      record.finals,
    )
  );
}

/** Applies the glossary to a summary: the model that wrote it read the recogniser's words. */
export function summaryWithGlossary(summary: Summary, glossary: Glossary): Summary {
  if (summary.kind === 'failed') return summary;
  const texts = summary.texts.map(({ language, ...text }): SummaryText => {
    const own = (said: string) => inOwnWords(said, language, glossary);
    const points = <T extends Point>(list: readonly T[]): T[] => list.map((one) => ({ ...one, text: own(one.text) }));
    return {
      language,
      ...(text.title !== undefined && { title: own(text.title) }),
      keyPoints: points(text.keyPoints),
      decisions: points(text.decisions),
      actions: points(text.actions),
      questions: points(text.questions),
    };
  });
  return { ...summary, texts };
}

function quotesIn(passages: readonly Passage[], language: string | undefined): (id: string) => Quote | undefined {
  const said = new Map(
    passages.flatMap(({ name, lines }) => lines.map((line) => [line.utteranceId, { name, line }] as const)),
  );
  return (id) => {
    const one = said.get(id);
    const text = one && clip(oneLine(shownText(one.line, language).text), MAX_QUOTE_CHARS);
    return one && text ? { who: one.name, text } : undefined;
  };
}

/** A quote with its speaker: `Ana: “We ship on Monday”`. @param safe - escapes a text for its reader */
export function formatQuote({ who, text }: Quote, safe: (text: string) => string = oneLine): string {
  return `${safe(who)}: “${safe(text)}”`;
}

type Sources = ReadonlyMap<string, Source>; // by utterance id

function writtenIn(
  { texts, madeBy }: Extract<Summary, { kind: 'written' }>,
  sourcesById: Sources,
  quoteOf: (utteranceId: string) => Quote | undefined,
  language: string | undefined,
  words: Words,
): SummaryModel | undefined {
  const found = language === undefined ? undefined : nearest(language, texts, (text) => text.language);
  const text = found ?? texts[0];
  if (!text) return undefined;
  const bulletsOf = (points: readonly ActionItem[]) =>
    points.flatMap(({ text, cites, owner, due }): Bullet[] => {
      const sources = cites.flatMap((id) => {
        const source = sourcesById.get(id);
        const quote = source && quoteOf(id);
        return source ? [{ ...source, ...(quote && { quote }) }] : [];
      });
      if (sources.length === 0 || oneLine(text) === '') return [];
      return [{ text, ...(owner !== undefined && { who: owner }), ...(due !== undefined && { due }), sources }];
    });
  const isOther = language !== undefined && !found && !relatedLanguage(text.language, language);
  const other = isOther
    ? ` ${words.t('summary.otherLanguage', { wanted: words.language(language), given: words.language(text.language) })}`
    : '';
  return {
    language: text.language,
    ...(text.title !== undefined && oneLine(text.title) !== '' && { title: oneLine(text.title) }),
    sections: sectionsOf(
      {
        keyPoints: bulletsOf(text.keyPoints),
        decisions: bulletsOf(text.decisions),
        actions: bulletsOf(text.actions),
        questions: bulletsOf(text.questions),
      },
      words,
    ),
    note: `${noteOn(madeBy, words)}${other}`,
    maker: madeBy,
  };
}

function noteOn({ model, inputTokens, outputTokens, costUsd }: SummaryMaker, words: Words): string {
  const counts = [
    ...(inputTokens === undefined ? [] : [words.t('summary.tokensRead', { count: inputTokens })]),
    ...(outputTokens === undefined ? [] : [words.t('summary.tokensWritten', { count: outputTokens })]),
    ...(costUsd === undefined ? [] : [`$${costUsd.toFixed(4)}`]),
  ];
  const took = counts.length > 0 ? ` (${counts.join(', ')})` : '';
  return words.t('summary.written', { model: `${oneLine(model)}${took}` });
}

const BECAUSE = {
  'no answer in time': 'summary.late',
  unreachable: 'summary.unreachable',
  refused: 'summary.refused',
  'too busy': 'summary.busy',
  'unusable answer': 'summary.unusable',
  'too long': 'summary.tooLong',
  'shutting down': 'summary.shutdown',
} as const satisfies Readonly<Record<SummaryFailure, PhraseKey>>;

/** Cached, because all languages of the minutes quote the same utterances. */
const centralIndexes = new WeakMap<object, readonly number[]>();

function central(said: readonly ShownText[], key: object): readonly number[] {
  const indexes = centralIndexes.get(key) ?? mostCentral(said);
  centralIndexes.set(key, indexes);
  return indexes;
}

interface QuotedOptions {
  readonly language: string | undefined;
  readonly words: Words;
  readonly failure: SummaryFailure | undefined;
}

/** @param key - the same object for the same utterances: the result of the ranking is cached by it */
function quotedSummary(
  passages: readonly Passage[],
  sourcesById: Sources,
  { language, words, failure }: QuotedOptions,
  key: object,
): SummaryModel | undefined {
  const said = passages.flatMap(({ name, lines }) => lines.map((line) => ({ name, line, ...shownText(line) })));
  const bullets = central(said, key).flatMap((index): Bullet[] => {
    const one = said[index];
    const source = one && sourcesById.get(one.line.utteranceId);
    if (!one || !source) return [];
    const text = clip(oneLine(shownText(one.line, language).text), MAX_BULLET_CHARS);
    return [{ text: `“${text}”`, who: one.name, sources: [source] }];
  });
  if (bullets.length === 0) return undefined;
  const why = failure === undefined ? '' : `${words.t('summary.failed', { because: words.t(BECAUSE[failure]) })} `;
  const note = `${why}${words.t('summary.quoted')}`;
  return { sections: sectionsOf({ keyPoints: bullets, decisions: [], actions: [], questions: [] }, words), note };
}

function sectionsOf(bullets: Readonly<Record<SectionKind, readonly Bullet[]>>, words: Words): SummarySection[] {
  const kinds = ['keyPoints', 'decisions', 'actions', 'questions'] as const;
  return kinds
    .map((kind) => ({ kind, heading: words.t(`summary.${kind}`), bullets: bullets[kind] }))
    .filter((section) => section.bullets.length > 0);
}

/** Where each utterance was said: its time, and its first message, preferably in the thread of the shown language. */
export function sourcesOf(
  { head, messages }: MeetingRecord,
  passages: readonly Passage[],
  language: string | undefined,
): Map<string, Source> {
  const posted = Map.groupBy(messages, ({ utteranceId }) => utteranceId);
  const sourceOf = ({ utteranceId, startMs }: Line): [string, Source] => {
    const own = posted.get(utteranceId) ?? [];
    const at =
      own.find(
        (one) => language !== undefined && one.language !== undefined && relatedLanguage(one.language, language),
      ) ??
      own.find((one) => one.language === undefined) ??
      own[0];
    const url = at && messageUrl(head.guildId, at);
    return [utteranceId, { utteranceId, startMs, ...(url !== undefined && { url }) }];
  };
  return new Map(passages.flatMap(({ lines }) => lines.map(sourceOf)));
}

/** The address of a message, or `undefined` when an id is malformed: documents link to the address. */
function messageUrl(guildId: string, { channelId, messageId }: PostedAt): string | undefined {
  const ids = [guildId, channelId, messageId];
  return ids.every((id) => /^\d{1,20}$/.test(id)) ? `https://discord.com/channels/${ids.join('/')}` : undefined;
}
