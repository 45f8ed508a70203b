// Shows each line as it comes. What people say is only ever inserted as text, never as HTML.
const lines = document.getElementById('lines');
const growing = document.getElementById('growing');
const state = document.getElementById('state');
const shown = new Map(); // utterance id -> its item

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
  const list = line.state === 'final' ? lines : growing;
  const text = item.querySelector('.text');
  text.textContent = line.text;
  text.lang = line.language;
  if (item.parentElement !== list) put(list, item);
  if (isAtEnd) window.scrollTo({ top: document.body.offsetHeight });
}

const source = new EventSource(`${location.pathname}/lines`);
source.addEventListener('open', () => {
  state.textContent = state.dataset.live;
});
source.addEventListener('error', () => {
  state.textContent = source.readyState === EventSource.CLOSED ? state.dataset.stopped : state.dataset.lost;
});
source.addEventListener('line', ({ data }) => show(JSON.parse(data)));
for (const end of ['over', 'ended', 'closed', 'gaveWay', 'stopped']) {
  source.addEventListener(end, () => {
    source.close();
    growing.replaceChildren();
    state.textContent = state.dataset[end];
  });
}

const STEP = 1.2;
const root = document.documentElement;
function scale(by) {
  const size = Number.parseFloat(getComputedStyle(root).fontSize) * by;
  root.style.fontSize = `${Math.min(64, Math.max(12, size))}px`;
}
document.getElementById('larger').addEventListener('click', () => scale(STEP));
document.getElementById('smaller').addEventListener('click', () => scale(1 / STEP));
