import { BlockList, isIP, isIPv4 } from 'node:net';

/** A reverse proxy on this machine connects for everybody. */
export const LOOPBACK = ['127.0.0.0/8', '::1'];

/** @param address - as `plain` gives it */
export function isWithin(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** @throws {TypeError | RangeError} when an item is neither an address nor a network like `10.0.0.0/8` */
export function networks(items: readonly string[]): BlockList {
  const list = new BlockList();
  for (const item of items) {
    const [address = '', bits, ...rest] = item.split('/');
    const kind = isIPv4(address) ? 'ipv4' : 'ipv6';
    const width = kind === 'ipv4' ? 32 : 128;
    const isNumber = bits === undefined || /^\d{1,3}$/.test(bits);
    if (isIP(address) === 0 || rest.length > 0 || !isNumber) throw new TypeError(`${item} is no address`);
    list.addSubnet(address, bits === undefined ? width : Number(bits), kind);
  }
  return list;
}

/** The address without its zone, and as IPv4 where the system wraps IPv4 in IPv6. */
export function plain(address: string): string {
  const bare = address.split('%')[0] ?? address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
}

/** The network of one customer of a provider: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':').toLowerCase();
}
