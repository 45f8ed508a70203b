import { isWorthSummingUp } from '../../core/text/worth-summing-up.ts';
import type { Act, Promised, Question, Utterance } from './acts.ts';
import { centrality, mostCentral } from './central.ts';
import { speechActs } from './speech-acts.ts';

/** What is quoted of a meeting, each list in spoken order. */
export interface QuotedPoints {
  readonly keyPoints: readonly Act[];
  readonly decisions: readonly Act[];
  readonly promises: readonly Promised[];
  readonly openQuestions: readonly Question[];
  readonly answeredQuestions: readonly Question[];
}

/** In a long meeting the most central ones are quoted: more would not be read, and a task that is overlooked costs more than a question. */
const MOST = { decisions: 20, promises: 20, questions: 10 } as const;

/** @returns `undefined` when so little was said that the transcript is as short */
export function quotedPoints(said: readonly Utterance[]): QuotedPoints | undefined {
  if (!isWorthSummingUp(said)) return undefined;
  const { questions, promises, decisions, matter } = speechActs(said);
  const most = <T extends Act>(acts: readonly T[], count: number): readonly T[] => {
    if (acts.length <= count) return acts;
    const ranks = centrality(said);
    const rankOf = ({ utterance }: Act) => ranks[utterance] ?? 0;
    const chosen = new Set(acts.toSorted((a, b) => rankOf(b) - rankOf(a)).slice(0, count));
    return acts.filter((act) => chosen.has(act));
  };
  const asked = asOnce(questions, said);
  const isOpen = ({ answeredIn }: Question) => answeredIn === undefined;
  const lists = {
    decisions: most(decisions, MOST.decisions),
    promises: most(promises, MOST.promises),
    openQuestions: most(asked.filter(isOpen), MOST.questions),
    answeredQuestions: most(
      asked.filter((one) => !isOpen(one)),
      MOST.questions,
    ),
  };
  const inLists = new Set([
    ...Object.values(lists).flatMap((acts) => acts.map(({ utterance }) => utterance)),
    ...lists.answeredQuestions.map(({ answeredIn }) => answeredIn),
  ]);
  const central = mostCentral(
    said.map(({ language, text }, index) => ({
      ...{ language, text: matter[index]?.text ?? text },
      isQuotedElsewhere: inLists.has(index) || matter[index]?.isOnlyAsked === true,
    })),
  );
  return { keyPoints: central.map((utterance) => ({ utterance, ...(matter[utterance] ?? WHOLE) })), ...lists };
}

const WHOLE = { from: 0, to: Number.POSITIVE_INFINITY } as const;

/** Questions that were asked in the same words again count once: as answered, if one of them was. */
function asOnce(questions: readonly Question[], said: readonly Utterance[]): Question[] {
  const alike = Map.groupBy(questions, ({ utterance }) => (said[utterance]?.text ?? '').toLowerCase());
  return [...alike.values()].flatMap((own) => own.find(({ answeredIn }) => answeredIn !== undefined) ?? own[0] ?? []);
}
