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
  return { is, isOurs: () => responsibility.isOurs(head.guildId) };
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
