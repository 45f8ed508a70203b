import { describe, expect, it } from 'vitest';
import { AFTER_EVERYBODY, AgeQueue, type Claimant } from '../../../src/palabra/sockets/age-queue.ts';

const never = new AbortController().signal;
const LONG_MS = 60_000;
const since = (ms: number): Claimant => ({ waitingSinceMs: () => ms });

/** A queue in which some claims wait; `woken` holds the names of those who were woken, in order. */
function queueOf(waiting: readonly (readonly [string, Claimant, 'socket' | 'budget'])[]) {
  const queue = new AgeQueue();
  const woken: string[] = [];
  const turns = waiting.map(async ([name, claimant, what]) => {
    await queue.waitForTurn(queue.makeClaim(claimant), what === 'socket', LONG_MS, never);
    woken.push(name);
  });
  const wakeAll = async () => {
    for (const _ of turns) {
      queue.wakeNext();
      await Promise.resolve().then(() => {}); // whoever was woken goes on before the next one
    }
    await Promise.all(turns);
    return woken;
  };
  return { queue, wakeAll };
}

describe('the queue for sockets', () => {
  it.each([
    [
      'the oldest speech first',
      [
        ['ann', since(300), 'socket'],
        ['ben', since(100), 'socket'],
        ['cat', since(200), 'socket'],
      ],
      ['ben', 'cat', 'ann'],
    ],
    [
      'equally old speech in the order of arrival',
      [
        ['ann', since(100), 'socket'],
        ['ben', since(100), 'socket'],
      ],
      ['ann', 'ben'],
    ],
    [
      'a file after every speaker',
      [
        ['file', AFTER_EVERYBODY, 'socket'],
        ['ann', since(9_000), 'socket'],
      ],
      ['ann', 'file'],
    ],
    [
      'who needs a socket before who waits for the dial budget',
      [
        ['ann', since(100), 'budget'],
        ['ben', since(900), 'socket'],
      ],
      ['ben', 'ann'],
    ],
  ] as const)('wakes %s', async (_what, waiting, order) => {
    expect(await queueOf(waiting).wakeAll()).toEqual(order);
  });

  it('knows who waits for a socket: speakers are a crowd, files and the dial budget are not', async () => {
    const [ann, ben] = [since(100), since(200)];
    const { queue, wakeAll } = queueOf([
      ['ann', ann, 'socket'],
      ['ben', ben, 'budget'],
      ['file', AFTER_EVERYBODY, 'socket'],
    ]);
    expect(queue.crowd).toBe(1);
    expect([queue.isQueued(ann), queue.isQueued(ben), queue.isQueued(AFTER_EVERYBODY)]).toEqual([true, false, true]);
    await wakeAll();
    expect([queue.crowd, queue.isQueued(ann)]).toEqual([0, false]);
  });

  it.each([
    [50, true, 0],
    [100, false, 0], // equally old, and it came later
    [150, false, 1],
    [250, false, 2],
  ])('compares speech that began at %i with that of those who wait', async (ms, isNext, older) => {
    const { queue, wakeAll } = queueOf([
      ['ann', since(100), 'socket'],
      ['ben', since(200), 'socket'],
      ['cat', since(10), 'budget'],
    ]);
    expect([queue.isNext(queue.makeClaim(since(ms))), queue.countOlder(ms)]).toEqual([isNext, older]);
    await wakeAll();
  });

  it('follows a claimant whose oldest speech changes while they wait', async () => {
    let annSinceMs = 100;
    const { queue, wakeAll } = queueOf([
      ['ann', { waitingSinceMs: () => annSinceMs }, 'socket'],
      ['ben', since(200), 'socket'],
    ]);
    annSinceMs = 300;
    expect(queue.countOlder(250)).toBe(1);
    expect(await wakeAll()).toEqual(['ben', 'ann']);
  });

  it('forgets a claim when its signal is aborted', async () => {
    const queue = new AgeQueue();
    const abort = new AbortController();
    const turn = queue.waitForTurn(queue.makeClaim(since(0)), true, LONG_MS, abort.signal);
    expect(queue.crowd).toBe(1);
    abort.abort();
    await turn;
    expect(queue.crowd).toBe(0);
  });
});
