/** Reads a stream of bytes in portions of any size. The portions it returns are never overwritten. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  #spare: Uint8Array = new Uint8Array(0); // free memory right behind the held bytes
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next `count` bytes, which stay unread; fewer at the end. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#held.length < count && !this.#ended) await this.#more();
    return this.#held.subarray(0, count);
  }

  /** All bytes that are here already, at least `count`, which stay unread; fewer at the end. */
  async window(count: number): Promise<Uint8Array> {
    await this.peek(count);
    return this.#held;
  }

  /** Reads `count` bytes; fewer at the end, and none after it. */
  async take(count: number): Promise<Uint8Array> {
    const taken = await this.peek(count);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#source.next();
    if (done === true) {
      this.#ended = true;
    } else if (this.#held.length === 0) {
      this.#held = value; // a whole file in one portion is never copied
      this.#spare = new Uint8Array(0);
    } else {
      this.#append(value);
    }
  }

  /** Memory doubles when it has to grow, as joining each portion anew would cost the square of the length. */
  #append(value: Uint8Array): void {
    const length = this.#held.length + value.length;
    if (this.#spare.length < value.length) {
      const room = new Uint8Array(2 * length);
      room.set(this.#held);
      this.#held = room.subarray(0, this.#held.length);
      this.#spare = room.subarray(this.#held.length);
    }
    this.#spare.set(value);
    this.#held = new Uint8Array(this.#held.buffer, this.#held.byteOffset, length);
    this.#spare = this.#spare.subarray(value.length);
  }
}
