import { readFileSync } from 'node:fs';
import { BlockList, isIP, isIPv4 } from 'node:net';

const MOST = 1_000; // connections that stand at once
const MOST_OF_ONE = 50; // of them, from one address
const LOOPBACK = ['127.0.0.0/8', '::1']; // a reverse proxy on this machine speaks for everybody
const SHARE_OF_FILES = 4; // one in so many of the files that the process may hold open

/**
 * How many connections may stand at once: a thousand, and never more than a quarter of the files that this process may hold open.
 *
 * Discord, the voice servers and the recogniser need files, too. Without the bound, half a request for each file that is left
 * keeps everybody from being heard.
 */
export function mostConnections(openFiles = openFilesAllowed()): number {
  return Math.max(1, Math.min(MOST, Math.floor(openFiles / SHARE_OF_FILES)));
}

/** As Linux says it; elsewhere nobody tells, and the usual limits are high. */
function openFilesAllowed(): number {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** What counting takes of a socket. */
interface Connection {
  readonly remoteAddress?: string | undefined;
  once(event: 'close', listener: () => void): unknown;
}

/** Counts the connections of each address, and says when one has enough. */
export class ConnectionCount {
  readonly #trusted: BlockList;
  readonly #mostOfOne: number;
  readonly #counts = new Map<string, number>();

  /** @param proxies - addresses and networks that speak for many people, besides those of `ours` */
  constructor(proxies: readonly string[] = [], mostOfOne = MOST_OF_ONE, ours: readonly string[] = LOOPBACK) {
    this.#trusted = networks([...ours, ...proxies]);
    this.#mostOfOne = mostOfOne;
  }

  /** Counts a connection until it closes. @returns whether it may stay */
  admit(socket: Connection): boolean {
    const address = plain(socket.remoteAddress ?? '');
    if (isIP(address) === 0) return false; // gone before we looked
    if (this.#trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')) return true;
    const network = networkOf(address);
    const count = this.#counts.get(network) ?? 0;
    if (count >= this.#mostOfOne) return false;
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

/** @throws {TypeError | RangeError} when one of them is neither an address nor a network like `10.0.0.0/8` */
function networks(ofThem: readonly string[]): BlockList {
  const list = new BlockList();
  for (const one of ofThem) {
    const [address = '', bits, ...rest] = one.split('/');
    const kind = isIPv4(address) ? 'ipv4' : 'ipv6';
    const width = kind === 'ipv4' ? 32 : 128;
    const isNumber = bits === undefined || /^\d{1,3}$/.test(bits);
    if (isIP(address) === 0 || rest.length > 0 || !isNumber) throw new TypeError(`${one} is no address`);
    list.addSubnet(address, bits === undefined ? width : Number(bits), kind);
  }
  return list;
}

/** Without a zone, and IPv4 as such, also where the system hands it over as IPv6. */
function plain(address: string): string {
  const bare = address.split('%')[0] ?? address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
}

/** What one customer of a provider has: an IPv4 address, or 64 bits of an IPv6 address. */
function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':').toLowerCase();
}
