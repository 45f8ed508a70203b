import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that has pictures, one for each path. */
export async function pictureServer(answers: Readonly<Record<string, (response: ServerResponse) => void>> = {}) {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const answer = answers[url] ?? image('image/png', 100);
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens
  const base = `http://127.0.0.1:${port}`;
  return { asked, base };
}

/** Answers with a picture of this size. */
export function image(type: string, bytes: number) {
  return (response: ServerResponse) => void response.writeHead(200, { 'content-type': type }).end(Buffer.alloc(bytes));
}
