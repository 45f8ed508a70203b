import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * A way to a server of this machine that can be cut: connections break, and its port is closed, until it is mended.
 *
 * @param finished - says what to do at the end of the test, as for `served`
 */
export async function cuttable(port: number, finished: (end: () => Promise<void>) => void = onTestFinished) {
  const sockets = new Set<Socket>();
  const answering = new Set<Socket>(); // those of the server
  let serverPort = port;
  const way = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    answering.add(far);
    far.on('close', () => answering.delete(far));
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy()); // whoever reads on the other side learns of it
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const listenAt = async (port: number) => {
    way.listen(port, '127.0.0.1');
    await once(way, 'listening');
    return (way.address() as AddressInfo).port; // it listens
  };
  const cut = async () => {
    const closed = once(way, 'close');
    way.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const own = await listenAt(0);
  finished(async () => {
    if (way.listening) await cut();
  });
  return {
    port: own,
    cut,
    /** @param port - of the server that answers from now on; missing: the one before */
    mend: async (port = serverPort) => {
      serverPort = port;
      await listenAt(own);
    },
    /** Nothing comes over the connections of now any more, and nobody is told so. */
    silence: () => {
      for (const socket of answering) socket.unpipe().pause();
    },
  };
}
