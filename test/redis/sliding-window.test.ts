import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { openRedis, type Redis } from '../../src/redis/client.ts';
import { slidingWindow } from '../../src/redis/sliding-window.ts';
import { hasRedisServer, startRedisServer } from './support/server.ts';

const A_DAY_MS = 86_400_000; // so long that nothing is forgotten while a test runs

describe.skipIf(!(await hasRedisServer()))('the window of a shared limit (needs redis-server)', () => {
  const stack = new AsyncDisposableStack();
  let redis: Redis;
  beforeAll(async () => {
    const server = stack.use(await startRedisServer());
    redis = stack.use(await openRedis(server.url, quiet));
  });
  afterAll(() => stack.disposeAsync());

  function limiter(points: number, customIncrTtlLuaScript: string) {
    const options = { storeClient: redis.client, useRedisPackage: true, duration: 1 };
    return new RateLimiterRedis({ ...options, points, customIncrTtlLuaScript });
  }

  async function take(of: RateLimiterRedis, key: string, times: number): Promise<readonly RateLimiterRes[]> {
    const answers: RateLimiterRes[] = [];
    for (let index = 0; index < times; index += 1) {
      // Both what is granted and what is refused is told by this class.
      answers.push(
        await of.consume(key).catch((answer: unknown) => (answer instanceof RateLimiterRes ? answer : raise(answer))),
      );
    }
    return answers;
  }

  it('takes its points, counts them down, and then says how long to wait', async () => {
    const of = limiter(3, slidingWindow(A_DAY_MS));
    const [first, second, third, fourth] = await take(of, 'a', 4);
    expect([first, second, third].map((answer) => answer?.consumedPoints)).toEqual([1, 2, 3]);
    expect(fourth?.consumedPoints).toBe(4);
    expect(fourth?.msBeforeNext).toBeGreaterThan(A_DAY_MS - 60_000);
    expect(fourth?.msBeforeNext).toBeLessThanOrEqual(A_DAY_MS);
  });

  it('does not count what it refuses, and gives who asks for fewer points no more than those', async () => {
    const script = slidingWindow(A_DAY_MS);
    const [all, fewer] = [limiter(45, script), limiter(25, script)];
    const edits = await take(fewer, 'b', 40);
    expect(edits.filter(({ consumedPoints }) => consumedPoints <= 25)).toHaveLength(25);
    const finals = await take(all, 'b', 40);
    expect(finals.filter(({ consumedPoints }) => consumedPoints <= 45)).toHaveLength(20);
  });

  it('forgets what is older than itself', async () => {
    const of = limiter(1, slidingWindow(300));
    await take(of, 'c', 1);
    await vi.waitFor(() => of.consume('c'), 5_000);
    expect(await redis.client.lLen('rlflx:c')).toBe(1);
  });

  it('spreads a burst', async () => {
    const of = limiter(100, slidingWindow(A_DAY_MS, { count: 5, perMs: 60_000 }));
    const answers = await take(of, 'd', 7);
    expect(answers.map(({ consumedPoints }) => consumedPoints)).toEqual([1, 2, 3, 4, 5, 101, 101]);
    expect(answers.at(-1)?.msBeforeNext).toBeLessThanOrEqual(60_000);
  });

  it('takes nothing while it is blocked', async () => {
    const of = limiter(9, slidingWindow(A_DAY_MS));
    await take(of, 'e', 2);
    await of.block('e', 60);
    const [answer] = await take(of, 'e', 1);
    expect(answer?.consumedPoints).toBe(10);
    expect(answer?.msBeforeNext).toBeGreaterThan(10_000);
  });
});

function raise(error: unknown): never {
  throw error;
}
