import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Log } from '../core/log.ts';
import { ConnectionCount, mostConnections } from './connections.ts';

/** Pages, and what they can reach of the connection: missing where none is served, as in tests of a single page. */
export type Pages = Hono<{ Bindings: { readonly outgoing?: ServerResponse } }>;

/** Where pages are served, and to how many at once. */
export interface Door {
  readonly host: string;
  readonly port: number; // 0: any free one
  readonly setting: string; // the variable that the port comes from, for the log
  readonly proxies?: readonly string[]; // addresses and networks that speak for many people
  readonly ours?: readonly string[]; // this machine's addresses that speak for many; all of loopback unless told
  readonly mostConnections?: number;
  readonly mostOfOneAddress?: number;
  readonly patience?: Patience;
}

/** How long a connection may take for what. */
interface Patience {
  readonly headersMs: number; // until the head of a request is there
  readonly requestMs: number; // until all of it is
  readonly checkMs: number; // how often that is looked at
}

const PATIENCE: Patience = { headersMs: 10_000, requestMs: 15_000, checkMs: 5_000 };
const KEEP_ALIVE_MS = 5_000; // between two requests of one connection
const MOST_REQUESTS = 1_000; // on one connection
const SILENCE_MS = 60_000; // nothing sent and nothing taken: live pages give a sign of life more often
const COMPLAIN_EVERY_MS = 60_000;

/**
 * Serves pages until disposed. A port that is taken costs the pages, not the bot: that is said in the log.
 *
 * Whoever connects and does not ask, or asks for more than their share, loses the connection, never the bot its files.
 */
export async function serve(app: Pages, door: Door, log: Log): Promise<AsyncDisposable & { readonly port?: number }> {
  const server = openServer(app, door.patience ?? PATIENCE);
  limit(server, door, log);
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  server.once('error', (error) => {
    const advice = `Set ${door.setting} to a free one, or to 0`;
    log.warn({ err: error }, `No pages: port ${door.port} of ${door.host} cannot be used. ${advice}`);
    resolve(undefined);
  });
  server.listen(door.port, door.host, () => {
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

function limit(server: Server, door: Door, log: Log): void {
  const count = new ConnectionCount(door.proxies, door.mostOfOneAddress, door.ours);
  server.maxConnections = door.mostConnections ?? mostConnections();
  let saidAtMs = Number.NEGATIVE_INFINITY;
  const complain = (why: string) => {
    if (performance.now() - saidAtMs < COMPLAIN_EVERY_MS) return;
    saidAtMs = performance.now();
    log.warn({ port: door.port }, `Connections to the pages are refused: ${why}`);
  };
  server.on('drop', () => complain(`there are ${server.maxConnections}`));
  server.on('connection', (socket) => {
    if (count.admit(socket)) return;
    complain('an address has its share');
    socket.destroy();
  });
}

const BARE = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/** Answers what is no request, without reading any further. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  // In the middle of an answer there is no place for another.
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
