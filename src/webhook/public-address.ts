import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Where a server on the operator's own network may be: whoever may set a webhook must not reach it through the bot. */
const PRIVATE = { 4: new BlockList(), 6: new BlockList() }; // apart, as a list takes IPv4 for a kind of IPv6
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carriers' own
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: clouds tell machines their secrets there
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE[4].addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 96], // unspecified, loopback, IPv4 in old clothes
  ['::ffff:0:0', 96], // IPv4 in new ones
  ['64:ff9b::', 16], // IPv4 behind a translator
  ['2002::', 16], // IPv4 in a tunnel
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE[6].addSubnet(network, bits, 'ipv6');
}

/** The webhook's address is one that it must not reach. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  constructor() {
    super('Cannot send the minutes on: the address is in a private network');
  }
}

export function isPrivate(address: string): boolean {
  const family = isIP(address);
  if (family === 6) return PRIVATE[6].check(address, 'ipv6');
  return family === 0 || PRIVATE[4].check(address, 'ipv4');
}

/**
 * Looks a host up for `node:http`, which connects to what it is given here: a name cannot answer one thing to a check and
 * another to the connection. Any private address among the answers spoils them all.
 */
export const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }).then(
    (found) => {
      const [first] = found;
      if (!first || found.some(({ address }) => isPrivate(address))) callback(new PrivateAddressError(), '', 0);
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    },
    (error: unknown) => callback(error instanceof Error ? error : new Error('Cannot look a host up'), '', 0),
  );
};

/** Of an address that is no name nobody is asked. @throws {PrivateAddressError} */
export function refusePrivateLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivate(host)) throw new PrivateAddressError();
}
