import type { LookupAddress, LookupOptions } from 'node:dns';
import { describe, expect, it, vi } from 'vitest';
import {
  isPublicAddress,
  PrivateAddressError,
  publicAmong,
  refusePrivateLiteral,
} from '../../src/webhook/public-address.ts';

describe('an address of the internet at large', () => {
  it.each(['8.8.8.8', '1.0.0.1', '172.15.255.255', '172.32.0.0', '223.255.255.255', '2001:4860:4860::8888', '2606::1'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '::1'],
    ['somebody’s own network', '10.1.2.3'],
    ['somebody’s own network', '172.16.0.1'],
    ['somebody’s own network', '192.168.1.1'],
    ['somebody’s own network', 'fd00::1'],
    ['where clouds tell their secrets', '169.254.169.254'],
    ['this link', 'fe80::1'],
    ['many at once', '224.0.0.1'],
    ['many at once', 'ff02::1'],
    ['documentation', '2001:db8::1'],
    ['a tunnel', '2002:7f00:1::1'],
    ['IPv4 as IPv6', '::ffff:8.8.8.8'],
    ['with a zone', '2606::1%eth0'],
    ['a name', 'example.com'],
    ['nothing', ''],
  ])('is not %s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the look-up of a host', () => {
  const lookUp = vi.fn<(host: string, options: object) => Promise<LookupAddress[]>>(); // no name is asked for outside
  const answer = (...addresses: readonly string[]) =>
    lookUp.mockResolvedValue(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  const ask = (options: LookupOptions = {}) =>
    new Promise((resolve, reject) => {
      publicAmong(lookUp)('example.com', options, (error, address, family) =>
        error ? reject(error) : resolve(options.all ? address : { address, family }),
      );
    });

  it('answers the first of addresses that are all public', async () => {
    answer('8.8.8.8', '2606::1');
    expect(await ask()).toEqual({ address: '8.8.8.8', family: 4 });
  });

  it('answers all of them where all are asked for', async () => {
    answer('8.8.8.8', '2606::1');
    expect(await ask({ all: true })).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606::1', family: 6 },
    ]);
  });

  it('asks for all of them, also where one is enough, and as the caller wants it otherwise', async () => {
    answer('8.8.8.8');
    await ask({ family: 4 });
    expect(lookUp).toHaveBeenCalledWith('example.com', { family: 4, all: true });
  });

  it.each([
    ['one of them is not public', ['8.8.8.8', '127.0.0.1']],
    ['the first of them is not public', ['10.0.0.1', '8.8.8.8']],
    ['there is none', []],
  ])('is refused where %s', async (_, addresses) => {
    answer(...addresses);
    await expect(ask()).rejects.toThrow(PrivateAddressError);
    await expect(ask({ all: true })).rejects.toThrow(PrivateAddressError);
  });

  it.each([
    ['with its error', new Error('ENOTFOUND'), 'ENOTFOUND'],
    ['with an error also where it gives none', 'no error', 'Cannot look the host up'],
  ])('fails as the system does, %s', async (_, failure, message) => {
    lookUp.mockImplementation(() => Promise.reject(failure));
    await expect(ask()).rejects.toThrow(message);
  });
});

describe('an address in the place of a name', () => {
  it.each(['https://127.0.0.1/', 'https://[::1]:8443/', 'https://[fd00::1]/', 'https://2130706433/'])(
    'is refused where it is not public: %s',
    (url) => {
      expect(() => refusePrivateLiteral(new URL(url))).toThrow(PrivateAddressError);
    },
  );

  it.each(['https://8.8.8.8/', 'https://[2606::1]/', 'https://example.com/', 'https://localhost/'])(
    'is not refused where it is public, or a name that is looked up later: %s',
    (url) => {
      expect(() => refusePrivateLiteral(new URL(url))).not.toThrow();
    },
  );
});
