import { render } from 'lit-html';
import { isLast } from '../feed/stream.ts';
import { searchView } from '../search/view.ts';
import type { LiveLine } from '../wire.ts';
import type { Acts, State } from './state.ts';
import { controlsView } from './view/controls.ts';
import { displayView } from './view/display.ts';
import { dockView } from './view/dock.ts';
import { helpView } from './view/help.ts';
import { linesView } from './view/lines.ts';
import { peopleView } from './view/people.ts';

const SAID_AT_MOST = 20; // lines that a screen reader can go back to

/** The parts of the page that the server sends empty, or with a first sentence. */
const part = {
  state: byId('state'),
  controls: byId('controls'),
  search: byId('search'),
  people: byId('people'),
  lines: byId('lines'),
  dock: byId('dock'),
  display: byId('display'),
  help: byId('help', HTMLDialogElement),
  announcer: byId('announcer'),
};

/** Draws all that a page shows. What has not changed stays as it is in the document. */
export function draw(state: State, found: readonly LiveLine[], isWide: boolean, acts: Acts): void {
  const { connection, data } = state;
  if (connection !== 'connecting') part.state.textContent = data.words[connection];
  part.state.dataset.kind = connection;
  part.state.hidden = isLast(connection); // what stays at the lower edge says so
  render(controlsView(state, acts), part.controls);
  render(searchView(state.search, found, data.words, acts), part.search);
  render(peopleView(state, isWide), part.people);
  render(linesView(state, found), part.lines);
  render(dockView(state, acts), part.dock);
  render(displayView(state, acts), part.display);
  render(helpView(state), part.help);
}

/** Has a screen reader say something, after what it is saying. */
export function announce(text: string, language?: string): void {
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  if (language !== undefined) paragraph.lang = language;
  part.announcer.append(paragraph);
  if (part.announcer.childElementCount > SAID_AT_MOST) part.announcer.firstElementChild?.remove();
}

export function showHelp(): void {
  part.help.showModal();
}

export function toggleDisplay(): void {
  part.display.togglePopover();
}

export function togglePeople(): void {
  const folded = part.people.querySelector('details');
  if (!folded) return;
  folded.open = !folded.open;
  folded.querySelector('summary')?.focus();
}

export function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

export function scrollToLine(id: string): void {
  document.querySelector(`[data-line="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'center' });
}

export function scrollToEnd(): void {
  window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
}

/** Calls back when somebody has scrolled, and when lines take more or less room. */
export function watchScrolling(scrolled: (isUp: boolean, isAtEnd: boolean) => void, resized: () => void): void {
  let before = window.scrollY;
  document.addEventListener('scroll', () => {
    const end = document.documentElement.scrollHeight - window.innerHeight;
    scrolled(window.scrollY < before, end - window.scrollY < NEAR_PX);
    before = window.scrollY;
  });
  new ResizeObserver(resized).observe(part.lines);
}

const NEAR_PX = 60; // of the end: about two lines

function byId(id: string): HTMLElement;
function byId<T extends HTMLElement>(id: string, kind: new () => T): T;
function byId(id: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`The page lacks its part ${id}`);
}
