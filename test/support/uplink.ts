import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const OVERHEAD = 1.05; // headers of IP, TCP and TLS around full packets
const MOST_WAITING = 256 * 1024; // bytes of one connection that wait here, as in a router: the rest stays with the sender
const TICK_MS = 5;

interface Waiting {
  readonly bytes: Buffer;
  readonly from: Socket;
  readonly to: Socket;
}

/** A narrow way to a server on loopback: everything that is sent shares so many bits a second. Answers come at once. */
export class Uplink implements AsyncDisposable {
  /** Where the server listens. To be set before anybody connects. */
  target = new URL('ws://127.0.0.1:0');
  readonly #server: Server;
  readonly #bytesPerMs: number;
  readonly #waiting: Waiting[] = []; // oldest first
  readonly #waitingOf = new Map<Socket, number>(); // bytes
  readonly #sockets = new Set<Socket>();
  #allowance = 0; // bytes
  #asOfMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(server: Server, bitsPerS: number) {
    this.#server = server;
    this.#bytesPerMs = bitsPerS / 8 / 1000 / OVERHEAD;
    server.on('connection', (socket) => this.#connected(socket));
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo; // of a server on a port
    return `ws://127.0.0.1:${port}`;
  }

  #connected(from: Socket): void {
    const to = connect(Number(this.target.port), this.target.hostname);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    to.pipe(from);
    from.on('data', (bytes) => this.#queue({ bytes, from, to }));
    from.on('end', () => to.end());
  }

  #queue(waiting: Waiting): void {
    this.#waiting.push(waiting);
    const bytes = (this.#waitingOf.get(waiting.from) ?? 0) + waiting.bytes.length;
    this.#waitingOf.set(waiting.from, bytes);
    if (bytes > MOST_WAITING) waiting.from.pause();
    if (this.#timer === undefined) {
      this.#asOfMs = performance.now();
      this.#timer = setInterval(() => this.#pass(), TICK_MS);
    }
  }

  #pass(): void {
    const nowMs = performance.now();
    this.#allowance += (nowMs - this.#asOfMs) * this.#bytesPerMs;
    this.#asOfMs = nowMs;
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || next.bytes.length > this.#allowance) break;
      this.#waiting.shift();
      this.#allowance -= next.bytes.length;
      const left = (this.#waitingOf.get(next.from) ?? 0) - next.bytes.length;
      this.#waitingOf.set(next.from, left);
      if (left <= MOST_WAITING / 2) next.from.resume();
      next.to.write(next.bytes);
    }
    if (this.#waiting.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#allowance = 0; // what was not used is gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Opens an uplink on a free port of 127.0.0.1. */
export async function openUplink(bitsPerS: number): Promise<Uplink> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new Uplink(server, bitsPerS);
}
