import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server of this machine that can be cut: connections break, and no new ones come through, until it is mended. */
export async function cuttable(port: number) {
  const sockets = new Set<Socket>();
  const answering = new Set<Socket>(); // those of the server
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
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
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    cut();
    server.close();
  });
  const { port: own } = server.address() as AddressInfo; // it listens
  return {
    port: own,
    cut,
    mend: () => {
      isCut = false;
    },
    /** Nothing comes over the connections of now any more, and nobody is told so. */
    silence: () => {
      for (const socket of answering) socket.unpipe().pause();
    },
  };
}
