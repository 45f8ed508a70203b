import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { isPrivate } from '../../src/webhook/public-address.ts';
import { Webhooks, type WebhooksOptions } from '../../src/webhook/webhooks.ts';

interface Delivery {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver on loopback that answers with these statuses in turn, then with 204; 0: never. */
async function receiver(...statuses: number[]) {
  const deliveries: Delivery[] = [];
  const server = createServer((incoming, response) => void take(incoming, response));
  async function take(incoming: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    deliveries.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
    const status = statuses.shift() ?? 204;
    if (status !== 0) response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return { port, url: `http://127.0.0.1:${port}/hook?key=hush`, deliveries };
}

function sender(parts: Partial<WebhooksOptions> = {}) {
  const lines: string[] = [];
  const warn = (...words: unknown[]) => void lines.push(JSON.stringify(words));
  const log = { ...quiet, warn };
  const webhooks = new Webhooks({ log, allowPrivate: true, delaysMs: [1, 1, 1], ...parts });
  return { webhooks, lines };
}

const BODY = '{"event":"meeting.ended","text":"会議 🎉"}';
const secret = 'whsec_1';

describe('a webhook', () => {
  it('is sent the minutes, signed with the time under its secret', async () => {
    const { url, deliveries } = await receiver();
    const { webhooks } = sender();
    webhooks.send({ url, secret }, BODY);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(1);
    const [delivery] = deliveries;
    expect(delivery?.body).toBe(BODY);
    expect(delivery?.headers['content-type']).toBe('application/json; charset=utf-8');
    const [, time = '', signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(`${delivery?.headers['x-parley-signature']}`) ?? [];
    expect(Math.abs(Number(time) - Date.now() / 1_000)).toBeLessThan(60);
    expect(signature).toBe(createHmac('sha256', secret).update(`${time}.${BODY}`).digest('hex'));
  });

  it('is tried again while it is in trouble, under the same delivery', async () => {
    const { url, deliveries } = await receiver(500, 429, 503);
    const { webhooks } = sender();
    webhooks.send({ url, secret }, BODY);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(4);
    expect(new Set(deliveries.map(({ headers }) => headers['x-parley-delivery'])).size).toBe(1);
  });

  it.each([400, 401, 404, 410])('that answers %s is not asked again', async (status) => {
    const { url, deliveries } = await receiver(status);
    const { webhooks, lines } = sender();
    webhooks.send({ url, secret }, BODY);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });

  it('is not followed to where it redirects', async () => {
    const { url, deliveries } = await receiver(307);
    const { webhooks } = sender();
    webhooks.send({ url, secret }, BODY);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(1);
  });

  it('that hangs is given up and tried again', async () => {
    const { url, deliveries } = await receiver(0);
    const { webhooks } = sender({ attemptLimitMs: 50 });
    webhooks.send({ url, secret }, BODY);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(2);
  });

  it('does not hold the process up for longer than some seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { url, deliveries } = await receiver(0);
    const { webhooks, lines } = sender({ attemptLimitMs: 60_000 });
    webhooks.send({ url, secret }, BODY);
    await vi.waitFor(() => expect(deliveries).toHaveLength(1));
    const disposed = webhooks[Symbol.asyncDispose]();
    await vi.advanceTimersByTimeAsync(5_000);
    await disposed;
    expect(lines.join()).toContain('were not sent on');
  });

  it('is told of in the log by its host only', async () => {
    const { url } = await receiver(400);
    const { webhooks, lines } = sender();
    webhooks.send({ url, secret }, BODY);
    await webhooks[Symbol.asyncDispose]();
    expect(lines.join()).toContain('127.0.0.1');
    expect(lines.join()).not.toMatch(/hush|whsec|hook\?|会議/);
  });
});

describe('a webhook in a private network', () => {
  it.each([
    ['an address', (port: number) => `https://127.0.0.1:${port}/`],
    ['an address in IPv6', (port: number) => `https://[::1]:${port}/`],
    ['an address in another notation', (port: number) => `https://0x7f.1:${port}/`],
    ['a name', (port: number) => `https://localhost:${port}/`],
    ['plain http', (port: number) => `http://localhost:${port}/`],
  ])('is refused by default, given as %s', async (_, urlOf) => {
    const { port, deliveries } = await receiver();
    const { webhooks, lines } = sender({ allowPrivate: false });
    webhooks.send({ url: urlOf(port), secret }, BODY);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toEqual([]);
    expect(lines).toHaveLength(1); // and not tried again
    expect(lines[0]).toContain('PrivateAddressError');
  });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      '::ffff:10.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
      'ff02::1',
    ],
    'no address',
  ])('is known by %s', (address) => {
    expect(isPrivate(address)).toBe(true);
  });

  it.each(['1.1.1.1', '172.32.0.1', '192.169.0.1', '2606:4700:4700::1111', '11.0.0.1'])('is not %s', (address) => {
    expect(isPrivate(address)).toBe(false);
  });
});
