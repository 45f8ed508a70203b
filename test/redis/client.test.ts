import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { openRedis, type Redis } from '../../src/redis/client.ts';
import { LogBook } from '../support/log-book.ts';
import { hasRedisServer, startRedisServer } from './support/server.ts';

const hasServer = await hasRedisServer();

describe.skipIf(!hasServer).concurrent('a connection to Redis (needs redis-server)', () => {
  it('answers', async () => {
    await using server = await startRedisServer();
    await using redis = await openRedis(server.url, new LogBook());
    expect(redis.isUp).toBe(true);
    await redis.client.set('a', 'b');
    expect(await redis.client.get('a')).toBe('b');
  });

  it('fails at once while Redis is away, comes back by itself, and the log says both once', async () => {
    await using server = await startRedisServer();
    const log = new LogBook();
    await using redis = await openRedis(server.url, log);
    await server.stop();
    await settled(redis, false);
    await expect(redis.client.get('a')).rejects.toThrow('offline');
    await server.start();
    await settled(redis, true);
    expect(await redis.client.get('a')).toBeNull();
    expect(log.entries.map((entry) => JSON.parse(entry))).toEqual([
      {
        message: 'Redis is away: this process does without until it is back',
        place: `127.0.0.1:${server.port}`,
        reason: 'the connection was cut',
        errors: [],
      },
      { message: 'Redis is back', place: `127.0.0.1:${server.port}`, errors: [] },
    ]);
  });

  it('gives up a connection on which nothing answers, and what waits on it fails', async () => {
    await using server = await startRedisServer();
    const log = new LogBook();
    await using redis = await openRedis(server.url, log);
    server.freeze();
    await expect(redis.client.get('a')).rejects.toThrow('timeout');
    expect(redis.isUp).toBe(false);
    server.thaw();
    await settled(redis, true);
    expect(log.entries[0]).toContain('there is no answer in time');
    expect(log.entries).toHaveLength(2);
  });

  it('opens without Redis, and is up when Redis is', async () => {
    await using server = await startRedisServer();
    await server.stop();
    const log = new LogBook();
    await using redis = await openRedis(server.url.replace('redis://', 'redis://:hush@'), log);
    expect(redis.isUp).toBe(false);
    await expect(redis.client.get('a')).rejects.toThrow('offline');
    await server.start('--requirepass', 'hush');
    await settled(redis, true);
    expect(log.entries).toHaveLength(2);
    expect(log.entries.join()).not.toContain('hush');
  });

  it('keeps subscriptions through an outage', async () => {
    await using server = await startRedisServer();
    await using redis = await openRedis(server.url, new LogBook());
    const subscriber = redis.openSubscriber();
    const heard: string[] = [];
    const note = (message: string) => void heard.push(message);
    await subscriber.subscribe('before', note);
    await server.stop();
    await settled(redis, false);
    await server.start();
    await settled(redis, true);
    await vi.waitFor(async () => expect(await redis.client.publish('before', 'one')).toBe(1));
    await vi.waitFor(() => expect(heard).toEqual(['one']));
  });

  it('refuses to begin where the password is wrong', async () => {
    await using server = await startRedisServer('--requirepass', 'secret');
    const opening = openRedis(`redis://:hush@127.0.0.1:${server.port}`, new LogBook());
    await expect(opening).rejects.toThrow(
      `Cannot use Redis at 127.0.0.1:${server.port}: the user name or the password is refused. Check REDIS_URL.`,
    );
  });

  it('ends with what is open', async () => {
    await using server = await startRedisServer();
    const redis = await openRedis(server.url, new LogBook());
    const subscriber = redis.openSubscriber();
    await subscriber.subscribe('here', () => {});
    await redis[Symbol.asyncDispose]();
    expect([redis.client.isOpen, subscriber.isOpen, redis.isUp]).toEqual([false, false, false]);
  });
});

describe('the address of Redis', () => {
  it.each(['', 'redis://', 'mysql://me:hush@host/x', 'localhost:6379'])('is refused in words: %j', async (url) => {
    await expect(openRedis(url, new LogBook())).rejects.toThrow(
      'Cannot use Redis: REDIS_URL is not an address like redis://localhost:6379.',
    );
  });
});

/** Waits until the connection is up, or away. */
async function settled(redis: Redis, isUp: boolean): Promise<void> {
  while (redis.isUp !== isUp) await once(redis.client, isUp ? 'ready' : 'error');
}
