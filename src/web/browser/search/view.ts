import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from '../icons.ts';
import { filled } from '../phrases.ts';
import type { Search, SearchActs, Searched } from './find.ts';
import type { SearchWords } from './words.ts';

/** The button that opens the search, and closes it. */
export function searchButton(isOpen: boolean, words: SearchWords, toggle: () => void): TemplateResult {
  return html`<button type="button" id="search-button" aria-expanded=${isOpen} @click=${toggle}>
    ${icon('search')}<span class="label">${words.search}</span>
  </button>`;
}

/**
 * The search: what is looked for, how often it is there, and the way from one to the next.
 *
 * @param search - missing: it is closed
 */
export function searchView(
  search: Search | undefined,
  found: readonly Searched[],
  words: SearchWords,
  acts: SearchActs,
): TemplateResult {
  if (!search) return html``;
  const go = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    acts.goToFound(event.shiftKey ? -1 : 1);
  };
  const take = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) acts.lookFor({ query: target.value });
  };
  return html`<form @submit=${(event: Event) => event.preventDefault()}>
    <input
      id="query"
      type="search"
      autocomplete="off"
      enterkeyhint="search"
      dir="auto"
      aria-label=${words.searchFor}
      placeholder=${words.searchFor}
      .value=${search.query}
      @input=${take}
      @keydown=${go}
    />
    <button type="button" @click=${() => acts.closeSearch()}>
      ${icon('close')}<span class="hidden">${words.close}</span>
    </button>
    <button type="button" ?disabled=${found.length === 0} @click=${() => acts.goToFound(-1)}>
      ${icon('up')}<span class="hidden">${words.previous}</span>
    </button>
    <button type="button" ?disabled=${found.length === 0} @click=${() => acts.goToFound(1)}>
      ${icon('down')}<span class="hidden">${words.next}</span>
    </button>
    <output for="query">${placeOf(search.now, search.query, found, words)}</output>
    <label class="check">
      <input type="checkbox" .checked=${search.onlyFound} @change=${() => acts.lookFor({ onlyFound: !search.onlyFound })} />
      <span>${words.onlyFound}</span>
    </label>
  </form>`;
}

function placeOf(
  now: string | undefined,
  query: string,
  found: readonly Searched[],
  words: SearchWords,
): string | typeof nothing {
  if (query.trim() === '') return nothing;
  if (found.length === 0) return words.nothingFound;
  const place = found.findIndex(({ id }) => id === now) + 1;
  return filled(words.place, { place: String(place || found.length), number: String(found.length) });
}
