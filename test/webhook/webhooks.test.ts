import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { isPublicAddress, lookUpPublic } from '../../src/webhook/public-address.ts';
import { type Delivery as Kept, Webhooks, type WebhooksOptions } from '../../src/webhook/webhooks.ts';
import { receiver } from './support/receiver.ts';

const BODY = '{"event":"meeting.ended","text":"会議 🎉"}';
const secret = 'whsec_1';

/** Sends every meeting's minutes to this address. */
function sender(url: string, parts: Partial<WebhooksOptions> = {}) {
  const lines: string[] = [];
  const warn = (...words: unknown[]) => void lines.push(JSON.stringify(words));
  const log = { ...quiet, warn, info: warn };
  const deliveryOf = async () => ({ webhook: { url, secret }, body: BODY });
  const webhooks = new Webhooks({ log, allowPrivate: true, delaysMs: [1, 1, 1], deliveryOf, ...parts });
  return { webhooks, lines };
}

describe('a webhook', () => {
  it('gets the minutes, signed with the time under its secret', async () => {
    const { url, deliveries } = await receiver();
    const { webhooks } = sender(url);
    webhooks.send('m1', url);
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

  it('is tried again while it is in trouble, with the same delivery id', async () => {
    const { url, deliveries } = await receiver(500, 429, 503);
    const { webhooks } = sender(url);
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(4);
    expect(new Set(deliveries.map(({ headers }) => headers['x-parley-delivery'])).size).toBe(1);
  });

  it.each([400, 401, 404, 410])('is not tried again when it answers %s', async (status) => {
    const { url, deliveries } = await receiver(status);
    const { webhooks, lines } = sender(url);
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });

  it('is not followed to where it redirects', async () => {
    const { url, deliveries } = await receiver(307);
    const { webhooks } = sender(url);
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(1);
  });

  it('is given up and tried again when it hangs', async () => {
    const { url, deliveries } = await receiver('silence');
    const { webhooks } = sender(url, { attemptLimitMs: 50 });
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(2);
  });

  it('delays the end of the process by some seconds at most', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { url, deliveries } = await receiver('silence');
    const { webhooks, lines } = sender(url, { attemptLimitMs: 60_000 });
    webhooks.send('m1', url);
    await vi.waitFor(() => expect(deliveries).toHaveLength(1));
    const disposed = webhooks[Symbol.asyncDispose]();
    await vi.advanceTimersByTimeAsync(5_000);
    await disposed;
    expect(lines.join()).toContain('were not sent to the webhook');
  });

  it('is named in the log by its host only', async () => {
    const { url } = await receiver(400);
    const { webhooks, lines } = sender(url);
    webhooks.send('m1', url);
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
    const { webhooks, lines } = sender(urlOf(port), { allowPrivate: false });
    webhooks.send('m1', urlOf(port));
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toEqual([]);
    expect(lines).toHaveLength(1); // it is not tried again
    expect(lines[0]).toContain('PrivateAddressError');
  });
});

/** The first and the last address of every range of IANA's special-purpose registries, and of multicast. */
const SPECIAL_RANGES = {
  'this network, 0.0.0.0/8': ['0.0.0.0', '0.255.255.255'],
  'private, 10.0.0.0/8': ['10.0.0.0', '10.255.255.255'],
  'shared, 100.64.0.0/10': ['100.64.0.0', '100.127.255.255'],
  'loopback, 127.0.0.0/8': ['127.0.0.0', '127.255.255.255'],
  'link-local, 169.254.0.0/16': ['169.254.0.0', '169.254.169.254', '169.254.255.255'],
  'private, 172.16.0.0/12': ['172.16.0.0', '172.31.255.255'],
  'protocols, 192.0.0.0/24': ['192.0.0.0', '192.0.0.170', '192.0.0.255'],
  'documentation, 192.0.2.0/24': ['192.0.2.0', '192.0.2.255'],
  'AS112, 192.31.196.0/24': ['192.31.196.0', '192.31.196.255'],
  'AMT, 192.52.193.0/24': ['192.52.193.0', '192.52.193.255'],
  '6to4 relays, 192.88.99.0/24': ['192.88.99.0', '192.88.99.255'],
  'private, 192.168.0.0/16': ['192.168.0.0', '192.168.255.255'],
  'AS112, 192.175.48.0/24': ['192.175.48.0', '192.175.48.255'],
  'benchmarks, 198.18.0.0/15': ['198.18.0.0', '198.19.255.255'],
  'documentation, 198.51.100.0/24': ['198.51.100.0', '198.51.100.255'],
  'documentation, 203.0.113.0/24': ['203.0.113.0', '203.0.113.255'],
  'multicast, 224.0.0.0/4': ['224.0.0.0', '239.255.255.255'],
  'reserved, 240.0.0.0/4': ['240.0.0.0', '255.255.255.254'],
  broadcast: ['255.255.255.255'],
  unspecified: ['::'],
  loopback: ['::1'],
  'IPv4-compatible, ::/96': ['::127.0.0.1', '::8.8.8.8'],
  'IPv4-mapped, ::ffff:0:0/96': ['::ffff:0:0', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:ffff:ffff'],
  'IPv4-translated, ::ffff:0:0:0/96': ['::ffff:0:0:0', '::ffff:0:127.0.0.1', '::ffff:0:ffff:ffff'],
  'NAT64, 64:ff9b::/96': ['64:ff9b::', '64:ff9b::10.0.0.1', '64:ff9b::ffff:ffff'],
  'local NAT64, 64:ff9b:1::/48': ['64:ff9b:1::', '64:ff9b:1::7f00:1', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  'discard only, 100::/64': ['100::', '100::ffff:ffff:ffff:ffff'],
  'dummy, 100:0:0:1::/64': ['100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff'],
  'protocols, 2001::/23': ['2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'Teredo, 2001::/32': ['2001::1', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff'],
  'benchmarks, 2001:2::/48': ['2001:2::', '2001:2:0:ffff:ffff:ffff:ffff:ffff'],
  'AMT, 2001:3::/32': ['2001:3::', '2001:3:ffff:ffff:ffff:ffff:ffff:ffff'],
  'AS112, 2001:4:112::/48': ['2001:4:112::', '2001:4:112:ffff:ffff:ffff:ffff:ffff'],
  'ORCHID, 2001:10::/28': ['2001:10::', '2001:1f:ffff:ffff:ffff:ffff:ffff:ffff'],
  'ORCHIDv2, 2001:20::/28': ['2001:20::', '2001:2f:ffff:ffff:ffff:ffff:ffff:ffff'],
  'drones, 2001:30::/28': ['2001:30::', '2001:3f:ffff:ffff:ffff:ffff:ffff:ffff'],
  'documentation, 2001:db8::/32': ['2001:db8::', '2001:DB8:ffff:ffff:ffff:ffff:ffff:ffff'],
  '6to4, 2002::/16': ['2002::', '2002:7f00:1::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'AS112, 2620:4f:8000::/48': ['2620:4f:8000::', '2620:4f:8000:ffff:ffff:ffff:ffff:ffff'],
  'documentation, 3fff::/20': ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'segment routing, 5f00::/16': ['5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'unique local, fc00::/7': ['fc00::', 'fd00::1', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'link-local, fe80::/10': ['fe80::1', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'site-local of old, fec0::/10': ['fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'multicast, ff00::/8': ['ff00::', 'ff02::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  'never given out': ['1::1', '400::1', '1fff::1', '4000::1', '8000::1', 'f000::1'],
};

describe('an address that a webhook may be sent to', () => {
  it.each(Object.entries(SPECIAL_RANGES))('is none of the range %s', (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it.each([
    ...['1.1.1.1', '9.255.255.255', '11.0.0.1', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0'],
    ...['169.253.255.255', '172.15.255.255', '172.32.0.1', '192.0.1.1', '192.167.255.255', '192.169.0.1'],
    ...['198.17.255.255', '198.20.0.0', '223.255.255.255'],
    ...['2000::1', '2001:200::1', '2001:4860:4860::8888', '2001:db7::1', '2001:DB9::1', '2003::1'],
    ...['2606:4700:4700::1111', '2620:4f:8001::1', '3ffe:ffff::1', '3fff:1000::1'],
  ])('may be %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...['no address', '', '127.1', '0x7f.0.0.1', '0177.0.0.1', '2130706433', '1.1.1.1.', '1.1.1', '1.1.1.1/8'],
    ...['[2606:4700::1]', '2606:4700::1%eth0', 'fe80::1%1', '１.１.１.１'],
  ])('is not written as “%s”', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a webhook’s host', () => {
  it.each([
    ['octal', '0177.0.0.1'],
    ['hexadecimal', '0x7f000001'],
    ['one number', '2130706433'],
    ['short', '127.1'],
    ['a trailing dot', '127.0.0.1.'],
    ['wide digits', '１２７.０.０.１'],
    ['percent signs', '%31%32%37.0.0.1'],
    ['IPv4 in IPv6', '[::ffff:127.0.0.1]'],
    ['IPv4 in IPv6, in hexadecimal', '[::FFFF:7F00:1]'],
    ['IPv6 in full', '[0:0:0:0:0:0:0:1]'],
    ['a name with a dot at its end', 'localhost.'],
    ['a name in capitals', 'LOCALHOST'],
    ['a name below localhost', 'hooks.localhost'],
  ])('on this machine is refused in another notation: %s', async (_, host) => {
    const { port, deliveries } = await receiver();
    const url = new URL(`https://${host}:${port}/`).href; // as the settings keep it
    const { webhooks, lines } = sender(url, { allowPrivate: false });
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toEqual([]);
    // Some resolvers know no name below localhost: that is safe, too.
    expect(lines[0]).toMatch(/PrivateAddressError|ENOTFOUND|EAI_AGAIN/);
  });

  it('is looked up when the connection is made, and every address has to be public', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    lookUpPublic('localhost', { all: true }, (error) => resolve(error));
    expect(await promise).toMatchObject({ name: 'PrivateAddressError' });
  });

  it('is not asked when its address holds a password, which earlier versions allowed', async () => {
    const { port, deliveries } = await receiver();
    for (const url of [`http://:hush@127.0.0.1:${port}/`, `http://me@127.0.0.1:${port}/`]) {
      const { webhooks, lines } = sender(url);
      webhooks.send('m1', url);
      await webhooks[Symbol.asyncDispose]();
      expect(lines.join()).toContain('a name or a password');
      expect(lines.join()).not.toMatch(/hush|me@/);
    }
    expect(deliveries).toEqual([]);
  });
});

describe('a delivery that is tried again', () => {
  /** Makes the meeting's body at each attempt. */
  function keeping(url: string, ...kept: readonly (Kept | undefined)[]) {
    let attempt = 0;
    return sender(url, { deliveryOf: async () => kept[attempt++] });
  }
  const of = (url: string, body: string): Kept => ({ webhook: { url, secret }, body });

  it('is made anew, without words that were erased meanwhile', async () => {
    const { url, deliveries } = await receiver(503);
    const { webhooks } = keeping(url, of(url, '{"said":"by Ana and Ben"}'), of(url, '{"said":"by Ben"}'));
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries.map(({ body }) => body)).toEqual(['{"said":"by Ana and Ben"}', '{"said":"by Ben"}']);
  });

  it('ends when the meeting was erased', async () => {
    const { url, deliveries } = await receiver(503);
    const { webhooks } = keeping(url, of(url, '{}'), undefined, of(url, '{}'));
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(1);
  });

  it('ends when the server has another webhook by then', async () => {
    const { url, deliveries } = await receiver(503);
    const other = await receiver();
    const { webhooks } = keeping(url, of(url, '{}'), of(other.url, '{}'));
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(1);
    expect(other.deliveries).toEqual([]);
  });

  it('waits for a database that does not answer', async () => {
    const { url, deliveries } = await receiver();
    let attempts = 0;
    const { webhooks } = sender(url, {
      deliveryOf: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('nothing answers there');
        return of(url, '{}');
      },
    });
    webhooks.send('m1', url);
    await webhooks[Symbol.asyncDispose]();
    expect(deliveries).toHaveLength(1);
  });

  it('has the same id after a restart, and another one for another meeting or receiver', async () => {
    const [one, other] = [await receiver(), await receiver()];
    for (const [meetingId, url] of [
      ['m1', one.url],
      ['m1', one.url],
      ['m2', one.url],
      ['m1', other.url],
    ] as const) {
      const { webhooks } = sender(url);
      webhooks.send(meetingId, url);
      await webhooks[Symbol.asyncDispose]();
    }
    const ids = [...one.deliveries, ...other.deliveries].map(({ headers }) => headers['x-parley-delivery']);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    expect(ids.join()).not.toMatch(/m1|hush|127\.0/);
  });
});
