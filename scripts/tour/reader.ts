import { Agent, type IncomingMessage, request } from 'node:http';

const NEVER_MS = 8_000;

/** The first answer of a page. If it is a stream, it continues until `leave`. */
export interface Opened {
  readonly status: number; // 0: no answer, or the connection was refused
  readonly headers: IncomingMessage['headers'];
  readonly text: () => string; // the text received so far
  readonly ended: Promise<void>;
  leave(): void;
}

interface Asking {
  readonly withinMs?: number; // the limit for the beginning of an answer
  readonly method?: string;
  readonly from?: string; // the local address to connect from: all of 127.0.0.0/8 is loopback
  readonly cookie?: string;
}

/** Requests a page over a new connection. */
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

/** A browser that opens a link: it stores the cookie and follows the redirect to the address without the key. */
export class Reader {
  readonly page: Opened;
  readonly address: string; // the final address of the page in the browser
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

  /** Requests the stream of lines, which continues while the page is open. */
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
