const DISCORD_EPOCH_MS = 1_420_070_400_000n; // the first second of 2015
const INCREMENT_BITS = 22n;

/** Hands out Discord's ids: they grow, and hold the time at which they were made. */
export class Snowflakes {
  #last = 0n;

  next(): string {
    const fromClock = (BigInt(Date.now()) - DISCORD_EPOCH_MS) << INCREMENT_BITS;
    this.#last = fromClock > this.#last ? fromClock : this.#last + 1n;
    return this.#last.toString();
  }
}
