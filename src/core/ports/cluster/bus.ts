/** What goes over the bus: anything that JSON can hold. */
export type BusMessage = object;

/**
 * Carries messages between the processes of one bot, at most once: to whoever listens at that moment, and to nobody while
 * it is down. So nothing may depend on a message that the journal or the settings do not hold as well.
 */
export interface Bus {
  /** Whether messages come and go. */
  readonly isUp: boolean;
  /** Calls back when that changes. @returns what ends the callbacks */
  watchState(changed: (isUp: boolean) => void): () => void;
  /**
   * Sends a message at once or not at all: nothing queues up while the bus is down. Never rejects.
   *
   * @returns how many processes got it; 0 also when the bus is down
   */
  publish(channel: string, message: BusMessage): Promise<number>;
  /**
   * Listens to a channel until disposed. The listener must neither wait nor throw.
   *
   * Resolves when it listens, or at once while the bus is down: then it listens as soon as that is up.
   */
  subscribe(channel: string, listener: (message: BusMessage) => void): Promise<Disposable>;
  /**
   * How many processes listen to each channel, in the same order. One question, however many channels.
   *
   * @returns `undefined` when the bus is down
   */
  listenersOf(channels: readonly string[]): Promise<readonly number[] | undefined>;
}
