import { readFileSync } from 'node:fs';
import { BlockList, isIP, isIPv4 } from 'node:net';

const MOST = 1_000; // connections that are open at once
const MOST_PER_ADDRESS = 50;
const LOOPBACK = ['127.0.0.0/8', '::1']; // a reverse proxy on this machine connects for everybody
const SHARE_OF_FILES = 4; // connections may take one in four of the files that the process may hold open

/**
 * How many connections may be open at once: a thousand, and never more than a quarter of the files that the process may
 * hold open.
 *
 * Discord, the voice servers and the recogniser need files, too. Without this limit, somebody who opens connections and
 * sends only half a request on each could use up all files, and nobody would be heard.
 */
export function mostConnections(openFiles = openFilesAllowed()): number {
  return Math.max(1, Math.min(MOST, Math.floor(openFiles / SHARE_OF_FILES)));
}

/** Linux says how many. Other systems do not, but their usual limits are high. */
function openFilesAllowed(): number {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The part of a socket that counting needs. */
interface Connection {
  readonly remoteAddress?: string | undefined;
  once(event: 'close', listener: () => void): unknown;
}

/** Counts the connections of each address, and says when an address has too many. */
export class ConnectionCount {
  readonly #trusted: BlockList;
  readonly #mostPerAddress: number;
  readonly #counts = new Map<string, number>();

  /** @param proxies - addresses and networks that connect for many people, besides `ownAddresses` */
  constructor(
    proxies: readonly string[] = [],
    mostPerAddress = MOST_PER_ADDRESS,
    ownAddresses: readonly string[] = LOOPBACK,
  ) {
    this.#trusted = networks([...ownAddresses, ...proxies]);
    this.#mostPerAddress = mostPerAddress;
  }

  /** Counts a connection until it closes. @returns whether it may stay */
  admit(socket: Connection): boolean {
    const address = plain(socket.remoteAddress ?? '');
    if (isIP(address) === 0) return false; // it closed before we looked
    if (this.#trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')) return true;
    const network = networkOf(address);
    const count = this.#counts.get(network) ?? 0;
    if (count >= this.#mostPerAddress) return false;
    this.#counts.set(network, count + 1);
    socket.once('close', () => this.#forget(network));
    return true;
  }

  #forget(network: string): void {
    const left = (this.#counts.get(network) ?? 1) - 1;
    if (left > 0) this.#counts.set(network, left);
    else this.#counts.delete(network);
  }
}

/** @throws {TypeError | RangeError} when an item is neither an address nor a network like `10.0.0.0/8` */
function networks(items: readonly string[]): BlockList {
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
function plain(address: string): string {
  const bare = address.split('%')[0] ?? address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
}

/** The network of one customer of a provider: an IPv4 address, or the first 64 bits of an IPv6 address. */
function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':').toLowerCase();
}
