import { html, render } from 'lit-html';
import { linesWith, nextFound, type Search, type SearchActs, type Searched } from '../search/find.ts';
import { Marks } from '../search/marks.ts';
import { searchButton, searchView } from '../search/view.ts';
import type { SearchWords } from '../search/words.ts';

interface Line extends Searched {
  readonly name: string;
  readonly element: HTMLElement;
}

/** Adds a search to a transcript: in the language that is shown, and of those people who are. */
export function searchTranscript(page: Document): void {
  const place = page.getElementById('search');
  const words = page.getElementById('search-words');
  if (place && words) new TranscriptSearch(place, JSON.parse(words.textContent), page).draw();
}

class TranscriptSearch implements SearchActs {
  readonly #place: HTMLElement;
  readonly #words: SearchWords;
  readonly #lines: readonly Line[];
  readonly #blocks: readonly HTMLElement[]; // of lines that somebody says in a row
  #marks: Marks | undefined; // missing: nobody has looked for anything
  #search: Search | undefined; // missing: it is closed
  #found: readonly Line[] = [];
  #now: HTMLElement | undefined; // the line that the reader went to
  #isFiltered = false;

  constructor(place: HTMLElement, words: SearchWords, page: Document) {
    this.#place = place;
    this.#words = words;
    this.#blocks = [...page.querySelectorAll<HTMLElement>('.transcript > li')];
    this.#lines = this.#blocks.flatMap(linesIn);
    place.role = 'search';
    place.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#search) return;
      event.preventDefault(); // browsers empty the field
      this.closeSearch();
    });
  }

  lookFor(change: Partial<Search>): void {
    this.#marks ??= new Marks(this.#blocks, textsIn);
    const { now: _, ...before } = this.#search ?? { query: '', onlyFound: false };
    this.#search = { ...before, ...change };
    this.#found = linesWith(this.#search.query, this.#lines, ({ name }) => name);
    this.#filter(this.#search.onlyFound && this.#search.query.trim() !== '');
    this.#marks.show(this.#search.query);
    this.goToFound(1);
  }

  closeSearch(): void {
    this.#filter(false);
    this.#marks?.show('');
    this.#goTo(undefined);
    this.#search = undefined;
    this.#found = [];
    this.draw();
    this.#focusOn('search-button');
  }

  goToFound(step: 1 | -1): void {
    this.#goTo(nextFound(this.#found, this.#search?.now, step, 0));
    this.draw();
  }

  draw(): void {
    const view = searchView(this.#search, this.#found, this.#words, this);
    const button = searchButton(this.#search !== undefined, this.#words, () => this.#toggle());
    render(html`${button}${view}`, this.#place);
  }

  #toggle(): void {
    if (this.#search) this.closeSearch();
    else {
      this.lookFor({});
      this.#focusOn('query');
    }
  }

  #focusOn(id: string): void {
    this.#place.querySelector<HTMLElement>(`#${id}`)?.focus();
  }

  #goTo(id: string | undefined): void {
    if (!this.#search) return;
    const { now: _, ...rest } = this.#search;
    this.#search = id === undefined ? rest : { ...rest, now: id };
    this.#now?.classList.remove('now');
    this.#now = this.#found.find((line) => line.id === id)?.element;
    this.#now?.classList.add('now');
    this.#now?.scrollIntoView({ block: 'center' });
  }

  /** Shows only what was found, or everything. */
  #filter(isFiltered: boolean): void {
    if (!isFiltered && !this.#isFiltered) return;
    this.#isFiltered = isFiltered;
    const shown = new Set((isFiltered ? this.#found : this.#lines).map(({ element }) => element));
    for (const { element } of this.#lines) element.hidden = !shown.has(element);
    for (const block of this.#blocks) block.classList.toggle('without', !block.querySelector('p:not([hidden])'));
  }
}

function linesIn(block: HTMLElement): Line[] {
  const name = block.querySelector('.name')?.textContent ?? '';
  return [...block.querySelectorAll('p')].map((element) => {
    const text = element.querySelector('.said')?.textContent ?? '';
    return { id: element.id, text, name, element };
  });
}

/** Each is one piece, as the server writes it. */
function textsIn(block: Element): (Node | null)[] {
  return [...block.querySelectorAll('.name, .said')].map(({ firstChild }) => firstChild);
}
