import type { BotSentence, Entry, Line } from './line.ts';

/** While Discord is in trouble so much waits, hours of talk; then the oldest is given up, and people are told. */
const MAX_PENDING = 5_000;

/** What is still to be posted, in the order in which it should stand. */
export class Pending {
  readonly #entries: Entry[] = [];
  readonly #sinceMs = new WeakMap<Entry, number>(); // of performance.now()
  #givenUp = 0; // as too much was pending

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** When the oldest line came in, of performance.now(); 0 where something is pending that nobody may hold back. */
  get sinceMs(): number {
    return Math.min(...this.#entries.map((entry) => this.#sinceMs.get(entry) ?? 0));
  }

  has(entry: Entry): boolean {
    return this.#entries.includes(entry);
  }

  put(notice: BotSentence): void {
    this.#entries.push(notice);
  }

  /** Before what was begun later, but never across a sentence of ours. */
  add(line: Line): void {
    this.#sinceMs.set(line, performance.now());
    const earlier = this.#entries.findLastIndex((entry) => entry.kind === 'sentence' || entry.startMs <= line.startMs);
    this.#entries.splice(earlier + 1, 0, line);
    if (this.#entries.length <= MAX_PENDING) return;
    this.#entries.shift();
    this.#givenUp += 1;
  }

  /** Right behind one that is still pending, else at the end. */
  insertAfter(line: Line, lines: readonly Line[]): void {
    const at = this.#entries.indexOf(line);
    this.#entries.splice(at < 0 ? this.#entries.length : at + 1, 0, ...lines);
  }

  /** First of all, but behind the sentence `after` when that is first. */
  putBack(entries: readonly Entry[], after?: Entry): void {
    const at = after !== undefined && this.#entries[0] === after ? 1 : 0;
    this.#entries.splice(at, 0, ...entries);
  }

  remove(entry: Entry): boolean {
    const at = this.#entries.indexOf(entry);
    if (at >= 0) this.#entries.splice(at, 1);
    return at >= 0;
  }

  take(entries: readonly Entry[]): Entry[] {
    const taken = this.#entries.filter((entry) => entries.includes(entry));
    for (const entry of taken) this.remove(entry);
    return taken;
  }

  /** How many were given up since this was last asked. */
  takeGivenUp(): number {
    const count = this.#givenUp;
    this.#givenUp = 0;
    return count;
  }

  clear(): readonly Entry[] {
    return this.#entries.splice(0);
  }
}
