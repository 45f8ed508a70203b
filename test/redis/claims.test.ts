import { describe, expect, it } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { RedisClaims } from '../../src/redis/claims.ts';
import { openRedis } from '../../src/redis/client.ts';
import { hasRedisServer, startRedisServer } from './support/server.ts';

describe.skipIf(!(await hasRedisServer()))('what one process of several may do', () => {
  it('is done by the one that claims it first', async () => {
    await using server = await startRedisServer();
    await using one = await openRedis(server.url, quiet);
    await using other = await openRedis(server.url, quiet);
    const [a, b] = [new RedisClaims(one, 'bot'), new RedisClaims(other, 'bot')];
    const claims = await Promise.all([a.claim('interaction'), b.claim('interaction'), a.claim('interaction')]);
    expect(claims.filter(Boolean)).toEqual([true]);
    expect(await b.claim('another interaction')).toBe(true);
    expect(await new RedisClaims(other, 'another bot').claim('interaction')).toBe(true);
  });

  it('is done by everybody while Redis is away, as it has to be done', async () => {
    await using server = await startRedisServer();
    await using redis = await openRedis(server.url, quiet);
    const claims = new RedisClaims(redis, 'bot');
    await server.stop();
    expect([await claims.claim('interaction'), await claims.claim('interaction')]).toEqual([true, true]);
    expect(await claims.claim('interaction', false)).toBe(false); // unless it has to be sure that nobody else does it
  });

  it('may have been claimed before Redis was emptied, which a mark shows', async () => {
    await using server = await startRedisServer();
    await using redis = await openRedis(server.url, quiet);
    const claims = new RedisClaims(redis, 'bot');
    const remembersAll = await claims.mark();
    expect([await claims.claim('interaction'), await remembersAll()]).toEqual([true, true]);
    await redis.client.flushAll();
    expect([await claims.claim('interaction'), await remembersAll()]).toEqual([true, false]);
  });

  it('has no mark of a Redis that is away', async () => {
    await using server = await startRedisServer();
    await using redis = await openRedis(server.url, quiet);
    const claims = new RedisClaims(redis, 'bot');
    const before = await claims.mark();
    await server.stop();
    const after = await claims.mark();
    expect([await before(), await after()]).toEqual([false, false]);
  });
});
