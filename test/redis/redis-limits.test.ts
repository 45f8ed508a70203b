import { describe, expect, it, vi } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import type { Turn } from '../../src/core/ports/shared-limits.ts';
import { openRedis } from '../../src/redis/client.ts';
import { RedisLimits } from '../../src/redis/redis-limits.ts';
import { busiestSecond } from '../simulators/discord/index.ts';
import { hasRedisServer, startRedisServer } from './support/server.ts';

const hasServer = await hasRedisServer();

/** So many processes of one bot, each with a connection of its own. */
async function fleet(count: number, parts: { members?: number; loginEveryMs?: number } = {}) {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await startRedisServer());
  const { members = count, ...others } = parts;
  const all: RedisLimits[] = [];
  for (let index = 0; index < count; index += 1) {
    const redis = stack.use(await openRedis(server.url, quiet));
    all.push(new RedisLimits({ redis, token: 'a.b.c', address: 'here', members: () => members, ...others }));
  }
  return { server, all, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Asks again and again for so long. @returns when each request was granted */
async function askFor(ms: number, ask: () => Promise<Turn>): Promise<number[]> {
  const grantedAtMs: number[] = [];
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs) {
    const { isGranted, waitMs } = await ask();
    if (isGranted) grantedAtMs.push(performance.now());
    else await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return grantedAtMs;
}

describe.skipIf(!hasServer)('limits that processes share through Redis (needs redis-server)', () => {
  it('grant all of them together 45 requests in any second, spread over it', async () => {
    await using it = await fleet(3);
    const granted = (await Promise.all(it.all.map((one) => askFor(2_500, () => one.takeRequest('token', 'must go')))))
      .flat()
      .toSorted((a, b) => a - b);
    expect(busiestSecond(granted)).toBeLessThanOrEqual(50); // 45 by the clock of Redis
    expect(granted.length).toBeGreaterThan(85);
    expect(granted.filter((atMs) => atMs < (granted[0] ?? 0) + 100).length).toBeLessThanOrEqual(20); // five by the clock of Redis
  });

  it('tell how much is left', async () => {
    await using it = await fleet(1);
    const [limits] = it.all as [RedisLimits];
    await vi.waitFor(
      async () =>
        expect(await limits.takeRequest('token', 'must go')).toEqual({ isGranted: true, free: 44 / 45, waitMs: 0 }),
      8_000, // on a machine that stands still the share answers instead, for a second
    );
  });

  it('count addresses apart from the token', async () => {
    await using it = await fleet(1);
    const [limits] = it.all as [RedisLimits];
    await askFor(300, () => limits.takeRequest('token', 'must go'));
    await vi.waitFor(
      async () => expect(await limits.takeRequest('address', 'must go')).toMatchObject({ free: 44 / 45 }),
      8_000,
    );
  });

  it('let nobody through while Discord refuses one for all', async () => {
    await using it = await fleet(2);
    const [one, other] = it.all as [RedisLimits, RedisLimits];
    await one.blockRequests('token', 3_000);
    const turn = await other.takeRequest('token', 'must go');
    expect(turn.isGranted).toBe(false);
    expect(turn.waitMs).toBeGreaterThan(1_000);
    await vi.waitFor(
      async () => expect(await other.takeRequest('token', 'must go')).toMatchObject({ isGranted: true }),
      8_000,
    );
  });

  it('grant one login of a bucket after another, and those of others at once', async () => {
    await using it = await fleet(2, { loginEveryMs: 3_000 });
    const [one, other] = it.all as [RedisLimits, RedisLimits];
    expect((await one.takeLogin(0)).isGranted).toBe(true);
    const second = await other.takeLogin(0);
    expect([second.isGranted, second.waitMs > 1_000]).toEqual([false, true]);
    expect((await other.takeLogin(1)).isGranted).toBe(true);
    await vi.waitFor(async () => expect(await other.takeLogin(0)).toMatchObject({ isGranted: true }), 8_000);
  });
});

describe.skipIf(!hasServer).concurrent('while Redis is away (needs redis-server)', () => {
  it.each(['stop', 'freeze'] as const)('each process keeps to its share (%s)', async (fault) => {
    await using it = await fleet(3);
    await it.server[fault]();
    const granted = (
      await Promise.all(it.all.map((one) => askFor(2_500, () => one.takeRequest('token', 'must go'))))
    ).flat();
    expect(busiestSecond(granted)).toBeLessThanOrEqual(55);
    expect(granted.length).toBeGreaterThan(30);
  });

  it('the share of one of many is small, and never nothing', async () => {
    await using it = await fleet(1, { members: 64 });
    await it.server.stop();
    const [limits] = it.all as [RedisLimits];
    const granted = await askFor(3_000, () => limits.takeRequest('token', 'must go'));
    expect(granted.length).toBeGreaterThanOrEqual(2);
    expect(granted.length).toBeLessThanOrEqual(4);
  });

  it('logins of a bucket are apart in one process at least', async () => {
    await using it = await fleet(1);
    await it.server.stop();
    const [limits] = it.all as [RedisLimits];
    expect((await limits.takeLogin(0)).isGranted).toBe(true);
    expect(await limits.takeLogin(0)).toMatchObject({ isGranted: false });
  });
});
