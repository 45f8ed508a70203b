// Shows the last lines of a meeting. What people say is only ever inserted as text, never as HTML.
const { lines: most, size } = document.body.dataset;
const LINES = `${location.pathname}/lines${location.search}`;
const main = document.getElementById('lines');
const GONE_AFTER_MS = 12_000; // of silence
const AGAIN_AFTER_MS = 3_000;
const COLOURS = 12;
const heard = new Map(); // utterance -> its newest line and when it came, the oldest first
const people = new Map(); // key -> person
let isCurrent = false; // whether what was said before the connection is there

document.documentElement.style.fontSize = `${size}px`;

/** A person keeps a colour as long as their name stays. */
function colourOf({ person, name = '' }) {
  const known = people.get(person)?.colour;
  if (known !== undefined) return known;
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 9_973;
  return sum % COLOURS;
}

function plateOf(line) {
  const plate = document.createElement('p');
  const row = document.createElement('span');
  const name = document.createElement('bdi');
  const text = document.createElement('span'); // no `bdi`, as its language says in which direction the row runs
  const shownName = people.get(line.person)?.name ?? line.name ?? '';
  name.textContent = shownName;
  name.className = `c${colourOf({ ...line, name: shownName })}`;
  text.textContent = line.text;
  text.lang = line.language;
  row.dir = 'auto';
  row.append(name, ' ', text);
  plate.append(row);
  return plate;
}

function show() {
  const now = performance.now();
  for (const [id, { cameMs }] of heard) if (now - cameMs > GONE_AFTER_MS) heard.delete(id);
  const last = [...heard.values()].map(({ line }) => line).sort((one, other) => one.at - other.at);
  main.replaceChildren(...last.slice(-Number(most)).map(plateOf));
}

function take(line) {
  const before = heard.get(line.id);
  if (line.text === '') heard.delete(line.id);
  else {
    const isSame = before?.line.text === line.text && before.line.state === line.state;
    heard.set(line.id, { line, cameMs: isSame ? before.cameMs : performance.now() });
  }
  if (!isCurrent) {
    // Only the last lines of what was said before can be shown.
    const [oldest] = heard.keys();
    if (heard.size > 50) heard.delete(oldest);
  } else show();
}

function connect() {
  const source = new EventSource(LINES);
  source.addEventListener('open', () => {
    isCurrent = false;
  });
  source.addEventListener('person', ({ data }) => {
    const person = JSON.parse(data);
    people.set(person.key, person);
    if (isCurrent) show();
  });
  source.addEventListener('line', ({ data }) => take(JSON.parse(data)));
  source.addEventListener('reset', () => heard.clear());
  source.addEventListener('all', () => {
    isCurrent = true;
    show();
  });
  source.addEventListener('error', () => {
    // While it is connecting again, the browser does so alone. It gives up where there is another answer than lines.
    if (source.readyState === EventSource.CLOSED) setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
  });
  for (const end of ['over', 'ended', 'closed']) {
    source.addEventListener(end, () => {
      source.close();
      stop();
    });
  }
  for (const pause of ['gaveWay', 'stopped']) {
    source.addEventListener(pause, () => {
      source.close();
      setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
    });
  }
}

function stop() {
  heard.clear();
  show();
}

/** Connects again unless there is nothing to see any more. */
async function askAgain() {
  try {
    const asking = new AbortController();
    const { status } = await fetch(LINES, { cache: 'no-store', signal: asking.signal });
    asking.abort(); // the answer has no end
    if (status === 200) connect();
    else if (status === 404) stop();
    else setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
  } catch {
    setTimeout(askAgain, AGAIN_AFTER_MS * (1 + Math.random()));
  }
}

setInterval(show, 1_000);
connect();
