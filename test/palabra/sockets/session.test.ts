import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SttError } from '../../../src/core/errors.ts';
import { openSession } from '../../../src/palabra/sockets/session.ts';

describe('a session', () => {
  it('is given up when its answer has no end', async () => {
    let sentBytes = 0;
    const server = createServer((_request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024))) sentBytes += 64 * 1024;
      };
      response.on('drain', more);
      more();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // what a server on a port has
    const credentials = { clientId: 'a', clientSecret: 'b' };
    const signal = new AbortController().signal;
    const error = await openSession(`http://127.0.0.1:${port}`, credentials, { restMs: 2_000 }, signal).catch(
      (caught: unknown) => caught,
    );
    server.closeAllConnections();
    server.close();
    expect(error).toBeInstanceOf(SttError);
    expect(error).toMatchObject({ code: 'service-unavailable', message: expect.stringMatching(/holds no token/u) });
    expect(sentBytes).toBeLessThan(32 * 1024 * 1024);
  });
});
