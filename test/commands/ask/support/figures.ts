import type { Outcome } from './asked-office.ts';

/** So many of so many. */
export interface Share {
  readonly of: number;
  readonly right: number;
}

/** How well a set of questions was answered. */
export interface Figures {
  readonly citations: Share; // links that lead to a message there is
  readonly abstained: Share; // of what the record does not answer: nothing was said to be an answer
  readonly answered: Share; // of what it answers: an answer, or without a model a quotation, leads to a line it rests on
  readonly retrieved: Share; // of the same: all lines that an answer rests on were among what was found
  readonly madeUp: number; // sentences that a simulated model made up, and that were shown
}

export function figuresOf(outcomes: readonly Outcome[], madeUp: ReadonlySet<string> = new Set()): Figures {
  const answerable = outcomes.filter(({ question }) => question.restsOn.length > 0);
  const unanswerable = outcomes.filter(({ question }) => question.restsOn.length === 0);
  const links = outcomes.flatMap((one) => one.links);
  return {
    citations: shareOf(links, (line) => line !== undefined),
    abstained: shareOf(unanswerable, ({ kind }) => kind === 'nothing found' || kind === 'not answered'),
    answered: shareOf(answerable, isRight),
    retrieved: shareOf(answerable, ({ question, found }) => found.length === question.restsOn.length),
    madeUp: outcomes.flatMap(({ content }) => [...madeUp].filter((text) => content.includes(`• ${text} `))).length,
  };
}

/** Whether an answer, or a quotation, leads to a line that answers the question. */
export function isRight({ question, kind, links }: Outcome): boolean {
  const labels = links.map((line) => line?.label);
  return (kind === 'answered' || kind === 'quoted') && question.restsOn.some((label) => labels.includes(label));
}

function shareOf<T>(all: readonly T[], isRightOne: (one: T) => boolean): Share {
  return { of: all.length, right: all.filter(isRightOne).length };
}
