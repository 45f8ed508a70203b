const DISCORD_EPOCH_MS = 1_420_070_400_000n; // the first second of 2015
const INCREMENT_BITS = 22n;

/** Hands out Discord's ids: they grow, and hold the time at which they were made. */
export class Snowflakes {
  #last = 0n;

  /** @param shard - when given, the id is one of this shard: a few milliseconds ahead of the clock */
  next(shard?: readonly [id: number, count: number]): string {
    const fromClock = (BigInt(Date.now()) - DISCORD_EPOCH_MS) << INCREMENT_BITS;
    this.#last = fromClock > this.#last ? fromClock : this.#last + 1n;
    if (shard !== undefined) {
      const [id, count] = [BigInt(shard[0]), BigInt(shard[1])];
      const ahead = (((id - (this.#last >> INCREMENT_BITS)) % count) + count) % count;
      this.#last += ahead << INCREMENT_BITS;
    }
    return this.#last.toString();
  }
}
