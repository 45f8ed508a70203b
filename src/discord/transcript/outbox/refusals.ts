import type { BotSentence, Entry } from './line.ts';

/**
 * Finds out what Discord refuses: a name under which the webhook writes, one entry of a message, or everything in this
 * place.
 *
 * Entries that were refused together go one by one. The one that is refused alone is left out, and the bot says so;
 * when even that sentence is refused, the place is to blame.
 */
export class Refusals {
  readonly #names = new Set<string>();
  readonly #leftOut: Entry[] = []; // since this place last took a message
  #apology: BotSentence | undefined; // for the last of them
  #oneByOne = 0; // so many of the next entries go alone

  /** User names that Discord does not take from the webhook. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  get isOneByOne(): boolean {
    return this.#oneByOne > 0;
  }

  refuseNamesOf(entries: readonly Entry[]): void {
    for (const entry of entries) if (entry.kind === 'line') this.#names.add(entry.profile.username);
  }

  /** Has so many entries go alone, as they were refused together. */
  goOneByOne(entries: number): void {
    this.#oneByOne = entries;
  }

  /** Notes that a message goes out. */
  noteAttempt(): void {
    this.#oneByOne = Math.max(0, this.#oneByOne - 1);
  }

  /** Notes that the place took a message: what was left out before is to blame itself. */
  noteTaken(): void {
    this.#leftOut.length = 0;
  }

  /** Leaves out an entry that was refused alone. @param apology - the sentence that says so, if people need to know */
  leaveOut(entry: Entry, apology?: BotSentence): void {
    if (entry !== this.#apology) this.#leftOut.push(entry);
    this.#apology = apology ?? this.#apology;
  }

  /** What was left out although the place is to blame; it may go to another. */
  takeLeftOut(): Entry[] {
    return this.#leftOut.splice(0);
  }

  /** Forgets an entry that nobody may read any more. */
  forgetEntry(entry: Entry): void {
    const at = this.#leftOut.indexOf(entry);
    if (at >= 0) this.#leftOut.splice(at, 1);
  }
}
