import type { Act, HeardUtterance } from './acts.ts';

const MOST_LATER = 4; // utterances of others after which nobody answers a question any more, unless they come back to its subject
const MANY_SAY_IT = 3; // a word in more utterances than this does not tell which question somebody comes back to
const SHARED_WORDS = 2; // rare ones, that an answer given later has in common with its question
const SHARED_LETTERS = 5; // in each
const SIGNS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const SUBJECT = /[\p{sc=Han}々]{2,}|[\p{sc=Katakana}ー]{3,}/gu;

/** Finds the answers of one meeting. */
export class Answers {
  readonly #heard: readonly HeardUtterance[];
  #subjects: readonly ReadonlySet<string>[] | undefined; // of each utterance: its rare words

  constructor(heard: readonly HeardUtterance[]) {
    this.#heard = heard;
  }

  /**
   * The utterance that answers a question: the first in which one of the others says something to it, at once or when they come back to
   * it.
   */
  to(question: Act): number | undefined {
    const { speakerId: asker, sentences = [] } = this.#heard[question.utterance] ?? {};
    const asksWhat = sentences.slice(question.from, question.to).some(({ hasQuestionWord }) => hasQuestionWord);
    let others = 0;
    let at = question.utterance + 1;
    for (; others < MOST_LATER; at += 1) {
      const one = this.#heard[at];
      if (!one) return undefined;
      if (one.speakerId === asker) {
        if (one.sentences.some(({ isQuestion }) => isQuestion)) break; // the asker goes on to something else
        continue;
      }
      others += 1;
      if (answers(one, asksWhat)) return at;
      if (one.sentences.some(({ leavesOpen }) => leavesOpen)) break;
    }
    return this.#comesBack(question, asker, at);
  }

  #comesBack({ utterance }: Act, asker: string | undefined, from: number): number | undefined {
    const subjects = this.#subjects ?? subjectsOf(this.#heard);
    this.#subjects = subjects;
    const asked = [...(subjects[utterance] ?? [])];
    if (asked.length < SHARED_WORDS) return undefined;
    for (let at = from; at < this.#heard.length; at += 1) {
      const isShared = asked.filter((word) => subjects[at]?.has(word)).length >= SHARED_WORDS;
      const one = isShared ? this.#heard[at] : undefined;
      if (one && one.speakerId !== asker && answers(one, true) && !one.sentences.some(({ isQuestion }) => isQuestion))
        return at;
    }
    return undefined;
  }
}

/**
 * Whether somebody says something of their own. A question in return is no answer, “no idea” is none, and “okay” is none to “when?”. What is said in a language that
 * nobody here understands may be anything, so it counts.
 *
 * @param asksWhat - and not only whether
 */
function answers({ sentences, isUnderstood }: HeardUtterance, asksWhat: boolean): boolean {
  if (!isUnderstood) return true;
  const said = sentences.filter(({ isAsked }) => !isAsked);
  if (said.some(({ leavesOpen }) => leavesOpen)) return false;
  return said.some(
    ({ isHesitation, isSmallTalk, words }) => !isSmallTalk && !isHesitation && (words.places.length > 0 || !asksWhat),
  );
}

/** The words of each utterance by which one tells what it is about: long ones that few utterances hold. */
function subjectsOf(heard: readonly HeardUtterance[]): ReadonlySet<string>[] {
  const all = heard.map(({ sentences }) => new Set(sentences.flatMap(({ words }) => longWordsOf(words.joined))));
  const counts = new Map<string, number>();
  for (const own of all) for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  return all.map((own) => new Set([...own].filter((word) => (counts.get(word) ?? 0) <= MANY_SAY_IT)));
}

function longWordsOf(joined: string): string[] {
  if (SIGNS.test(joined)) return joined.match(SUBJECT) ?? [];
  return joined.split(' ').filter((word) => word.length >= SHARED_LETTERS);
}
