import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { agentInContact } from '../../../../src/discord/gateway/requests/agent-in-contact.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that reads and does not answer. */
async function silentServer() {
  const server = createServer();
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    nextSocket: once(server, 'connection').then(([socket]) => socket as Socket),
  };
}

describe.each(['http', 'https'])('connections for requests by %s', (protocol) => {
  it('are reset when contact is lost, so that nothing of what was sent arrives later', async () => {
    const { port, nextSocket } = await silentServer();
    const contact = new AbortController();
    const agent = agentInContact(() => contact.signal);
    const answer = request(`${protocol}://127.0.0.1:${port}`, { dispatcher: agent }).catch((error: unknown) => error);
    const socket = await nextSocket;
    await once(socket, 'data'); // of the request, or of TLS
    const end = Promise.withResolvers<unknown>();
    socket.once('end', () => end.resolve('an ordinary end')).once('error', end.resolve);
    contact.abort();
    expect(await end.promise).toMatchObject({ code: 'ECONNRESET' });
    expect(await answer).toBeInstanceOf(Error);
    await agent.destroy();
  });
});
