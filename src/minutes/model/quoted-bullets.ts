import { clip } from '../../core/text/clip.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import type { Act, Promised, Question } from '../digest/acts.ts';
import { canHear, timeIn } from '../digest/ear.ts';
import { type QuotedPoints, quotedPoints } from '../digest/quoted-points.ts';
import { sentencesOf } from '../digest/sentences.ts';
import { type ShownText, shownText } from './in-language.ts';
import type { Bullet, Line, Passage, Quote, SectionKind, Source } from './minutes-model.ts';
import type { Sources } from './sources.ts';

const MAX_BULLET_CHARS = 400; // a longer monologue is cut
const MAX_ANSWER_CHARS = 160; // beside the question

/** An utterance: who said it, and the text by which it was understood. */
interface Said {
  readonly name: string;
  readonly line: Line;
  readonly heard: ShownText;
}

/** Cached, because all languages of the minutes quote the same utterances. */
const pointsOfMeetings = new WeakMap<object, { readonly points: QuotedPoints | undefined }>();

/**
 * Quotations of the most central utterances, and of decisions, promises and questions.
 *
 * @param language - in which the minutes are shown; missing: as spoken
 * @param key - the same object for the same utterances
 * @returns `undefined` when too little was said
 */
export function quotedBullets(
  passages: readonly Passage[],
  sources: Sources,
  language: string | undefined,
  key: object,
): Record<SectionKind, Bullet[]> | undefined {
  const said = passages.flatMap(({ name, lines }) =>
    lines.map((line): Said => ({ name, line, heard: heardText(line) })),
  );
  const { points } = pointsOfMeetings.get(key) ?? { points: pointsOf(said) };
  pointsOfMeetings.set(key, { points });
  if (!points) return undefined;
  const quoting = new Quoting(said, sources, language);
  const bullets = {
    keyPoints: points.keyPoints.flatMap((act) => quoting.bullet(act)),
    decisions: points.decisions.flatMap((act) => quoting.bullet(act)),
    actions: points.promises.flatMap((act) => quoting.promise(act, points.answeredQuestions)),
    questions: points.openQuestions.flatMap((act) => quoting.bullet(act)),
    answered: points.answeredQuestions.flatMap((act) => quoting.answered(act)),
  };
  return Object.values(bullets).some(({ length }) => length > 0) ? bullets : undefined;
}

function pointsOf(said: readonly Said[]): QuotedPoints | undefined {
  return quotedPoints(said.map(({ line, heard }) => ({ ...heard, speakerId: line.speakerId })));
}

/** The text in which an utterance is understood: as spoken, otherwise a translation into a language that is. */
function heardText(line: Line): ShownText {
  const spoken = shownText(line);
  if (canHear(spoken.language)) return spoken;
  const known = line.translations.find(({ language }) => canHear(language));
  return known ? { ...known, isUntranslated: false } : spoken;
}

class Quoting {
  readonly #said: readonly Said[];
  readonly #sources: Sources;
  readonly #language: string | undefined;

  constructor(said: readonly Said[], sources: Sources, language: string | undefined) {
    this.#said = said;
    this.#sources = sources;
    this.#language = language;
  }

  bullet(act: Act): Bullet[] {
    const source = this.#source(act.utterance);
    const quote = this.#quote(act, MAX_BULLET_CHARS);
    return source && quote ? [{ text: `“${quote.text}”`, who: quote.who, sources: [source] }] : [];
  }

  /** A promise with its time, and with the question that it answers: “I will” alone says little. */
  promise(act: Promised, questions: readonly Question[]): Bullet[] {
    const request = questions.find(({ answeredIn }) => answeredIn === act.utterance);
    const asked = request ? this.#cited(request) : [];
    const due = this.#due(act);
    return this.bullet(act).map((own) => ({
      ...own,
      ...(due !== undefined && { due }),
      sources: [...own.sources, ...asked],
    }));
  }

  /** A question with the words that answer it. */
  answered(act: Question): Bullet[] {
    const answer = act.answeredIn === undefined ? [] : this.#cited({ utterance: act.answeredIn, ...WHOLE });
    return this.bullet(act).map((own) => ({ ...own, sources: [...own.sources, ...answer] }));
  }

  #cited(act: Act): Source[] {
    const source = this.#source(act.utterance);
    const quote = this.#quote(act, MAX_ANSWER_CHARS);
    return source && quote ? [{ ...source, quote }] : [];
  }

  #source(utterance: number): Source | undefined {
    return this.#sources.get(this.#said[utterance]?.line.utteranceId ?? '');
  }

  #quote(act: Act, maxChars: number): Quote | undefined {
    const one = this.#said[act.utterance];
    const text = one && clip(oneLine(this.#shown(act, one).text), maxChars);
    return one && text ? { who: one.name, text } : undefined;
  }

  /** The sentences of an act as they are shown. A translation that is divided in another way is shown whole. */
  #shown({ from, to }: Act, { line, heard }: Said): ShownText {
    const shown = shownText(line, this.#language);
    const sentences = sentencesOf(shown.text);
    const isAlike = shown.text === heard.text || sentences.length === sentencesOf(heard.text).length;
    if (!isAlike) return shown;
    return {
      ...shown,
      text: sentences
        .slice(from, to)
        .map(({ text }) => text)
        .join(' '),
    };
  }

  /** By when, in the words that are shown. */
  #due(act: Promised): string | undefined {
    const one = this.#said[act.utterance];
    if (!one || act.due === undefined) return undefined;
    const { text, language } = this.#shown(act, one);
    return language === one.heard.language ? act.due : timeIn(text, language);
  }
}

const WHOLE = { from: 0, to: Number.POSITIVE_INFINITY } as const;
