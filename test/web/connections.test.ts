import { describe, expect, it } from 'vitest';
import { ConnectionCount, mostConnections } from '../../src/web/connections.ts';

/** The part of a connection that counting needs, and a way to close it. */
function from(remoteAddress: string) {
  const closed: (() => void)[] = [];
  const socket = {
    remoteAddress,
    once: (_event: 'close', listener: () => void) => closed.push(listener),
  };
  return { socket, close: () => closed.forEach((tell) => void tell()) };
}

describe('networks that connect for many people', () => {
  it.each(['', 'example.com', '10.0.0.0/8/8', '10.0.0.0/x', '10.0.0.0/1x', '10.0.0.0/1234', '10.0.0.0/'])(
    'are none: %j',
    (network) => {
      expect(() => new ConnectionCount([network])).toThrow(TypeError);
    },
  );

  it('are a single address where no width is given', () => {
    const count = new ConnectionCount(['203.0.113.7'], 1);
    for (const expected of [true, true]) expect(count.admit(from('203.0.113.7').socket)).toBe(expected);
    for (const expected of [true, false]) expect(count.admit(from('203.0.113.6').socket)).toBe(expected);
  });
});

describe('an address that is counted', () => {
  it.each([
    ['2001:db8::', '2001:db8::1', false],
    ['::1:0:0:0:1', '::1:0:0:0:2', false],
    ['2001:db8:0:1::1', '2001:db8:0:2::1', true],
    ['1::2:3:4:5:6', '1:0:0:2::9', false],
    ['1:2:3:4:5:6:7::', '1:2:3:4::', false],
  ])('is, of IPv6, its first 64 bits: %s and %s', (one, other, areApart) => {
    const count = new ConnectionCount([], 1, []);
    expect(count.admit(from(one).socket)).toBe(true);
    expect(count.admit(from(other).socket)).toBe(areApart);
  });

  it('is free again when all of its connections have closed, and not sooner', () => {
    const count = new ConnectionCount([], 3);
    const sockets = Array.from({ length: 3 }, () => from('203.0.113.7'));
    for (const { socket } of sockets) count.admit(socket);
    sockets[0]?.close();
    expect(count.admit(from('203.0.113.7').socket)).toBe(true);
    expect(count.admit(from('203.0.113.7').socket)).toBe(false);
    for (const { close } of sockets.slice(1)) close();
    expect(count.admit(from('203.0.113.7').socket)).toBe(true);
  });
});

describe('the connections of one address', () => {
  it('are two at most where two are allowed, and another is let in when one closes', () => {
    const count = new ConnectionCount([], 2);
    const [first, second, third] = [from('203.0.113.7'), from('203.0.113.7'), from('203.0.113.7')];
    expect(count.admit(first.socket)).toBe(true);
    expect(count.admit(second.socket)).toBe(true);
    expect(count.admit(third.socket)).toBe(false);
    expect(count.admit(from('203.0.113.8').socket)).toBe(true);
    first.close();
    expect(count.admit(third.socket)).toBe(true);
  });

  it.each([
    ['IPv4, as the system hands it over', '::ffff:203.0.113.7', '203.0.113.7'],
    ['one customer’s IPv6', '2001:db8:1:2::1', '2001:db8:1:2:ffff::1'],
    ['IPv6 with a zone', 'fe80::1%eth0', 'fe80::2'],
    ['IPv6 that is written out', '2001:db8:0:0:0:0:0:1', '2001:DB8::2'],
  ])('count together: %s', (_what, one, other) => {
    const count = new ConnectionCount([], 1);
    expect(count.admit(from(one).socket)).toBe(true);
    expect(count.admit(from(other).socket)).toBe(false);
  });

  it('are counted separately for two networks', () => {
    const count = new ConnectionCount([], 1);
    expect(count.admit(from('2001:db8:1:2::1').socket)).toBe(true);
    expect(count.admit(from('2001:db8:1:3::1').socket)).toBe(true);
  });

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine, in IPv6', '::1'],
    ['this machine, as the system hands it over', '::ffff:127.0.0.1'],
    ['a network that is listed', '172.18.0.5'],
    ['an address that is listed', '2001:db8::5'],
  ])('are not counted for a proxy: %s', (_what, address) => {
    const count = new ConnectionCount(['172.16.0.0/12', '2001:db8::5'], 1);
    for (let i = 0; i < 3; i++) expect(count.admit(from(address).socket)).toBe(true);
  });

  it('are refused when the address is unknown', () => {
    expect(new ConnectionCount().admit(from('').socket)).toBe(false);
  });
});

describe('all connections together', () => {
  it('are bounded by the files that this process may open, by default', () => {
    expect(mostConnections(500)).toBeGreaterThan(0);
    expect(mostConnections(500)).toBeLessThanOrEqual(1_000);
  });

  it.each([
    [256, 500, 64],
    [1_024, 500, 256],
    [1_048_576, 500, 1_000],
    [1_048_576, 2_000, 2_500],
    [Number.POSITIVE_INFINITY, 500, 1_000],
    [2, 500, 1],
  ])('leave the bot its files: of %d, with %d live pages, they take %d at most', (openFiles, livePages, most) => {
    expect(mostConnections(livePages, openFiles)).toBe(most);
  });
});
