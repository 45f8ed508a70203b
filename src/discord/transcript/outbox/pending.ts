import type { BotSentence, Entry, Line } from './line.ts';

/** While Discord is in trouble so much waits, hours of talk; then the oldest is given up, and people learn how much. */
const MAX_PENDING = 5_000;

/** What is still to be posted, in the order in which people will read it. */
export class Pending {
  readonly #entries: Entry[] = [];
  readonly #sinceMs = new WeakMap<Entry, number>(); // of performance.now()
  #givenUp = 0; // since somebody last asked

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** When the oldest line came in, of performance.now(); 0 when something is pending that no digest holds back. */
  get sinceMs(): number {
    return Math.min(...this.#entries.map((entry) => this.#sinceMs.get(entry) ?? 0));
  }

  has(entry: Entry): boolean {
    return this.#entries.includes(entry);
  }

  addSentence(sentence: BotSentence): void {
    this.#entries.push(sentence);
  }

  /** Adds a line before those that were begun later, but never across a sentence of the bot. */
  addLine(line: Line): void {
    this.#sinceMs.set(line, performance.now());
    const earlier = this.#entries.findLastIndex((entry) => entry.kind === 'sentence' || entry.startMs <= line.startMs);
    this.#entries.splice(earlier + 1, 0, line);
    if (this.#entries.length <= MAX_PENDING) return;
    this.#entries.shift();
    this.#givenUp += 1;
  }

  /** Adds lines right behind one that is still pending, else at the end. */
  insertLinesAfter(line: Line, lines: readonly Line[]): void {
    const at = this.#entries.indexOf(line);
    this.#entries.splice(at < 0 ? this.#entries.length : at + 1, 0, ...lines);
  }

  replaceLine(line: Line, newLine: Line): void {
    const at = this.#entries.indexOf(line);
    if (at < 0) return;
    this.#entries[at] = newLine;
    const sinceMs = this.#sinceMs.get(line);
    if (sinceMs !== undefined) this.#sinceMs.set(newLine, sinceMs);
  }

  /** Puts entries first, but behind the sentence `after` when that is first. */
  putBack(entries: readonly Entry[], after?: Entry): void {
    const at = after !== undefined && this.#entries[0] === after ? 1 : 0;
    this.#entries.splice(at, 0, ...entries);
  }

  removeEntry(entry: Entry): boolean {
    const at = this.#entries.indexOf(entry);
    if (at >= 0) this.#entries.splice(at, 1);
    return at >= 0;
  }

  /** Takes out what is about to be posted. */
  takeBatch(batch: readonly Entry[]): Entry[] {
    const taken = this.#entries.filter((entry) => batch.includes(entry));
    for (const entry of taken) this.removeEntry(entry);
    return taken;
  }

  /** How many were given up since this was last asked. */
  takeGivenUp(): number {
    const count = this.#givenUp;
    this.#givenUp = 0;
    return count;
  }

  takeAll(): readonly Entry[] {
    return this.#entries.splice(0);
  }
}
