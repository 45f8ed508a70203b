import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to servers that leave the choice to them: such a server may begin before the port is used. */
const LOWEST = 12_000;
const COUNT = 18_000;

/** A port of this machine that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * COUNT);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
