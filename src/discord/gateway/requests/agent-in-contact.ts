import type { Socket } from 'node:net';
import { connect as connectSocket } from 'node:net';
import { Agent, buildConnector } from 'undici';

const HTTPS_PORT = 443;

/**
 * Connections for requests that are reset when contact is lost.
 *
 * A request that was sent into a network that loses everything stays with the system, which sends it again and again, also
 * when nobody waits for the answer any more: it would arrive when the network is back. A reset connection sends nothing.
 *
 * @param contact - aborts when contact is lost; asked for each connection
 */
export function agentInContact(contact: () => AbortSignal): Agent {
  const connect = buildConnector({});
  return new Agent({
    connect(options, callback) {
      // Only the connection below TLS can be reset.
      if (options.protocol === 'https:') {
        const { hostname, port } = options;
        const socket = connectSocket({ host: hostname, port: Number(port) || HTTPS_PORT, keepAlive: true });
        resetWithout(contact(), socket);
        const { promise, resolve, reject } = Promise.withResolvers<Socket>();
        socket.once('close', () => reject(new Error('The connection was closed before it was secure')));
        connect({ ...options, httpSocket: socket }, (error, secure) => (error ? reject(error) : resolve(secure)));
        promise.then(
          (secure) => callback(null, secure),
          (error: Error) => callback(error, null),
        );
        return;
      }
      connect(options, (error, socket) => {
        if (socket) resetWithout(contact(), socket);
        if (error) callback(error, null);
        else callback(null, socket);
      });
    },
  });
}

function resetWithout(contact: AbortSignal, socket: Socket): void {
  const reset = () => void socket.resetAndDestroy();
  if (contact.aborted) reset();
  contact.addEventListener('abort', reset, { once: true });
  socket.once('close', () => contact.removeEventListener('abort', reset));
}
