// Shows each line as it comes. What people say is only ever inserted as text, never as HTML.
const lines = document.getElementById('lines');
const growing = document.getElementById('growing');
const state = document.getElementById('state');
const shown = new Map(); // utterance id -> its item
const AGAIN_AFTER_MS = 5_000;
let visit = 0; // counts how often all lines came anew

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function makeItem(line) {
  const item = document.createElement('li');
  item.dataset.at = line.at;
  const head = document.createElement('p');
  const name = document.createElement('strong');
  const at = document.createElement('time');
  const text = document.createElement('p');
  name.dir = 'auto';
  name.textContent = line.name;
  at.dateTime = new Date(line.at).toISOString();
  at.textContent = time.format(line.at);
  text.className = 'text';
  text.dir = 'auto';
  head.append(name, ' ', at);
  item.append(head, text);
  return item;
}

/** Keeps lines in the order in which they began. */
function put(list, item) {
  const later = [...list.children].reverse().find((other) => Number(other.dataset.at) <= Number(item.dataset.at));
  if (later) later.after(item);
  else list.prepend(item);
}

function show(line) {
  const isAtEnd = window.innerHeight + window.scrollY >= document.body.offsetHeight - 80;
  const item = shown.get(line.id) ?? makeItem(line);
  if (line.text === '') {
    shown.delete(line.id);
    item.remove();
    return;
  }
  shown.set(line.id, item);
  item.dataset.visit = visit;
  const list = line.state === 'final' ? lines : growing;
  const text = item.querySelector('.text');
  text.textContent = line.text;
  text.lang = line.language;
  if (item.parentElement !== list) put(list, item);
  if (isAtEnd) window.scrollTo({ top: document.body.offsetHeight });
}

/** Removes lines that did not come again: they were erased, or nobody finished them. */
function removeOld() {
  for (const [id, item] of shown) {
    if (Number(item.dataset.visit) === visit) continue;
    shown.delete(id);
    item.remove();
  }
}

function connect() {
  const source = new EventSource(`${location.pathname}/lines`);
  source.addEventListener('reset', () => {
    visit += 1;
  });
  source.addEventListener('open', () => {
    state.textContent = state.dataset.live;
  });
  source.addEventListener('error', () => {
    state.textContent = state.dataset.lost;
    // While it is connecting again, the browser does so alone. It gives up where there is another answer than lines.
    if (source.readyState === EventSource.CLOSED) setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
  });
  source.addEventListener('line', ({ data }) => show(JSON.parse(data)));
  source.addEventListener('all', removeOld);
  source.addEventListener('lost', () => {
    state.textContent = state.dataset.lost;
  });
  source.addEventListener('back', () => {
    state.textContent = state.dataset.live;
  });
  for (const end of ['over', 'ended', 'closed', 'gaveWay', 'stopped']) {
    source.addEventListener(end, () => {
      source.close();
      growing.replaceChildren();
      state.textContent = state.dataset[end];
    });
  }
}

/** Connects again unless this page is not there any more, as a proxy may answer for a process that is restarted. */
async function askAgain() {
  try {
    const { status } = await fetch(location.pathname, { cache: 'no-store' });
    if (status === 200) connect();
    else if (status === 404) state.textContent = state.dataset.stopped;
    else setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
  } catch {
    setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
  }
}

connect();

const STEP = 1.2;
const root = document.documentElement;
function scale(by) {
  const size = Number.parseFloat(getComputedStyle(root).fontSize) * by;
  root.style.fontSize = `${Math.min(64, Math.max(12, size))}px`;
}
document.getElementById('larger').addEventListener('click', () => scale(STEP));
document.getElementById('smaller').addEventListener('click', () => scale(1 / STEP));
