import { Renewed } from '../../feed/renewed.ts';
import type { LiveLine } from '../../wire.ts';

/** The lines of a meeting that a page has, in the order in which they began. */
export class Transcript {
  readonly #lines = new Renewed<LiveLine>(); // by utterance
  #inOrder: readonly LiveLine[] | undefined;

  get lines(): readonly LiveLine[] {
    this.#inOrder ??= this.#lines.values().sort((one, other) => one.at - other.at);
    return this.#inOrder;
  }

  /** @returns whether the page did not have the utterance before */
  take(line: LiveLine): boolean {
    const isNew = line.text !== '' && !this.#lines.has(line.id);
    if (line.text === '') this.#lines.drop(line.id);
    else this.#lines.put(line.id, line);
    this.#inOrder = undefined;
    return isNew;
  }

  /** All lines will come anew. */
  beginAnew(): void {
    this.#lines.beginAnew();
  }

  /** All lines have come: what did not come again was erased, or nobody finished it. */
  settle(): void {
    this.#lines.settle();
    this.#inOrder = undefined;
  }

  /** Nobody will finish what is growing. */
  dropGrowing(): void {
    for (const { id, state } of this.lines) if (state === 'growing') this.#lines.drop(id);
    this.#inOrder = undefined;
  }
}
