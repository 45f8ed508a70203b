import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serve } from '../contestants/serve.ts';
import type { PagesAddress } from './pages.ts';

const AT_ONCE = 50; // connections that are being opened

export interface Received {
  readonly latenciesMs: readonly number[]; // from when a text was published until it was here
  readonly finals: number;
  readonly ended: number; // connections
}

export type BrowsersCalls = {
  /** Opens a page with each cookie, and resolves when all have what was said before. */
  readonly open: (input: PagesAddress & { readonly isSlow: boolean }) => Promise<void>;
  /** What has come since the last time. */
  readonly received: (input: undefined) => Received;
};

const PUBLISHED = /@([\d.]+)(!?)@/g;
let latenciesMs: number[] = [];
let finals = 0;
let ended = 0;

serve({
  async open({ port, path, cookies, isSlow }) {
    for (let i = 0; i < cookies.length; i += AT_ONCE) {
      await Promise.all(cookies.slice(i, i + AT_ONCE).map((cookie) => openPage(port, path, cookie, isSlow)));
    }
  },
  received() {
    const since = { latenciesMs, finals, ended };
    latenciesMs = [];
    finals = 0;
    ended = 0;
    return since;
  },
} satisfies BrowsersCalls);

/** Reads the bytes of a page as they come: parsing all of a thousand pages would measure this process. */
async function openPage(port: number, path: string, cookie: string, isSlow: boolean): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {}); // counted when it closes
  socket.on('close', () => {
    ended += 1;
  });
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: ${cookie}\r\n\r\n`);
  await caughtUp(socket);
  if (isSlow) socket.pause();
  else socket.on('data', note);
}

function caughtUp(socket: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let text = '';
  const read = (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (!text.includes('event: all')) return;
    socket.off('data', read);
    resolve();
  };
  socket.on('data', read);
  socket.once('close', () => reject(new Error(`A page was refused: ${text.slice(0, 200)}`)));
  return promise;
}

function note(chunk: Buffer): void {
  const nowMs = performance.timeOrigin + performance.now();
  for (const [, atMs, isFinal] of chunk.toString('latin1').matchAll(PUBLISHED)) {
    latenciesMs.push(nowMs - Number(atMs));
    if (isFinal) finals += 1;
  }
}
