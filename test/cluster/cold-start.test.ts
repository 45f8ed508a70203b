import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { reshard } from '../../scripts/fleet/reshard.ts';
import { hasRedisServer, startRedisServer } from '../redis/support/server.ts';
import { startDiscord } from '../simulators/discord/index.ts';
import { makeCertificate } from '../simulators/discord/voice/index.ts';
import { startPalabra } from '../simulators/palabra/index.ts';
import { answersPostgres, makeDatabase } from '../storage/support/postgres.ts';
import { startParley } from '../support/parley.ts';

const hasAll = (await answersPostgres()) && (await hasRedisServer());

describe.skipIf(!hasAll)('two processes of one bot (need PostgreSQL at 127.0.0.1:5432, and redis-server)', () => {
  it('start at once, share the shards, and log in one after another, also to another number of shards', {
    timeout: 150_000,
  }, async () => {
    await using stack = new AsyncDisposableStack();
    const database = stack.use(await makeDatabase());
    const redis = stack.use(await startRedisServer());
    const certificate = stack.use(await makeCertificate());
    const options = { recommendedShards: 2, maxConcurrency: 1, identifyEveryMs: 5_000 };
    const discord = stack.use(await startDiscord({ ...options, voice: { certificate } }));
    const palabra = await startPalabra();
    stack.defer(() => palabra.close());
    for (const shard of [0, 1]) discord.addGuild({ name: `Café ${shard}`, shard: [shard, 2] });
    const more = {
      CLUSTER: 'on',
      CLUSTER_HEIRS: 'deploy',
      DATABASE_URL: database.url,
      SETTINGS_URL: redis.url,
      REDIS_URL: redis.url,
    };
    const processes = ['ana', 'bo'].map((NODE_NAME) =>
      stack.use(startParley({ discord, palabra, caFile: certificate.caFile, more: { ...more, NODE_NAME } })),
    );
    await Promise.all(processes.map((process) => process.says('Ready as')));
    expect(discord.violations).toEqual([]);
    const shards = [...discord.gateway.sessions.values()].map(({ shard }) => shard.id);
    expect(new Set(shards)).toEqual(new Set([0, 1])); // while seats move, a shard has two sessions

    const { identifies } = discord.gateway.count;
    const operator = new pg.Client({ connectionString: database.url });
    await operator.connect();
    stack.defer(() => operator.end());
    await reshard(operator, 4);
    const serving = async () =>
      (await operator.query('select holder from shard_seats join cluster using (generation)')).rows;
    const served = async () => expect((await serving()).filter(({ holder }) => holder !== null)).toHaveLength(4);
    await vi.waitFor(served, { timeout: 60_000, interval: 200 });
    // Both generations log in by one limit, and the day's logins pay for each new session once.
    expect(discord.violations).toEqual([]);
    expect(discord.gateway.count.identifies - identifies).toBe(4);
  });
});
