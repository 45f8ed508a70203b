const TOP = 2 ** 31;
const BOTTOM = 2 ** 23;
const LAPLACE_TOTAL = 2 ** 15;
const LAPLACE_FLAT = 32; // of these, for values that are improbable either way

/**
 * Reads the symbols at the beginning of an Opus frame: the range decoder of RFC 6716, 4.1.
 *
 * One object reads all frames, one after another.
 */
export class RangeDecoder {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #range = 0;
  #value = 0;
  #rest = 0; // the byte that was read last: its lowest bit is not used yet
  #bits = 0; // read so far, to a whole number of symbols

  start(bytes: Uint8Array, from: number, end: number): void {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = end;
    this.#range = 128;
    this.#rest = this.#nextByte();
    this.#value = 127 - (this.#rest >> 1);
    this.#bits = 9;
    this.#normalize();
  }

  /** How many bits were used so far. */
  get used(): number {
    return this.#bits - (32 - Math.clz32(this.#range));
  }

  /** A bit that is 1 once in `2 ** shift`. */
  bit(shift: number): boolean {
    const ones = this.#range >>> shift;
    const isOne = this.#value < ones;
    if (!isOne) this.#value -= ones;
    this.#range = isOne ? ones : this.#range - ones;
    this.#normalize();
    return isOne;
  }

  /** One of `count` symbols of equal probability. */
  uniform(count: number): number {
    const each = Math.floor(this.#range / count);
    const symbol = count - Math.min(Math.floor(this.#value / each) + 1, count);
    this.#take(each, symbol, symbol + 1, count);
    return symbol;
  }

  /** A symbol by how probable those after it are, of `2 ** shift`; the last is 0. */
  symbol(after: readonly number[], shift: number): number {
    const each = this.#range >>> shift;
    let above = this.#range;
    for (let i = 0; ; i++) {
      const below = each * (after[i] ?? 0);
      if (this.#value >= below) {
        this.#value -= below;
        this.#range = above - below;
        this.#normalize();
        return i;
      }
      above = below;
    }
  }

  /** Skips bits that are stored at the frame's end, as they are. */
  skipRaw(count: number): void {
    this.#bits += count;
  }

  /** A whole number that is the less probable the further it is from 0: RFC 6716, 4.3.2.1. @param zero - probability of 0 */
  laplace(zero: number, decay: number): number {
    const each = this.#range >>> 15;
    const at = LAPLACE_TOTAL - Math.min(Math.floor(this.#value / each) + 1, LAPLACE_TOTAL);
    let value = 0;
    let low = 0;
    let share = zero;
    if (at >= zero) {
      value = 1;
      low = zero;
      share = (((LAPLACE_TOTAL - LAPLACE_FLAT - zero) * (16_384 - decay)) >> 15) + 1;
      while (share > 1 && at >= low + 2 * share) {
        share *= 2;
        low += share;
        share = (((share - 2) * decay) >> 15) + 1;
        value += 1;
      }
      if (share <= 1) {
        const more = (at - low) >> 1;
        value += more;
        low += 2 * more;
      }
      if (at < low + share) value = -value;
      else low += share;
    }
    this.#take(each, low, Math.min(low + share, LAPLACE_TOTAL), LAPLACE_TOTAL);
    return value;
  }

  #take(each: number, low: number, high: number, total: number): void {
    const above = each * (total - high);
    this.#value -= above;
    this.#range = low > 0 ? each * (high - low) : this.#range - above;
    this.#normalize();
  }

  #normalize(): void {
    while (this.#range <= BOTTOM && this.#range > 0) {
      const before = this.#rest;
      this.#rest = this.#nextByte();
      this.#bits += 8;
      this.#range *= 256;
      const symbol = ((before << 8) | this.#rest) >> 1;
      this.#value = (this.#value * 256 + (255 & ~symbol)) % TOP;
    }
  }

  #nextByte(): number {
    return this.#at < this.#end ? (this.#bytes[this.#at++] ?? 0) : 0;
  }
}
