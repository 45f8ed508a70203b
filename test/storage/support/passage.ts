import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A passage to a server that can be blocked: connections are refused, or everything on them is swallowed for a while. */
export class Passage implements AsyncDisposable {
  readonly #to: URL;
  readonly #port: number;
  #server: Server;
  #isSwallowing = false;
  readonly #sockets = new Set<Socket>();

  constructor(to: URL, server: Server) {
    this.#to = to;
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port; // what a server on a port has
    server.on('connection', (socket) => this.#carry(socket));
  }

  /** The server's address, through this passage. */
  get url(): string {
    const url = new URL(this.#to);
    url.host = `127.0.0.1:${this.#port}`;
    return url.href;
  }

  /** Cuts all connections and refuses new ones. */
  async refuse(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  /** Nothing comes through any more, and nobody is told. What is on its way comes through at the end. */
  swallow(): void {
    this.#isSwallowing = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** Everything comes through again. */
  async open(): Promise<void> {
    this.#isSwallowing = false;
    for (const socket of this.#sockets) socket.resume();
    if (this.#server.listening) return;
    this.#server = createServer((socket) => this.#carry(socket));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.refuse();
  }

  #carry(client: Socket): void {
    const server = connect(Number(this.#to.port), this.#to.hostname);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one.on('data', (data) => other.write(data));
      one.on('end', () => other.end());
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      if (this.#isSwallowing) one.pause();
    }
  }
}

/** Opens a passage to the server at `url`, on a free port of 127.0.0.1. */
export async function openPassage(url: string): Promise<Passage> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new Passage(new URL(url), server);
}
