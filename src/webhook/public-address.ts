import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * The public IPv6 addresses. Whoever may set a webhook must not reach the operator's own network through the bot, so an
 * address is refused unless it is in this list: a range that nobody thought of stays closed.
 */
const GLOBAL_IPV6 = new BlockList();
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6'); // all that IANA has assigned as global unicast

/** Exceptions within it and within IPv4: all of IANA's special-purpose registries, and multicast. */
const SPECIAL = { 4: new BlockList(), 6: new BlockList() }; // two lists, as one list would treat IPv4 as a kind of IPv6
for (const [network, bits] of [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // networks of carriers
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local: clouds give machines their secrets there
  ['172.16.0.0', 12],
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // multicast tunnels
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
] as const) {
  SPECIAL[4].addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['2001::', 23], // protocol assignments: Teredo and other tunnels, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // IPv4 in a tunnel
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation
] as const) {
  SPECIAL[6].addSubnet(network, bits, 'ipv6');
}

/** The webhook's address is one that the bot must not reach. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  constructor() {
    super('Cannot send the minutes to the webhook: its address is not public');
  }
}

/** Whether this is a public address, in a notation that `net.isIP` knows. One with a zone is this machine's own. */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false;
  switch (isIP(address)) {
    case 4:
      return !SPECIAL[4].check(address, 'ipv4');
    case 6:
      return GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL[6].check(address, 'ipv6');
    default:
      return false;
  }
}

/** As `lookup` of `node:dns/promises`. */
type LookUp = (hostname: string, options: LookupAllOptions) => Promise<LookupAddress[]>;

/**
 * Looks a host up for `node:http`, which connects to the address that it gets here: a name cannot resolve to one
 * address for a check and to another for the connection. One address that is not public makes the whole answer count as
 * private.
 */
export const lookUpPublic: LookupFunction = publicAmong(lookup);

/** @param lookUp - what the system knows of a name */
export function publicAmong(lookUp: LookUp): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }).then(
      (found) => {
        const [first] = found;
        if (!first || !found.every(({ address }) => isPublicAddress(address))) {
          callback(new PrivateAddressError(), '', 0);
        } else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error('Cannot look the host up'), '', 0),
    );
  };
}

/** Checks a host that is an address, as it is never looked up. @throws {PrivateAddressError} when it is not public */
export function refusePrivateLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new PrivateAddressError();
}
