import { html, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { LiveLine } from '../wire.ts';

// Shows each line as it comes. What people say is only ever inserted as text, never as HTML.
const [lines, growing, state] = ['lines', 'growing', 'state'].map((id) => document.getElementById(id));
if (!lines || !growing || !state) throw new Error('The page lacks what its script fills');

const shown = new Map<string, { readonly line: LiveLine; readonly visit: number }>();
const AGAIN_AFTER_MS = 5_000;
const ENDS = ['over', 'ended', 'closed', 'gaveWay', 'stopped'];
let visit = 0; // counts how often all lines came anew
let isDue = false;

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function itemOf({ name, at, text, language }: LiveLine) {
  return html`<li>
    <p><strong dir="auto">${name}</strong> <time datetime=${new Date(at).toISOString()}>${time.format(at)}</time></p>
    <p class="text" dir="auto" lang=${language}>${text}</p>
  </li>`;
}

function show(): void {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    const isAtEnd = window.innerHeight + window.scrollY >= document.body.offsetHeight - 80;
    const all = [...shown.values()].map(({ line }) => line).sort((one, other) => one.at - other.at);
    for (const [list, wanted] of [[lines, 'final'] as const, [growing, 'growing'] as const]) {
      const items = all.filter((line) => line.state === wanted);
      if (list)
        render(
          repeat(items, (line) => line.id, itemOf),
          list,
        );
    }
    if (isAtEnd) window.scrollTo({ top: document.body.offsetHeight });
  });
}

function take(line: LiveLine): void {
  if (line.text === '') shown.delete(line.id);
  else shown.set(line.id, { line, visit });
  show();
}

/** Removes lines that did not come again: they were erased, or nobody finished them. */
function removeOld(): void {
  for (const [id, { visit: cameAt }] of shown) if (cameAt !== visit) shown.delete(id);
  show();
}

function say(what: string): void {
  if (state) state.textContent = state.dataset[what] ?? '';
}

function connect(): void {
  const source = new EventSource(`${location.pathname}/lines`);
  source.addEventListener('reset', () => {
    visit += 1;
  });
  source.addEventListener('open', () => say('live'));
  source.addEventListener('error', () => {
    say('lost');
    // While it is connecting again, the browser does so alone. It gives up where there is another answer than lines.
    if (source.readyState === EventSource.CLOSED) setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
  });
  source.addEventListener('line', ({ data }) => take(JSON.parse(data)));
  source.addEventListener('all', removeOld);
  source.addEventListener('lost', () => say('lost'));
  source.addEventListener('back', () => say('live'));
  for (const end of ENDS) {
    source.addEventListener(end, () => {
      source.close();
      for (const [id, { line }] of shown) if (line.state === 'growing') shown.delete(id);
      show();
      say(end);
    });
  }
}

/** Connects again unless this page is not there any more, as a proxy may answer for a process that is restarted. */
async function askAgain(): Promise<void> {
  const status = await fetch(location.pathname, { cache: 'no-store' }).then(
    (answer) => answer.status,
    () => 0,
  );
  if (status === 200) connect();
  else if (status === 404) say('stopped');
  else setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
}

connect();

const STEP = 1.2;
const root = document.documentElement;
function scale(by: number): void {
  const size = Number.parseFloat(getComputedStyle(root).fontSize) * by;
  root.style.fontSize = `${Math.min(64, Math.max(12, size))}px`;
}
document.getElementById('larger')?.addEventListener('click', () => scale(STEP));
document.getElementById('smaller')?.addEventListener('click', () => scale(1 / STEP));
