import { beforeEach, type TestContext, type TestOptions } from 'vitest';
import { beginToWatch, damagingStall, MOST_REPLAYS, sayPlayedAgain } from './stalls.ts';

type Test = TestContext['task'];

const NEVER = /(?!)/;

/**
 * For tests in which people speak in real time. One that fails is played again if this process or a bot that it started
 * stood still meanwhile, which is printed; else it fails at once.
 *
 *     describe('a meeting', inRealTime, () => { … });
 *     it('says something', { ...inRealTime, timeout: 60_000 }, async () => { … });
 */
export const inRealTime = { retry: { count: MOST_REPLAYS, condition: NEVER } } satisfies TestOptions;

const begunAtMs = new Map<Test, number>();

beforeEach(({ task }) => {
  begunAtMs.set(task, beginToWatch());
  // Vitest 5.1 forgets a function that is given as a condition before any test begins, so each test gets its own here.
  if (task.retry === inRealTime.retry)
    Object.assign(task, { retry: { count: MOST_REPLAYS, condition: () => wasDamaged(task) } });
});

function wasDamaged(test: Test): boolean {
  const stall = damagingStall(begunAtMs.get(test) ?? Number.POSITIVE_INFINITY);
  const replay = (test.result?.retryCount ?? 0) + 1;
  if (stall) sayPlayedAgain(`${test.file.name} > ${test.fullTestName}`, replay, stall);
  return stall !== undefined;
}
