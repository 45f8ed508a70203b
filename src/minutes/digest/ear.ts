import { baseLanguage } from '../../core/text/language.ts';
import { VOCABULARIES } from './languages/index.ts';
import type { Phrase, Vocabulary } from './languages/vocabulary.ts';
import { Phrases } from './phrases.ts';
import type { Sentence } from './sentences.ts';
import { type Words, wordsFrom, wordsOf } from './words.ts';

/** What a sentence does, as far as the sentence alone shows it. */
export interface Heard {
  readonly text: string;
  readonly isAsked: boolean; // with a question mark
  readonly words: Words; // without those that only begin or hesitate
  readonly isHesitation: boolean; // and nothing else: “um”
  readonly isSmallTalk: boolean;
  readonly isQuestion: boolean;
  readonly hasQuestionWord: boolean;
  readonly asksForSomebody: boolean;
  readonly leavesOpen: boolean; // it answers nothing
  readonly isPromise: boolean;
  readonly isMe: boolean; // a promise, should somebody have asked who does it
  readonly isDecision: boolean;
}

const MAX_CHARS = 600; // of a sentence that is looked at: a recogniser may write minutes of talk without a full stop
const MOST_BESIDE_WORDS = 1; // with a time: “Maybe Friday.”
const MOST_BESIDE_LETTERS = 4; // about as much, in a language without spaces

/** Understands one language. */
export class Ear {
  readonly #vocabulary: Vocabulary;
  readonly #hesitations: ReadonlySet<string>;
  readonly #phrases: Readonly<Record<keyof ReturnType<typeof listsOf>, Phrases>>;

  constructor(vocabulary: Vocabulary) {
    const { hasSpaces } = vocabulary;
    const phrases = (list: readonly Phrase[]) => new Phrases(list, hasSpaces);
    this.#vocabulary = vocabulary;
    this.#hesitations = new Set(vocabulary.hesitations);
    const lists = listsOf(vocabulary);
    this.#phrases = {
      openers: phrases(lists.openers),
      smallTalk: phrases(lists.smallTalk),
      questionWords: phrases(lists.questionWords),
      unmarked: phrases(lists.unmarked),
      neverAsked: phrases(lists.neverAsked),
      answeredAtOnce: phrases(lists.answeredAtOnce),
      whoWill: phrases(lists.whoWill),
      leftOpen: phrases(lists.leftOpen),
      promises: phrases(lists.promises),
      withTime: phrases(lists.withTime),
      me: phrases(lists.me),
      neverPromised: phrases(lists.neverPromised),
      times: phrases(lists.times),
      deadlines: phrases(lists.deadlines),
      decisions: phrases(lists.decisions),
      neverDecided: phrases(lists.neverDecided),
    };
  }

  /** @param next - what the same person says after it in one breath */
  hear({ text, isAsked }: Sentence, next: Sentence | undefined): Heard {
    const phrases = this.#phrases;
    const all = this.wordsOf(text);
    const words = wordsFrom(all, phrases.openers.lengthAtStart(all));
    const isSmallTalk = phrases.smallTalk.areIn(all) || phrases.smallTalk.areIn(words);
    const isUnmarked = phrases.unmarked.areIn(words);
    const asks = isAsked || isUnmarked;
    const isSaid = !isAsked && words.places.length > 0;
    return {
      text,
      isAsked,
      words,
      isHesitation: all.places.length === 0,
      isSmallTalk,
      isQuestion:
        asks &&
        !isSmallTalk &&
        words.places.length > 0 &&
        !phrases.neverAsked.areIn(words) &&
        !(next && phrases.answeredAtOnce.areIn(this.wordsOf(next.text))),
      hasQuestionWord: isUnmarked || phrases.questionWords.areIn(words),
      asksForSomebody: asks && phrases.whoWill.areIn(words),
      leavesOpen: phrases.leftOpen.areIn(all) || phrases.leftOpen.areIn(words),
      isPromise:
        isSaid &&
        !phrases.neverPromised.areIn(words) &&
        (phrases.promises.areIn(words) || (phrases.withTime.areIn(words) && phrases.times.areIn(words))),
      isMe: isSaid && !phrases.neverPromised.areIn(words) && phrases.me.areIn(words),
      isDecision: isSaid && !isUnmarked && !phrases.neverDecided.areIn(all) && this.#decides(all, words),
    };
  }

  /** The words that say by when. */
  timeIn(text: string): string | undefined {
    const span = this.#phrases.times.firstIn(this.wordsOf(text));
    return span && text.slice(span.from, span.to);
  }

  /**
   * The words that say by when, in a sentence beside a promise: “By Friday.” A sentence that says more counts when its time is a
   * deadline, as otherwise it tells of something else: “We showed it in spring.”
   */
  timeBesideIn(text: string): string | undefined {
    const time = this.timeIn(text);
    if (time === undefined) return undefined;
    const words = this.wordsOf(text);
    const openers = this.#phrases.openers.lengthAtStart(words);
    const others = wordsFrom(words, openers).places.length - this.wordsOf(time).places.length;
    const most = this.#vocabulary.hasSpaces ? MOST_BESIDE_WORDS : MOST_BESIDE_LETTERS;
    return others <= most || this.#phrases.deadlines.areIn(this.wordsOf(time)) ? time : undefined;
  }

  wordsOf(text: string): Words {
    return wordsOf(text.slice(0, MAX_CHARS), this.#vocabulary.hasSpaces, (word) => this.#hesitations.has(word));
  }

  #decides(all: Words, words: Words): boolean {
    return this.#phrases.decisions.areIn(all) || this.#phrases.decisions.areIn(words);
  }
}

function listsOf({ openers, smallTalk, questions, leftOpen, promises, times, deadlines, decisions }: Vocabulary) {
  return {
    openers: openers.map((phrase) => `^ ${phrase}`),
    smallTalk,
    questionWords: questions.words,
    unmarked: questions.unmarked,
    neverAsked: questions.never,
    answeredAtOnce: questions.answeredAtOnce,
    whoWill: questions.whoWill,
    leftOpen,
    promises: promises.says,
    withTime: promises.withTime,
    me: promises.me,
    neverPromised: promises.never,
    times,
    deadlines,
    decisions: decisions.says,
    neverDecided: decisions.never,
  };
}

const ears = new Map<string, Ear>(); // patterns are compiled once

/** The ear for a language; `undefined` for one that has no vocabulary. */
export function earFor(language: string): Ear | undefined {
  const base = baseLanguage(language);
  const known = ears.get(base);
  if (known) return known;
  const vocabulary = Object.hasOwn(VOCABULARIES, base) ? VOCABULARIES[base] : undefined;
  if (!vocabulary) return undefined;
  const ear = new Ear(vocabulary);
  ears.set(base, ear);
  return ear;
}

/** Whether speech acts can be found in a language. */
export function canHear(language: string): boolean {
  return earFor(language) !== undefined;
}

/** The words of a text that say by when. */
export function timeIn(text: string, language: string): string | undefined {
  return earFor(language)?.timeIn(text);
}
