import type { RedisClientType as RedisClient } from '@redis/client';
import type { Bus, BusMessage } from '../core/ports/cluster/bus.ts';
import type { Redis } from './client.ts';

const SUBSCRIBE_LIMIT_MS = 3_000; // as long as a silent connection lasts

type Listener = (message: BusMessage) => void;

/**
 * A bus over Redis's publish and subscribe. It needs a connection that only subscribes beside the one that asks.
 *
 * Redis counts who listens on the server that is asked, so this is for one Redis and its replicas, not for Redis Cluster.
 */
export class RedisBus implements Bus {
  readonly #client: RedisClient;
  readonly #subscriber: RedisClient;
  readonly #prefix: string;
  readonly #watchers = new Set<(isUp: boolean) => void>();
  #wasUp: boolean;

  /** @param name - of the bot: several may share one Redis, whose channels are the same in all of its databases */
  constructor(redis: Redis, name: string) {
    this.#client = redis.client;
    this.#subscriber = redis.openSubscriber();
    this.#prefix = `parley:${name}:`;
    this.#wasUp = this.isUp;
    for (const client of [this.#client, this.#subscriber]) {
      for (const event of ['ready', 'error', 'end']) client.on(event, () => this.#lookAtState());
    }
  }

  get isUp(): boolean {
    return this.#client.isReady && this.#subscriber.isReady;
  }

  watchState(changed: (isUp: boolean) => void): () => void {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  }

  async publish(channel: string, message: BusMessage): Promise<number> {
    if (!this.isUp) return 0;
    return await this.#client.publish(this.#prefix + channel, JSON.stringify(message)).catch(() => 0);
  }

  async subscribe(channel: string, listener: Listener): Promise<Disposable> {
    const name = this.#prefix + channel;
    const hear = (packed: string) => {
      const message = unpack(packed);
      if (message) listener(message);
    };
    const subscribed = this.#subscriber.subscribe(name, hear).catch(() => {}); // the client is closed
    await this.#untilDown(subscribed);
    return {
      [Symbol.dispose]: () => {
        if (this.#subscriber.isOpen) this.#subscriber.unsubscribe(name, hear).catch(() => {});
      },
    };
  }

  async listenersOf(channels: readonly string[]): Promise<readonly number[] | undefined> {
    if (!this.isUp) return undefined;
    if (channels.length === 0) return [];
    const names = channels.map((channel) => this.#prefix + channel);
    const counts = await this.#client.pubSubNumSub(names).catch(() => undefined);
    return counts && names.map((name) => counts[name] ?? 0);
  }

  /** Waits for something that may not come while the bus is down. */
  async #untilDown(done: Promise<void>): Promise<void> {
    if (!this.isUp) return;
    const { promise: down, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, SUBSCRIBE_LIMIT_MS);
    const unwatch = this.watchState((isUp) => !isUp && resolve());
    await Promise.race([done, down]);
    clearTimeout(timer);
    unwatch();
  }

  #lookAtState(): void {
    const { isUp } = this;
    if (isUp === this.#wasUp) return;
    this.#wasUp = isUp;
    for (const changed of this.#watchers) changed(isUp);
  }
}

/** @returns `undefined` for what none of our processes has sent */
function unpack(packed: string): BusMessage | undefined {
  try {
    const message: unknown = JSON.parse(packed);
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
