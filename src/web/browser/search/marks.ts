import { partsOf } from './find.ts';

const NAME = 'found'; // as in the style

/**
 * Marks what is looked for where the reader looks, and leaves the document as it is: a letter that every line has costs no more
 * than a rare word.
 */
export class Marks {
  readonly #textsIn: (block: Element) => Iterable<Node | null>;
  readonly #onScreen = new Set<Element>();
  readonly #watch = new IntersectionObserver((changes) => this.#look(changes), { rootMargin: '50%' });
  #query = '';

  /**
   * @param blocks - what holds the texts, in pieces that are on the screen or not
   * @param textsIn - the texts of one
   */
  constructor(blocks: Iterable<Element>, textsIn: (block: Element) => Iterable<Node | null>) {
    this.#textsIn = textsIn;
    for (const block of blocks) this.#watch.observe(block);
  }

  /** @param query - empty: nothing is marked */
  show(query: string): void {
    this.#query = query;
    this.#draw();
  }

  #look(changes: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) this.#onScreen.add(target);
      else this.#onScreen.delete(target);
    }
    this.#draw();
  }

  #draw(): void {
    if (!('highlights' in CSS)) return; // in an older browser the line that one goes to is marked alone
    const texts = this.#query.trim() === '' ? [] : [...this.#onScreen].flatMap((block) => [...this.#textsIn(block)]);
    const ranges = texts.flatMap((text) => (text instanceof Text ? rangesIn(text, this.#query) : []));
    CSS.highlights.set(NAME, new Highlight(...ranges));
  }
}

function rangesIn(text: Text, query: string): AbstractRange[] {
  let at = 0;
  return partsOf(text.data, query).flatMap((part) => {
    const [startOffset, endOffset] = [at, at + part.text.length];
    at = endOffset;
    return part.isFound ? [new StaticRange({ startContainer: text, startOffset, endContainer: text, endOffset })] : [];
  });
}
