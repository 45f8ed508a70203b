import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { DEFAULT_LIMITS, type Limits } from '../../../src/palabra/limits.ts';
import { openSocket } from '../../../src/palabra/sockets/socket.ts';

const TOKEN = 'token/of one+socket';
const never = new AbortController().signal;

/** A service on loopback; `refuse` answers upgrades instead of taking them. */
async function service(refuse?: (request: IncomingMessage, response: ServerResponse) => void) {
  const http = createServer((request, response) => refuse?.(request, response));
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  const upgrades: IncomingMessage[] = [];
  const peers: WebSocket[] = [];
  // Without a listener, Node hands upgrades to the one above, as plain requests.
  if (!refuse)
    http.on('upgrade', (request, socket, head) => {
      upgrades.push(request);
      sockets.handleUpgrade(request, socket, head, (peer) => peers.push(peer));
    });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo; // a TCP server has no other kind of address
  const address = new URL(`ws://127.0.0.1:${port}/stream`);
  address.searchParams.set('token', TOKEN);
  const closed = Promise.withResolvers<number>();
  return {
    address,
    upgrades,
    peers,
    closed: closed.promise,
    open: (limits: Partial<Limits> = {}) =>
      openSocket(address, { message: () => {}, closed: closed.resolve }, { ...DEFAULT_LIMITS, ...limits }, never),
    async [Symbol.asyncDispose]() {
      for (const peer of peers) peer.terminate();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

describe.concurrent('a socket to the recogniser', () => {
  it('is pinged, and lives as long as it answers', async () => {
    await using there = await service();
    const socket = await there.open({ pingMs: 100, deadMs: 500 });
    for (let pings = 0; pings < 6; pings++) await once(there.peers[0] as WebSocket, 'ping'); // it has connected
    expect(socket.isOpen).toBe(true);
    await socket.close();
    expect(await there.closed).toBe(1000);
  });

  it('is ended when nothing has come from it for so long that it must be dead', async () => {
    await using there = await service();
    const socket = await there.open({ pingMs: 20, deadMs: 60 });
    there.peers[0]?.pause();
    expect(await there.closed).toBe(1006);
    expect(socket.isOpen).toBe(false);
  });

  it('is closed with 1000, and ended when no answer comes in time', async () => {
    await using there = await service();
    const socket = await there.open({ closeMs: 50 });
    there.peers[0]?.pause();
    await socket.close();
    expect(await there.closed).toBe(1006); // no close frame came back
  });

  it('is opened without compression', async () => {
    await using there = await service();
    await (await there.open()).close();
    expect(there.upgrades[0]?.headers['sec-websocket-extensions']).toBeUndefined();
  });

  it('does not follow a redirect, which would take the token elsewhere', async () => {
    await using other = await service();
    await using there = await service((_, response) => {
      response.writeHead(307, { location: other.address.href }).end();
    });
    await expect(there.open()).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining('307') });
    expect(other.upgrades).toEqual([]);
  });

  it('quotes a long refusal in short, and without the token', async () => {
    await using there = await service((_, response) => {
      response.writeHead(400).end(`${TOKEN} ${encodeURIComponent(TOKEN)} is bad. ${'Blah '.repeat(200_000)}`);
    });
    const error = await there.open().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'bad-request', message: expect.stringContaining('… … is bad. Blah') });
    expect(String(error).length).toBeLessThan(700);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('token/of');
  });
});
