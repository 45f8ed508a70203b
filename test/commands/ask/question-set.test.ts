import { describe, expect, it } from 'vitest';
import type { Outcome } from './support/asked-office.ts';
import { figuresOf } from './support/figures.ts';
import { readMeetings, readOtherMeetings, readQuestions } from './support/question-set.ts';
import { playAll, RUNS } from './support/runs.ts';

/** What was measured: whoever makes it better raises them. `npm run ask` prints the figures. */
const LEAST = {
  'no model': { abstained: 1, answered: 22, retrieved: 24, madeUp: 0 },
  'careful model': { abstained: 14, answered: 24, retrieved: 24, madeUp: 0 },
  'careless model': { abstained: 12, answered: 24, retrieved: 24, madeUp: 3 },
};

describe('the questions', () => {
  const questions = readQuestions();

  it('are forty in six languages, half of them held back, and more than a third are not answered by the record', () => {
    expect(questions).toHaveLength(40);
    expect(new Set(questions.map(({ language }) => language))).toEqual(new Set(['de', 'en', 'es', 'fr', 'ja', 'pt']));
    expect(questions.filter(({ isHeldBack }) => isHeldBack)).toHaveLength(20);
    expect(questions.filter(({ restsOn }) => restsOn.length === 0).length).toBeGreaterThanOrEqual(40 / 3);
  });

  it('name lines that there are, of three meetings of which one runs, among twelve others', () => {
    const meetings = readMeetings();
    const labels = meetings.flatMap(({ lines }) => lines.flatMap(({ label }) => label ?? []));
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toEqual(expect.arrayContaining(questions.flatMap(({ restsOn }) => restsOn)));
    expect(meetings.map(({ isRunning }) => isRunning)).toEqual([false, false, true]);
    expect(readOtherMeetings().map(({ lines }) => lines.length >= 40)).toEqual(Array(12).fill(true));
  });
});

describe.each(RUNS)('the questions, asked with $name', (run) => {
  const least = LEAST[run.name];
  let played: ReturnType<typeof playAll> | undefined;
  const figures = async () => {
    played ??= playAll(run);
    const { outcomes, madeUp } = await played;
    return { ...figuresOf(outcomes, madeUp), outcomes };
  };
  /** For the message of a test that fails. */
  const inWords = (outcomes: readonly Outcome[]) =>
    outcomes.map(
      ({ question, kind, found }) => `${question.text} ${kind}, ${found.length} of ${question.restsOn.length}`,
    );

  it('are answered with links that lead to what was said, all of them', async () => {
    const { citations, outcomes } = await figures();
    expect(citations.of).toBeGreaterThan(0);
    expect(citations.right).toBe(citations.of);
    expect(outcomes.filter(({ kind }) => kind === 'failed')).toEqual([]);
  });

  it('are answered by the lines that hold the answer, as often as was measured', async () => {
    const { answered, retrieved, outcomes } = await figures();
    expect(retrieved.right, inWords(outcomes).join('\n')).toBeGreaterThanOrEqual(least.retrieved);
    expect(answered.right, inWords(outcomes).join('\n')).toBeGreaterThanOrEqual(least.answered);
  });

  it('are not answered where the record does not answer them, as often as was measured', async () => {
    const { abstained, madeUp, outcomes } = await figures();
    expect(abstained.right, inWords(outcomes).join('\n')).toBeGreaterThanOrEqual(least.abstained);
    expect(madeUp).toBeLessThanOrEqual(least.madeUp);
    expect(outcomes.map(({ content }) => content).join()).not.toContain('@everyone');
  });
});
