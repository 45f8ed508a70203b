import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { REST, type RESTOptions } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendWhole } from '../../../../src/discord/gateway/requests/whole-body.ts';

/** A client of a Discord that reads only the head of a request. */
async function beforeWhoNeverReads(makeRequest: RESTOptions['makeRequest']) {
  const server = createServer((request) => request.pause());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return new REST({ api: `http://127.0.0.1:${port}/api`, retries: 0, makeRequest }).setToken('x');
}

const files = Array.from({ length: 10 }, (_, n) => ({ name: `${n}.bin`, data: Buffer.alloc(2_000_000) }));

describe('an upload that is aborted in the middle', () => {
  it('rejects for its caller, and nowhere else', async () => {
    const loose: unknown[] = [];
    const note = (error: unknown) => loose.push(error);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const rest = await beforeWhoNeverReads(sendWhole);
    for (let turns = 0; turns < 30; turns += 1) {
      const stop = new AbortController();
      const asked = rest.post('/channels/1/messages', { files, body: { content: 'x' }, signal: stop.signal });
      const failed = expect(asked).rejects.toMatchObject({ name: 'AbortError' });
      for (let turn = 0; turn < turns; turn += 1) await nextTurn();
      stop.abort();
      await failed;
    }
    for (let turn = 0; turn < 100; turn += 1) await nextTurn();
    expect(loose).toEqual([]);
  });
});
