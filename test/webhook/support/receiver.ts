import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Delivery {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a receiver does with a delivery that it has read: a status, an end of the connection, or no answer for now. */
export type Answer = number | 'cut' | 'silence';

export interface Receiver {
  readonly port: number;
  readonly url: string;
  readonly deliveries: readonly Delivery[]; // all that came whole, repeated ones included
  readonly connections: number; // opened so far
  /** Resolves when so many deliveries have come. */
  until(count: number): Promise<void>;
}

/** A receiver on loopback that answers like this in turn, then with 204. */
export async function receiver(...answers: Answer[]): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const waiting = new Map<() => void, number>();
  let connections = 0;
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    deliveries.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
    const answer = answers.shift() ?? 204;
    if (answer === 'cut') incoming.socket.destroy();
    else if (answer !== 'silence')
      response.writeHead(answer, { location: 'http://127.0.0.1:1/elsewhere' }).end(answer === 204 ? undefined : 'no');
    for (const [resolve, count] of waiting) if (deliveries.length >= count) resolve();
  });
  server.on('connection', () => {
    connections += 1;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // the server listens on a port, not on a pipe
  return {
    port,
    url: `http://127.0.0.1:${port}/hook?key=hush`,
    deliveries,
    get connections() {
      return connections;
    },
    until: (count) =>
      new Promise((resolve) => {
        if (deliveries.length >= count) resolve();
        else waiting.set(resolve, count);
      }),
  };
}
