import { describe, expect, it } from 'vitest';
import { Responsibility } from '../../src/cluster/responsibility.ts';
import { makeHead } from '../support/make.ts';

const head = makeHead();
const shard = { id: 0, count: 1 };

/** A process that does not serve the guild's shard, and has no meeting there, unless the test says so. */
function process() {
  const is = { serving: false, beginning: false, running: false, resuming: false, hasGone: false, hasLeft: false };
  const heads = (are: boolean) => (are ? [head] : []);
  const house = {
    isBeginning: () => is.beginning,
    running: () => heads(is.running),
    resuming: () => heads(is.resuming),
  };
  const responsibility = new Responsibility({
    sessions: { of: () => ({ shard, bot: { house } }), serves: () => is.serving },
    moves: { hasGone: () => is.hasGone, hasLeft: () => is.hasLeft },
  });
  return { is, responsibility, isOurs: () => responsibility.isOurs(head.guildId) };
}

describe('the business of a process of several', () => {
  it('is a guild whose shard it serves, until the meeting there has gone', () => {
    const { is, isOurs } = process();
    expect(isOurs()).toBe(false);
    is.serving = true;
    expect(isOurs()).toBe(true);
    is.hasGone = true;
    expect(isOurs()).toBe(false);
  });

  it.each(['beginning', 'running', 'resuming'] as const)(
    'is a guild with a meeting that is %s here, also when the seat has just gone',
    (what) => {
      const { is, isOurs } = process();
      is[what] = true;
      is.serving = true;
      expect(isOurs()).toBe(true);
      is.serving = false;
      expect(isOurs()).toBe(true);
    },
  );

  it('is no guild whose meeting only writes its last words here', () => {
    const { is, isOurs } = process();
    is.running = true;
    is.hasLeft = true;
    expect(isOurs()).toBe(false);
  });
});

describe.concurrent('whoever asks in a guild', () => {
  const ask = ({ responsibility }: ReturnType<typeof process>) => responsibility.whoAnswers(head.guildId);

  it('is answered by the process whose business it is, and by no other', async ({ expect }) => {
    const own = process();
    own.is.serving = true;
    expect(await ask(own)).toBe('this one');
    own.is.hasGone = true;
    expect(await ask(own)).toBe('another');
  });

  it('is answered by the next process as soon as it is its business', async ({ expect }) => {
    const next = process();
    const asked = ask(next);
    next.is.resuming = true;
    expect(await asked).toBe('this one');
  });

  it('is answered by nobody before Discord gives up, when the process has died: the next one promises an answer', async ({
    expect,
  }) => {
    const next = process();
    const askedMs = performance.now();
    expect(await ask(next)).toBe('nobody');
    expect(performance.now() - askedMs).toBeLessThan(2_900);
    const promised = next.responsibility.untilOurs(head.guildId);
    next.is.resuming = true;
    expect(await promised).toBeUndefined();
  });

  it('is told to ask again when the meeting has gone meanwhile', async ({ expect }) => {
    const { is, responsibility } = process();
    is.serving = true;
    is.hasGone = true;
    await expect(responsibility.untilOurs(head.guildId)).rejects.toMatchObject({ code: 'moving' });
  });
});
