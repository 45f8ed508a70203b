import type { Act, HeardUtterance, Promised, Question, Utterance } from './acts.ts';
import { Answers } from './answers.ts';
import { earFor, type Heard } from './ear.ts';
import { sentencesOf } from './sentences.ts';

export interface SpeechActs {
  readonly questions: readonly Question[];
  readonly promises: readonly Promised[];
  readonly decisions: readonly Act[];
  readonly matter: readonly (Matter | undefined)[]; // of each utterance; `undefined`: its language is not understood
}

/** What an utterance says apart from greetings, thanks and the like: nothing, perhaps. */
interface Matter extends Omit<Act, 'utterance'> {
  readonly text: string;
  readonly isOnlyAsked: boolean; // it states nothing
}

const MAX_ME_LETTERS = 60; // “I will, until Wednesday evening”: a longer answer to “who” says what is done

/** The questions, promises and decisions of a meeting, by how people of its languages say such things. */
export function speechActs(said: readonly Utterance[]): SpeechActs {
  const heard = said.map(hear);
  const answers = new Answers(heard);
  const questions: Question[] = [];
  const promises: Promised[] = [];
  const decisions: Act[] = [];
  for (const [utterance, { sentences }] of heard.entries()) {
    for (const one of runsOf(sentences, (sentence) => sentence.isQuestion && !isEcho(sentence, utterance, heard))) {
      const answeredIn = answers.to({ utterance, ...one });
      questions.push({ utterance, ...one, ...(answeredIn !== undefined && { answeredIn }) });
    }
    const asksWho = asksForSomebody(utterance, heard);
    for (const one of runsOf(sentences, (sentence, index) => isPromise(sentence, index, asksWho))) {
      const due = dueOf(sentences, one, said[utterance]?.language ?? '');
      promises.push({ utterance, ...one, ...(due !== undefined && { due }) });
    }
    for (const one of runsOf(sentences, ({ isDecision }) => isDecision)) decisions.push({ utterance, ...one });
  }
  return { questions, promises, decisions, matter: heard.map(({ sentences }) => matterOf(sentences)) };
}

function hear({ speakerId, text, language }: Utterance): HeardUtterance {
  const ear = earFor(language);
  const sentences = ear ? sentencesOf(text) : [];
  return {
    speakerId,
    isUnderstood: ear !== undefined,
    sentences: sentences.flatMap((one, index) => ear?.hear(one, sentences[index + 1]) ?? []),
  };
}

/** By when a promise is kept: as its own words say, or those around it. */
function dueOf(
  sentences: readonly Heard[],
  { from, to }: Pick<Act, 'from' | 'to'>,
  language: string,
): string | undefined {
  const ear = earFor(language);
  const own = sentences.slice(from, to);
  const around = sentences.filter((one) => !own.includes(one) && !one.isQuestion && !one.isSmallTalk);
  return (
    ear?.timeIn(own.map(({ text }) => text).join(' ')) ??
    around.map(({ text }) => ear?.timeBesideIn(text)).find((time) => time !== undefined)
  );
}

/** From the first to the last sentence of an utterance for which something is true: people say one thing in several. */
function runsOf(
  sentences: readonly Heard[],
  isOne: (sentence: Heard, index: number) => boolean,
): { readonly from: number; readonly to: number }[] {
  const from = sentences.findIndex(isOne);
  return from < 0 ? [] : [{ from, to: sentences.findLastIndex(isOne) + 1 }];
}

function isPromise({ isPromise, isMe, text }: Heard, index: number, asksWho: boolean): boolean {
  return isPromise || (asksWho && isMe && index === 0 && text.length <= MAX_ME_LETTERS);
}

const LOOKED_BACK = 2; // utterances

/** Whether another speaker has just asked who does something. */
function asksForSomebody(utterance: number, heard: readonly HeardUtterance[]): boolean {
  const speakerId = heard[utterance]?.speakerId;
  return heard
    .slice(Math.max(0, utterance - LOOKED_BACK), utterance)
    .some((before) => before.speakerId !== speakerId && before.sentences.some((sentence) => sentence.asksForSomebody));
}

/** Whether a question only says again what another speaker has just said: “Thursday?” */
function isEcho({ words, hasQuestionWord }: Heard, utterance: number, heard: readonly HeardUtterance[]): boolean {
  if (hasQuestionWord) return false;
  const own = new Set(words.joined.split(' '));
  const before = heard
    .slice(Math.max(0, utterance - LOOKED_BACK), utterance)
    .flatMap(({ sentences }) => sentences.map((sentence) => sentence.words.joined))
    .join('');
  return [...own].every((word) => ` ${before}`.includes(word));
}

function matterOf(sentences: readonly Heard[]): Matter | undefined {
  if (sentences.length === 0) return undefined;
  const [run = { from: 0, to: 0 }] = runsOf(
    sentences,
    ({ isSmallTalk, isHesitation }) => !isSmallTalk && !isHesitation,
  );
  const own = sentences.slice(run.from, run.to);
  return { ...run, text: own.map(({ text }) => text).join(' '), isOnlyAsked: own.every(({ isAsked }) => isAsked) };
}
