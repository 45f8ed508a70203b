import type { Bus, BusMessage } from '../../src/core/ports/cluster/bus.ts';

type Listener = (message: BusMessage) => void;

/** A bus without a server: each endpoint is what one process has of it, and can be cut off from the others. */
export class BusHub {
  readonly #endpoints = new Set<BusInMemory>();
  readonly published: { readonly channel: string; readonly message: BusMessage }[] = [];

  connect(): BusInMemory {
    const endpoint: BusInMemory = new BusInMemory((channel, message) => {
      this.published.push({ channel, message });
      return [...this.#endpoints].filter((other) => other.hear(channel, structuredClone(message))).length;
    }, this.#count);
    this.#endpoints.add(endpoint);
    return endpoint;
  }

  readonly #count = (channel: string) => [...this.#endpoints].filter((other) => other.isListening(channel)).length;
}

export class BusInMemory implements Bus {
  readonly #channels = new Map<string, Set<Listener>>();
  readonly #watchers = new Set<(isUp: boolean) => void>();
  readonly #send: (channel: string, message: BusMessage) => number;
  readonly #count: (channel: string) => number;
  #isUp = true;

  constructor(send: (channel: string, message: BusMessage) => number, count: (channel: string) => number) {
    this.#send = send;
    this.#count = count;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Cuts this process off from the bus, or connects it again. */
  setUp(isUp: boolean): void {
    this.#isUp = isUp;
    for (const changed of this.#watchers) changed(isUp);
  }

  watchState(changed: (isUp: boolean) => void): () => void {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  }

  async publish(channel: string, message: BusMessage): Promise<number> {
    return this.#isUp ? this.#send(channel, message) : 0;
  }

  async subscribe(channel: string, listener: Listener): Promise<Disposable> {
    const listeners = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, listeners.add(listener));
    return { [Symbol.dispose]: () => void listeners.delete(listener) };
  }

  async listenersOf(channels: readonly string[]): Promise<readonly number[] | undefined> {
    return this.#isUp ? channels.map(this.#count) : undefined;
  }

  isListening(channel: string): boolean {
    return this.#isUp && (this.#channels.get(channel)?.size ?? 0) > 0;
  }

  hear(channel: string, message: BusMessage): boolean {
    if (!this.isListening(channel)) return false;
    for (const listener of this.#channels.get(channel) ?? []) listener(message);
    return true;
  }
}
