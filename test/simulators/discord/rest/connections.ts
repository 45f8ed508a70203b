import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Notes since when each connection to a server has been open. */
export function connectionTimes(http: Server): (request: IncomingMessage) => number {
  const sinceMs = new WeakMap<Socket, number>();
  http.on('connection', (socket) => sinceMs.set(socket, Date.now()));
  return ({ socket }) => sinceMs.get(socket) ?? Date.now();
}
