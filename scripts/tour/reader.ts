import { Agent, type IncomingMessage, request } from 'node:http';

const NEVER_MS = 8_000;

/** What a page answered first; its stream, if it is one, goes on until `leave`. */
export interface Opened {
  readonly status: number; // 0: nothing came, or the connection was refused
  readonly headers: IncomingMessage['headers'];
  readonly text: () => string; // that came so far
  readonly ended: Promise<void>;
  leave(): void;
}

interface Asking {
  readonly withinMs?: number; // for the first word of an answer
  readonly method?: string;
  readonly from?: string; // an address of ours: 127.0.0.0/8 is all loopback
  readonly cookie?: string;
}

/** Asks for a page, over a connection of its own. */
async function ask(
  url: string,
  { method = 'GET', from = '127.0.0.1', cookie, withinMs = NEVER_MS }: Asking = {},
): Promise<Opened> {
  const answered = Promise.withResolvers<Opened>();
  const ended = Promise.withResolvers<void>();
  let text = '';
  const asked = request(url, {
    method,
    localAddress: from,
    agent: new Agent({ keepAlive: false }),
    headers: cookie === undefined ? {} : { cookie },
  });
  const leave = () => {
    asked.destroy();
  };
  const none = { status: 0, headers: {}, text: () => text, ended: ended.promise, leave };
  const timer = setTimeout(() => answered.resolve(none), withinMs);
  asked.on('error', () => {
    ended.resolve();
    answered.resolve(none);
  });
  asked.on('response', (response) => {
    response.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
    for (const event of ['end', 'close', 'error'] as const) response.on(event, () => ended.resolve());
    answered.resolve({ ...none, status: response.statusCode ?? 0, headers: response.headers });
  });
  asked.end();
  const opened = await answered.promise;
  clearTimeout(timer);
  return opened;
}

/** A browser that opened somebody's link: it follows to the bare address with what it was given there. */
export class Reader {
  readonly page: Opened;
  readonly address: string; // of the page, as it stands in the browser at last
  readonly #cookie: string | undefined;
  readonly #search: string;
  readonly from: string;

  constructor(page: Opened, address: URL, from: string, cookie: string | undefined) {
    this.page = page;
    this.address = address.href;
    this.from = from;
    this.#search = address.search;
    this.#cookie = cookie;
  }

  static async open(link: string, from = '127.0.0.1'): Promise<Reader> {
    const first = await ask(link, { from });
    const cookie = first.headers['set-cookie']?.map((line) => line.split(';')[0]).join('; ');
    const { location } = first.headers;
    if (location === undefined) return new Reader(first, new URL(link), from, cookie);
    const to = new URL(location, link);
    const page = await ask(to.href, { from, ...(cookie !== undefined && { cookie }) });
    return new Reader(page, to, from, cookie);
  }

  /** Asks for the lines, which come for as long as the page is open. */
  async lines(method = 'GET', from = this.from, withinMs = NEVER_MS): Promise<Opened> {
    const { pathname, origin } = new URL(this.address);
    return await ask(`${origin}${pathname.replace(/\/$/, '')}/lines${this.#search}`, {
      ...this.#asking(method, from),
      withinMs,
    });
  }

  async again(method = 'GET', from = this.from): Promise<Opened> {
    return await ask(this.address, this.#asking(method, from));
  }

  get isBare(): boolean {
    return this.#search === '';
  }

  #asking(method: string, from: string): Asking {
    return { method, from, ...(this.#cookie !== undefined && { cookie: this.#cookie }) };
  }
}
