import { describe, expect, it, vi } from 'vitest';
import type { BusMessage } from '../../src/core/ports/cluster/bus.ts';
import { RedisBus } from '../../src/redis/bus.ts';
import { openRedis } from '../../src/redis/client.ts';
import { LogBook } from '../support/log-book.ts';
import { hasRedisServer, startRedisServer } from './support/server.ts';

const hasServer = await hasRedisServer();

/** Two processes' buses over a Redis of their own. */
async function twoBuses() {
  const stack = new AsyncDisposableStack();
  const server = stack.use(await startRedisServer());
  const open = async (name = 'bot') => {
    const redis = stack.use(await openRedis(server.url, new LogBook()));
    const bus = new RedisBus(redis, name);
    await upAgain(bus);
    return bus;
  };
  return { server, open, here: await open(), there: await open(), [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function upAgain(bus: RedisBus, isUp = true): Promise<void> {
  if (bus.isUp === isUp) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const unwatch = bus.watchState((state) => state === isUp && resolve());
  await promise;
  unwatch();
}

describe.skipIf(!hasServer).concurrent('a bus over Redis (needs redis-server)', () => {
  it('carries messages to whoever listens in another process, and says how many those were', async () => {
    await using buses = await twoBuses();
    const heard: BusMessage[] = [];
    const listening = await buses.there.subscribe('a', (message) => void heard.push(message));
    const others = await buses.open('another bot');
    await others.subscribe('a', () => expect.fail('another bot’s message'));
    expect(await buses.here.publish('a', { text: 'héllo' })).toBe(1);
    expect(await buses.here.publish('b', { text: 'nobody' })).toBe(0);
    await vi.waitFor(() => expect(heard).toEqual([{ text: 'héllo' }]));
    listening[Symbol.dispose]();
    await vi.waitFor(async () => expect(await buses.here.publish('a', {})).toBe(0));
  });

  it('counts the processes that listen to many channels with one question', async () => {
    await using buses = await twoBuses();
    expect(await buses.here.listenersOf([])).toEqual([]);
    await buses.there.subscribe('a', () => {});
    await buses.there.subscribe('a', () => {});
    await buses.here.subscribe('a', () => {});
    await buses.there.subscribe('c', () => {});
    expect(await buses.here.listenersOf(['a', 'b', 'c'])).toEqual([2, 0, 1]);
  });

  it('loses what is sent while Redis is away, and goes on by itself afterwards', async () => {
    await using buses = await twoBuses();
    const { here, there, server } = buses;
    const heard: BusMessage[] = [];
    await there.subscribe('a', (message) => void heard.push(message));
    const states: boolean[] = [];
    there.watchState((isUp) => void states.push(isUp));
    await server.stop();
    await upAgain(there, false);
    await upAgain(here, false);
    expect([await here.publish('a', { text: 'lost' }), await here.listenersOf(['a'])]).toEqual([0, undefined]);
    await there.subscribe('late', (message) => void heard.push(message)); // does not wait for Redis
    await server.start();
    await upAgain(here);
    await upAgain(there);
    expect(states).toEqual([false, true]);
    await vi.waitFor(async () => expect(await here.publish('late', { text: 'one' })).toBe(1));
    expect(await here.publish('a', { text: 'two' })).toBe(1);
    await vi.waitFor(() => expect(heard).toEqual([{ text: 'one' }, { text: 'two' }]));
  });

  it('is down when Redis says nothing any more', async () => {
    await using buses = await twoBuses();
    buses.server.freeze();
    const sent = buses.here.publish('a', {});
    const subscribed = buses.here.subscribe('b', () => {});
    await upAgain(buses.here, false);
    expect(await sent).toBe(0);
    await subscribed;
    buses.server.thaw();
    await upAgain(buses.here);
  });
});
