import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { studio } from './support/studio.ts';

const CHUNK_BYTES = 320 * 16 * 2; // of 16 kHz
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

  it('gives the memory of speech back as soon as it is text', async () => {
    await using room = await studio();
    const people = ['ann', 'ben', 'cat'].map((name) => room.person(name));
    const heldBytes: number[] = [];
    for (let round = 1; round <= 3; round++) {
      await Promise.all(people.map((person) => person.say(`round number ${round} of many`)));
      heldBytes.push(room.transcriber.heldBytes);
      await Promise.all(people.map((person) => person.until(() => person.said.length === round)));
      await delay(100); // a tick of the transcriber's timer
      heldBytes.push(room.transcriber.heldBytes);
    }
    const whileSpeaking = heldBytes.filter((_, i) => i % 2 === 0);
    const afterFinals = heldBytes.filter((_, i) => i % 2 === 1);
    expect(Math.min(...whileSpeaking)).toBeGreaterThan(3 * 4 * CHUNK_BYTES);
    expect(Math.max(...afterFinals)).toBeLessThanOrEqual(3 * 4 * CHUNK_BYTES); // the silence since, and 300 ms before it
    await Promise.all(people.map(({ stream }) => stream.finish(new AbortController().signal)));
    expect(room.transcriber.heldBytes).toBe(0);
  });

  it('has no timer while nobody speaks', async () => {
    const before = timers();
    await using room = await studio();
    room.person('ann');
    expect(timers()).toBeLessThanOrEqual(before);
  });
});
