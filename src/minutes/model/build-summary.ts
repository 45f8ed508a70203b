import type { MeetingRecord } from '../../core/record.ts';
import type { Glossary } from '../../core/settings.ts';
import type {
  ActionItem,
  Point,
  Summary,
  SummaryFailure,
  SummaryMaker,
  SummaryTemplate,
  SummaryText,
} from '../../core/summary.ts';
import { clip } from '../../core/text/clip.ts';
import { inOwnWords } from '../../core/text/glossary.ts';
import { nearest, relatedLanguage } from '../../core/text/language.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import type { PhraseKey } from '../../i18n/phrases.ts';
import type { Words } from '../../i18n/words.ts';
import { shownText } from './in-language.ts';
import type { Bullet, Passage, Quote, SectionKind, SummaryModel, SummarySection } from './minutes-model.ts';
import { quotedBullets } from './quoted-bullets.ts';
import { type Sources, sourcesOf } from './sources.ts';

const MAX_QUOTE_CHARS = 90; // enough to recognise the subject; the link leads to the rest

/**
 * The summary that a language model wrote, else quotations: of the most central utterances, and of decisions, promises and questions.
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
  if (written) return written;
  const bullets = quotedBullets(passages, sourcesById, language, record.finals);
  if (!bullets) return undefined;
  const why =
    summary?.kind === 'failed' ? `${words.t('summary.failed', { because: words.t(BECAUSE[summary.because]) })} ` : '';
  const sections = sectionsOf(bullets, QUOTED_HEADINGS, words);
  const hasLists = sections.some(({ kind }) => kind !== 'keyPoints');
  return { sections, note: `${why}${words.t(hasLists ? 'summary.quotedLists' : 'summary.quoted')}` };
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

function writtenIn(
  { texts, madeBy, template = 'meeting' }: Extract<Summary, { kind: 'written' }>,
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
        answered: [],
      },
      HEADINGS_OF[template],
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

const HEADINGS = {
  keyPoints: 'summary.keyPoints',
  decisions: 'summary.decisions',
  actions: 'summary.actions',
  questions: 'summary.questions',
  answered: 'summary.answered',
} as const satisfies Readonly<Record<SectionKind, PhraseKey>>;

/** Quotations are found by how people say things, and so are called the same in every template. */
const HEADINGS_OF: Readonly<Record<SummaryTemplate, Readonly<Record<SectionKind, PhraseKey>>>> = {
  meeting: HEADINGS,
  'stand-up': {
    ...HEADINGS,
    keyPoints: 'templates.done',
    decisions: 'templates.agreed',
    actions: 'templates.next',
    questions: 'templates.blockers',
  },
  tabletop: {
    ...HEADINGS,
    keyPoints: 'templates.events',
    decisions: 'templates.party',
    actions: 'templates.plans',
    questions: 'templates.mysteries',
  },
  interview: {
    ...HEADINGS,
    keyPoints: 'templates.answers',
    decisions: 'templates.agreed',
    actions: 'templates.steps',
    questions: 'templates.unanswered',
  },
  class: {
    ...HEADINGS,
    keyPoints: 'templates.taught',
    decisions: 'templates.fixed',
    actions: 'templates.homework',
    questions: 'templates.asked',
  },
};

/** A quoted promise is somebody's own words, which need not be a task. */
const QUOTED_HEADINGS = { ...HEADINGS, actions: 'summary.promises' } as const;

function sectionsOf(
  bullets: Readonly<Record<SectionKind, readonly Bullet[]>>,
  headings: Readonly<Record<SectionKind, PhraseKey>>,
  words: Words,
): SummarySection[] {
  const kinds = ['keyPoints', 'decisions', 'actions', 'questions', 'answered'] as const;
  return kinds
    .map((kind) => ({ kind, heading: words.t(headings[kind]), bullets: bullets[kind] }))
    .filter((section) => section.bullets.length > 0);
}
