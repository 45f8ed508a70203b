import { describe, expect, it } from 'vitest';
import { studio } from './support/studio.ts';

const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;

describe('a transcriber', () => {
  it('leaves no timer behind, whatever its streams were doing', async () => {
    const before = timers();
    const room = await studio();
    const [ann, ben, cat] = ['ann', 'ben', 'cat'].map((name) => room.person(name));
    await Promise.all([ann?.say('speaking'), ben?.say('retrying')]);
    room.palabra.faults.nextSession({ kind: 'status', status: 503 }, 10);
    room.palabra.faults.resetAll();
    await cat?.say('connecting');
    await room[Symbol.asyncDispose]();
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('has no timer while nobody speaks', async () => {
    const before = timers();
    await using room = await studio();
    room.person('ann');
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
