const USUAL = 17; // 16 packets of 20 ms in a chunk, and one that reaches in from the chunk before
const FIELDS = 4;

/**
 * Notes which packet each stretch of a chunk's samples was decoded from, oldest first. Samples without a note are
 * silence.
 *
 * The notes are numbers in one array. Objects, one for each frame of every speaker, would outlive the collector's young
 * generation.
 */
export class Notes {
  #numbers = new Uint16Array(USUAL * FIELDS);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /**
   * @param at - the stretch's first sample, in the chunk
   * @param skip - samples of the packet that belong to the chunk before
   * @param bytes - the packet's length; 0: no packet is known
   */
  add(at: number, count: number, skip: number, bytes: number): void {
    const from = this.#length * FIELDS;
    if (from === this.#numbers.length) {
      const more = new Uint16Array(2 * from);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[from] = at;
    this.#numbers[from + 1] = count;
    this.#numbers[from + 2] = skip;
    this.#numbers[from + 3] = bytes;
    this.#length += 1;
  }

  at(index: number): number {
    return this.#numbers[index * FIELDS] ?? 0;
  }

  count(index: number): number {
    return this.#numbers[index * FIELDS + 1] ?? 0;
  }

  skip(index: number): number {
    return this.#numbers[index * FIELDS + 2] ?? 0;
  }

  bytes(index: number): number {
    return this.#numbers[index * FIELDS + 3] ?? 0;
  }
}
