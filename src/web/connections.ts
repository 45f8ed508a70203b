import { readFileSync } from 'node:fs';
import { type BlockList, isIP } from 'node:net';
import { isWithin, LOOPBACK, networkOf, networks, plain } from './networks.ts';

const BESIDE_PAGES = 500; // connections besides those of live pages: browsers hold some, and probes and strangers come and go
const MOST_PER_ADDRESS = 50;
const SHARE_OF_FILES = 4; // connections may take one in four of the files that the process may hold open

/**
 * How many connections may be open at once: one for each live page and 500 others, and never more than a quarter of the files
 * that the process may hold open.
 *
 * Discord, the voice servers and the recogniser need files, too. Without this limit, somebody who opens connections and
 * sends only half a request on each could use up all files, and nobody would be heard.
 */
export function mostConnections(livePages: number, openFiles = openFilesAllowed()): number {
  return Math.max(1, Math.min(livePages + BESIDE_PAGES, Math.floor(openFiles / SHARE_OF_FILES)));
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
    if (isWithin(this.#trusted, address)) return true;
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
