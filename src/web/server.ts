import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { Log } from '../core/log.ts';
import { ConnectionCount, mostConnections } from './connections.ts';

/** What comes with a request. */
interface Request {
  readonly outgoing?: ServerResponse; // the response that is being sent; missing in tests that ask a page without a server
  /** Whether what the browser showed opens anything; set by whoever has looked it up. */
  key?: 'right' | 'wrong';
}

export type Pages = Hono<{ Bindings: Request }>;

export type PageContext = Context<Pages extends Hono<infer Env> ? Env : never>;

/** Where pages are served, and to how many at once. */
export interface ServerOptions {
  readonly host: string;
  readonly port: number; // 0: any free one
  readonly setting: string; // the variable that the port comes from, for the log
  readonly proxies?: readonly string[]; // addresses and networks that connect for many people
  readonly ownAddresses?: readonly string[]; // this machine's own, which connect for many; default: all of loopback
  readonly livePages?: number; // that may be open at once; missing: 500
  readonly mostConnections?: number;
  readonly mostPerAddress?: number;
  readonly patience?: Patience;
}

/** How long a connection may take to send a request. */
interface Patience {
  readonly headersMs: number; // until its head is complete
  readonly requestMs: number; // until all of it is there
  readonly checkMs: number; // how often these limits are checked
}

const PATIENCE: Patience = { headersMs: 10_000, requestMs: 15_000, checkMs: 5_000 };
const LIVE_PAGES = 500;
const KEEP_ALIVE_MS = 5_000; // between two requests of one connection
const MOST_REQUESTS = 1_000; // on one connection
const SILENCE_MS = 60_000; // without a byte in either direction: live pages send a sign of life more often
const COMPLAIN_EVERY_MS = 60_000;

/**
 * Serves pages until disposed. When the port is taken there are no pages, and the log says so; the bot runs on.
 *
 * Somebody who connects without asking, or opens more connections than one address may, is cut off, so that the bot
 * never runs out of files.
 */
export async function serve(
  app: Pages,
  options: ServerOptions,
  log: Log,
): Promise<AsyncDisposable & { readonly port?: number }> {
  const server = openServer(app, options.patience ?? PATIENCE);
  limit(server, options, log);
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  server.once('error', (error) => {
    const advice = `Set ${options.setting} to a free port, or to 0`;
    log.warn({ err: error }, `Cannot serve pages: port ${options.port} of ${options.host} cannot be used. ${advice}`);
    resolve(undefined);
  });
  server.listen(options.port, options.host, () => {
    const address = server.address();
    resolve(typeof address === 'object' ? address?.port : undefined);
  });
  const bound = await promise;
  return {
    ...(bound !== undefined && { port: bound }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => {
        server.close(() => done());
      });
    },
  };
}

function openServer(app: Pages, { headersMs, requestMs, checkMs }: Patience): Server {
  const listener = getRequestListener(app.fetch, {
    errorHandler: (error) =>
      new Response(null, { status: error instanceof RequestError ? 400 : 500, headers: { ...BARE } }),
  });
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    listener,
  );
  server.maxRequestsPerSocket = MOST_REQUESTS;
  server.timeout = SILENCE_MS;
  server.on('clientError', refuse);
  return server;
}

function limit(server: Server, options: ServerOptions, log: Log): void {
  const count = new ConnectionCount(options.proxies, options.mostPerAddress, options.ownAddresses);
  server.maxConnections = options.mostConnections ?? mostConnections(options.livePages ?? LIVE_PAGES);
  let complainedAtMs = Number.NEGATIVE_INFINITY;
  const complain = (why: string) => {
    if (performance.now() - complainedAtMs < COMPLAIN_EVERY_MS) return;
    complainedAtMs = performance.now();
    log.warn({ port: options.port }, `Connections to the pages are refused: ${why}`);
  };
  server.on('drop', () => complain(`all ${server.maxConnections} are in use`));
  server.on('connection', (socket) => {
    if (count.admit(socket)) return;
    complain('one address has too many');
    socket.destroy();
  });
}

const BARE = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/** Answers an invalid request without reading any further. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  // An answer cannot begin in the middle of another.
  if (!socket.writable || socket.bytesWritten > 0 || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request';
  const headers = Object.entries({ ...BARE, Connection: 'close', 'Content-Length': '0' });
  socket.write(`HTTP/1.1 ${status}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  socket.destroySoon();
}
