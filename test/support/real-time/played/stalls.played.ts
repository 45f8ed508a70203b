import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, it } from 'vitest';
import { ParleyProcess } from '../../parley.ts';
import { inRealTime } from '../in-real-time.ts';
import { DAMAGING_MS } from '../stalls.ts';

// Played by `in-real-time.test.ts`, in a vitest of its own: most of these tests are to fail.

const tries: Record<string, number> = {};
const states: Record<string, string | undefined> = {}; // of the last try

beforeEach(({ task }) => {
  tries[task.name] = (tries[task.name] ?? 0) + 1;
});
afterEach(({ task }) => {
  states[task.name] = task.result?.state;
});
afterAll(() => {
  process.stdout.write(`Played: ${JSON.stringify({ tries, states })}\n`);
});

function standStill(forMs = 2 * DAMAGING_MS): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
}

function fail(): never {
  throw new Error('The same in every test');
}

describe('in real time', inRealTime, () => {
  it('no stall', fail);
  it('a stall each time', () => {
    standStill();
    fail();
  });
  it('a stall before', fail);
  it('a stall once', () => {
    if (tries['a stall once'] !== 1) return;
    standStill();
    fail();
  });
  it('a stall and no failure', () => standStill());
  it('a stall of the bot, once', async () => {
    await using bot = new ParleyProcess({}, { startFile: `${import.meta.dirname}/standing-bot.ts`, isWatched: true });
    await bot.exit();
    if (tries['a stall of the bot, once'] === 1) fail();
  });
  it('a stall of the bot before it is ready', async () => {
    await using bot = new ParleyProcess(
      { STANDS_STILL: 'first' },
      { startFile: `${import.meta.dirname}/standing-bot.ts`, isWatched: true },
    );
    await bot.exit();
    fail();
  });
});

describe.concurrent('side by side', inRealTime, () => {
  it('one that fails', fail);
  it('one that stands still later', async () => {
    await delay(100);
    standStill();
  });
});

it('not in real time', () => {
  standStill();
  fail();
});
