import { afterEach, describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { connectDiscord, type DiscordOptions } from '../../../src/discord/gateway/client.ts';
import { DiscordError } from '../../../src/discord/gateway/discord-error.ts';
import { sharedLogins } from '../../../src/discord/limits/logins.ts';
import { openRedis } from '../../../src/redis/client.ts';
import { RedisLimits } from '../../../src/redis/redis-limits.ts';
import { hasRedisServer, startRedisServer } from '../../redis/support/server.ts';
import { type DiscordSimulator, startDiscord } from '../../simulators/discord/index.ts';

const { signal } = new AbortController();
const stack: AsyncDisposableStack[] = [];
afterEach(async () => {
  for (const one of stack.splice(0).reverse()) await one.disposeAsync();
});

/** What a process of a bot with so many shards logs in with. */
function login(discord: DiscordSimulator, limits: Pick<RedisLimits, 'takeLogin'>, id: number, count: number) {
  const { token, apiUrl } = discord;
  const options: DiscordOptions = {
    ...{ token, apiUrl, log: quiet },
    shard: { id, count },
    logins: sharedLogins(limits, () => {}),
  };
  const connected = connectDiscord(options, signal);
  connected.then(
    (client) => mine().defer(() => client.destroy()),
    () => {},
  );
  return connected;
}

function mine(): AsyncDisposableStack {
  const own = new AsyncDisposableStack();
  stack.push(own);
  return own;
}

const atOnce = { takeLogin: async () => ({ isGranted: true, free: 1, waitMs: 0 }) };

describe.skipIf(!(await hasRedisServer()))('the logins of several processes (need redis-server)', () => {
  it.each([1, 2])(
    'come one after another in each of %i buckets, however many begin at once',
    async (maxConcurrency) => {
      const identifyEveryMs = 500;
      const discord = mine().use(await startDiscord({ recommendedShards: 4, maxConcurrency, identifyEveryMs }));
      const guilds = [0, 1, 2, 3].map((shard) => discord.addGuild({ name: `${shard}`, shard: [shard, 4] }));
      const server = mine().use(await startRedisServer());
      const clients = await Promise.all(
        [0, 1, 2, 3, 0, 1].map(async (id) => {
          const redis = mine().use(await openRedis(server.url, quiet));
          const parts = { redis, token: discord.token, address: 'here', members: () => 3, loginEveryMs: 1_500 };
          return await login(discord, new RedisLimits(parts), id, 4);
        }),
      );
      expect(discord.violations).toEqual([]);
      expect(
        clients.map(({ guilds: { cache } }) => guilds.filter(({ id }) => cache.has(id)).map(({ name }) => name)),
      ).toEqual([['0'], ['1'], ['2'], ['3'], ['0'], ['1']]);
    },
  );
});

describe('logging in as a part of the bot', () => {
  it('is no silence while another one has its turn, however long that takes', async () => {
    const discord = mine().use(await startDiscord({ recommendedShards: 2 }));
    discord.addGuild({ name: 'Café', shard: [1, 2] });
    const asked: number[] = [];
    const turn = Promise.withResolvers<void>();
    const takeLogin = async (bucket: number) => {
      asked.push(bucket);
      await turn.promise;
      return { isGranted: true, free: 1, waitMs: 0 };
    };
    const connecting = login(discord, { takeLogin }, 1, 2);
    await expect.poll(() => asked).toEqual([0]);
    turn.resolve();
    expect((await connecting).guilds.cache.size).toBe(1);
  });

  it('is refused in words when the bot could not come back after a failure', async () => {
    const discord = mine().use(await startDiscord({ recommendedShards: 4, sessionStartsLeft: 8 }));
    const error = await login(discord, atOnce, 0, 4).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DiscordError);
    expect(error).toMatchObject({
      code: 'too-many-logins',
      message:
        'Cannot log in to Discord: it takes 8 more logins today, this process needs 1, and 8 are kept so that the bot can come back after a failure. Wait until tomorrow before you update it again.',
    });
    expect(discord.gateway.sessions.size).toBe(0);
  });

  it('works with the last login that is not kept', async () => {
    const discord = mine().use(await startDiscord({ recommendedShards: 4, sessionStartsLeft: 9 }));
    expect((await login(discord, atOnce, 0, 4)).isReady()).toBe(true);
  });

  it('says how many logins are left today', async () => {
    const told: number[] = [];
    const throttler = sharedLogins(atOnce, (left) => told.push(left))({
      fetchGatewayInformation: async () => ({
        session_start_limit: { total: 1_000, remaining: 9, reset_after: 60_000, max_concurrency: 1 },
      }),
    });
    for (const shard of [0, 1, 2]) await throttler.waitForIdentify(shard, signal);
    expect(told).toEqual([8, 7, 6]);
  });

  it('waits when no login is left today, as one more resets the token', async () => {
    const discord = mine().use(await startDiscord());
    const waiting = new AbortController();
    const throttler = sharedLogins(atOnce, () => {})({
      fetchGatewayInformation: async () => ({
        session_start_limit: { total: 1_000, remaining: 0, reset_after: 60_000, max_concurrency: 1 },
      }),
    });
    const identified = throttler.waitForIdentify(0, waiting.signal);
    waiting.abort(new Error('enough'));
    await expect(identified).rejects.toThrow();
    expect(discord.violations).toEqual([]);
  });
});
