import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { HearingDiscord } from '../../../src/cluster/right/hearing-discord.ts';

type Answer = boolean | undefined;

/** Sessions with these answers, asked once a second for a while. @returns the seconds in which they were asked, and heard */
async function listen(forS: number, isUrgent: boolean, ...answers: readonly Answer[]) {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const asked: number[] = [];
  const heard: number[] = [];
  let second = 0;
  const sessions = answers.map((answer, place) => ({
    ear: {
      async ask() {
        if (place === 0) asked.push(second);
        return answer;
      },
    },
  }));
  const hearing = new HearingDiscord(
    () => sessions,
    () => heard.push(second),
  );
  for (; second < forS; second += 1) {
    hearing.ask(isUrgent);
    await new Promise(setImmediate);
    vi.advanceTimersByTime(1_000);
  }
  return { asked, heard };
}

describe('asking Discord whether it is heard', () => {
  it('is done every five seconds, and every two while the database does not answer', async () => {
    expect(await listen(11, false, true)).toEqual({ asked: [0, 5, 10], heard: [0, 5, 10] });
    expect(await listen(5, true, true)).toEqual({ asked: [0, 2, 4], heard: [0, 2, 4] });
  });

  it('is done sooner again after an answer that did not come', async () => {
    expect(await listen(5, false, false)).toEqual({ asked: [0, 2, 4], heard: [] });
  });

  it.each<{ answers: Answer[]; isHeard: boolean }>([
    { answers: [], isHeard: false },
    { answers: [undefined], isHeard: false },
    { answers: [true, true], isHeard: true },
    { answers: [true, undefined], isHeard: true }, // one that cannot be asked proves nothing
    { answers: [true, false], isHeard: false },
  ])('with the answers $answers of its sessions: heard is $isHeard', async ({ answers, isHeard }) => {
    const { heard } = await listen(1, true, ...answers);
    expect(heard.length > 0).toBe(isHeard);
  });
});
