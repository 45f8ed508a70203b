import { LivePage } from './live-page.ts';
import { actionFor } from './model/keys.ts';
import { isLarge } from './model/preferences.ts';
import { stateAtFirst } from './state.ts';
import type { LivePageData } from './words.ts';

const KEPT_AS = 'parley live page';
const WIDE = '(min-width: 60rem)'; // as in the style

const data: LivePageData = JSON.parse(document.getElementById('page-data')?.textContent ?? '');
const isWide = matchMedia(WIDE).matches;
const state = stateAtFirst(data, kept(), isWide);
const page = new LivePage(state, isWide && !isLarge(state.preferences), (preferences) =>
  keep(JSON.stringify(preferences)),
);

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (key === 'Escape' && state.search && !document.querySelector(':modal, :popover-open')) return page.closeSearch();
  const isTyping = target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), select');
  const action = actionFor({ key, isModified: event.ctrlKey || event.altKey || event.metaKey, isTyping });
  if (action === undefined || !state.preferences.hasKeys || document.querySelector(':modal')) return;
  event.preventDefault(); // the key itself is not typed into the field that it leads to
  page.act(action);
});
page.begin();

/** Where a browser keeps nothing for us, everything works and is forgotten. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function keep(text: string): void {
  try {
    localStorage.setItem(KEPT_AS, text);
  } catch {
    // It is forgotten.
  }
}
