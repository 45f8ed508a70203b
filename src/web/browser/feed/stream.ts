import type { Languages, LiveLine, ShownAudience, ShownPerson } from '../wire.ts';

/** Why nothing more comes. */
export type End = (typeof ENDS)[number];

/** How the connection is. After an end nothing more comes. */
export type Connection = 'connecting' | 'live' | 'lost' | End;

/** What comes of a meeting. */
export interface Reader {
  line(line: LiveLine): void;
  person(person: ShownPerson): void;
  languages(languages: Languages): void;
  /** How many listen to the stage. `null`: there is no stage. */
  audience?(audience: ShownAudience | null): void;
  /** All lines and people will come anew. */
  reset(): void;
  /** Everything that was there is here. */
  all(): void;
  connection(connection: Connection): void;
  /** There is a new connection: until all is here, what comes was said before. */
  opened?(): void;
}

const ENDS = ['over', 'ended', 'closed', 'gaveWay', 'stopped'] as const;
const AGAIN_AFTER_MS = 3_000;
const SILENT_FOR_MS = 40_000; // the server sends something every 15 s
const LOOK_EVERY_MS = 5_000;

/**
 * The events of a meeting, over one connection at a time, which is opened again until the server says that it is the last. What the
 * page's own address asks for, such as an overlay's key, its connections ask for too.
 */
export class Stream {
  readonly #reader: Reader;
  readonly #comesBackAfter: readonly End[];
  #source: EventSource | undefined;
  #language: string | undefined;
  #lastId = ''; // of what is here, in this language
  #heardMs = 0;
  #isOver = false;

  /** @param comesBackAfter - ends after which this page tries again, as nobody is there to load it anew */
  constructor(reader: Reader, comesBackAfter: readonly End[] = []) {
    this.#reader = reader;
    this.#comesBackAfter = comesBackAfter;
    // A connection can be gone without anybody telling the browser: after a sleep, or where there is no network any more.
    setInterval(() => {
      if (this.#source && Date.now() - this.#heardMs > SILENT_FOR_MS) this.#openAgain();
    }, LOOK_EVERY_MS);
    window.addEventListener('online', () => {
      if (this.#source?.readyState !== EventSource.OPEN) this.#openAgain();
    });
  }

  /** @param language - to read: `spoken`, or a language; missing: the one that the reader chose in Discord */
  open(language: string | undefined): void {
    if (this.#isOver) return;
    if (language !== this.#language) this.#lastId = '';
    this.#language = language;
    this.#source?.close();
    this.#heardMs = Date.now();
    this.#source = this.#listen(new EventSource(this.#address()));
  }

  #address(): string {
    const query = new URLSearchParams(location.search);
    if (this.#language !== undefined) query.set('in', this.#language);
    if (this.#lastId !== '') query.set('after', this.#lastId);
    return `${location.pathname}/lines?${query}`;
  }

  #listen(source: EventSource): EventSource {
    const on = (name: string, take: (data: string) => void) => {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        if (source !== this.#source) return; // it was replaced
        this.#heardMs = Date.now();
        this.#lastId = event.lastEventId || this.#lastId;
        take(event.data);
      });
    };
    const reader = this.#reader;
    on('line', (data) => reader.line(JSON.parse(data)));
    on('person', (data) => reader.person(JSON.parse(data)));
    on('audience', (data) => reader.audience?.(JSON.parse(data)));
    on('languages', (data) => reader.languages(JSON.parse(data)));
    on('reset', () => reader.reset());
    on('all', () => reader.all());
    on('beat', () => {});
    on('lost', () => reader.connection('lost'));
    on('back', () => reader.connection('live'));
    for (const end of ENDS) on(end, () => this.#end(end));
    source.addEventListener('open', () => {
      this.#heardMs = Date.now();
      reader.opened?.();
      reader.connection('live');
    });
    source.addEventListener('error', () => {
      if (source !== this.#source) return;
      reader.connection('lost');
      // While it is connecting again, the browser does so alone. It gives up where there is another answer than lines.
      if (source.readyState === EventSource.CLOSED) this.#askLater();
    });
    return source;
  }

  #end(end: End): void {
    if (this.#comesBackAfter.includes(end)) {
      this.#source?.close();
      this.#reader.connection('lost');
      this.#askLater();
    } else this.#endForGood(end);
  }

  #endForGood(end: End): void {
    this.#isOver = true;
    this.#source?.close();
    this.#source = undefined;
    this.#reader.connection(end);
  }

  #openAgain(): void {
    this.#reader.connection('lost');
    this.open(this.#language);
  }

  #askLater(): void {
    this.#source = undefined;
    setTimeout(() => this.#ask(), AGAIN_AFTER_MS * (1 + Math.random()));
  }

  /** Connects again unless there is nothing to see any more, as a proxy may answer for a process that is restarted. */
  async #ask(): Promise<void> {
    if (this.#source || this.#isOver) return;
    const asking = new AbortController();
    const status = await fetch(this.#address(), { cache: 'no-store', signal: asking.signal }).then(
      (answer) => answer.status,
      () => 0,
    );
    asking.abort(); // the answer has no end
    if (this.#source || this.#isOver) return;
    if (status === 200) this.open(this.#language);
    else if (status === 404) this.#endForGood('stopped');
    else this.#askLater();
  }
}

/** Whether nothing more comes. */
export function isLast(connection: Connection): connection is End {
  return ENDS.some((end) => end === connection);
}
