import { LivePage } from './live-page.ts';
import { actionFor } from './model/keys.ts';
import { stateAtFirst } from './state.ts';
import type { LivePageData } from './words.ts';

const WIDE = '(min-width: 60rem)'; // as in the style

const data: LivePageData = JSON.parse(document.getElementById('page-data')?.textContent ?? '');
const isWide = matchMedia(WIDE).matches;
const { chosen } = window;
const state = stateAtFirst(data, chosen.kept, isWide);
const isRoomy = isWide && document.documentElement.dataset.text !== 'large';
const page = new LivePage(state, isRoomy, (preferences) => chosen.keep(JSON.stringify(preferences)));

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
