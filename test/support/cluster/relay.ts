import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP relay on loopback between one process and one server: what takes the network between them away in tests. */
export class Relay implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #isDown = false;

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** @param url - of the server; a port has to be in it */
  static async to(url: string): Promise<Relay> {
    const { hostname, port } = new URL(url);
    const relay = new Relay({ host: hostname, port: Number(port) });
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    return relay;
  }

  get port(): number {
    const { port } = this.#server.address() as AddressInfo; // a TCP server's address is never a string
    return port;
  }

  /** The same address, by way of this relay. */
  through(url: string): string {
    const by = new URL(url);
    by.host = `127.0.0.1:${this.port}`;
    return by.href;
  }

  /** Nothing comes through any more, and nobody is told, as when a cable is pulled. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** Whoever is connected is cut off and told, and whoever connects is refused, as by a server that is down. */
  refuse(): void {
    this.#isDown = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** What was sent meanwhile arrives, as TCP would have it. */
  mend(): void {
    this.#isCut = false;
    this.#isDown = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #accept(near: Socket): void {
    if (this.#isDown) {
      near.destroy();
      return;
    }
    const far = connect(this.#target);
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      this.#sockets.add(one);
      one.setNoDelay();
      one.on('data', (bytes) => other.write(bytes)); // never much: rows and messages
      one.on('end', () => other.end());
      one.on('error', () => other.destroy()); // the other side is told by its closing
      one.once('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      if (this.#isCut) one.pause();
    }
  }
}
