import { type BlockList, isIP } from 'node:net';
import type { Next } from 'hono';
import { isWithin, LOOPBACK, networkOf, networks, plain } from './networks.ts';
import { later } from './problem.ts';
import { FOR_PROGRAMS } from './secured.ts';
import type { PageContext } from './server.ts';

const NEEDS_KEY = /^\/(?:live\/|overlay\/|meetings|sign-|api\/|mcp$)/;
const AT_ONCE = 30; // a member reloads an old link some times
const ONE_MORE_EVERY_MS = 2_000;
const MOST_NETWORKS = 10_000; // a megabyte

const TOO_MANY = later('too-many-requests', 'Too many keys that open nothing came from this address', 10_000);

/** How many wrong keys an address has used lately. */
interface Tally {
  count: number;
  countedMs: number; // when `count` was true
}

/**
 * Lets an address that has asked with many wrong keys wait before it asks for pages again.
 *
 * Nobody guesses a key of 256 bits. But where several processes share the links, each wrong one is a query to the database.
 */
export class WrongKeys {
  readonly #trusted: BlockList;
  readonly #nowMs: () => number;
  readonly #tallies = new Map<string, Tally>(); // by network; the one that was counted longest ago first

  /** @param proxies - addresses and networks whose word is taken for who asks, besides this machine */
  constructor(proxies: readonly string[] = [], nowMs = () => performance.now()) {
    this.#trusted = networks([...LOOPBACK, ...proxies]);
    this.#nowMs = nowMs;
  }

  /**
   * Refuses (429) an address with too many wrong keys, and counts each page with a key that opens nothing, or that is not found
   * (404). Whoever has a right key may ask for what is not there.
   */
  async guard(context: PageContext, next: Next): Promise<Response | undefined> {
    const { req, env } = context;
    const hasKey =
      ['cookie', 'authorization'].some((name) => req.header(name) !== undefined) || req.query('key') !== undefined;
    if (!hasKey || !NEEDS_KEY.test(req.path)) {
      await next();
      return undefined;
    }
    const address = this.#askerOf(env.outgoing?.req.socket.remoteAddress, req.header('x-forwarded-for'));
    if (address !== undefined && this.isTooMany(address)) {
      if (FOR_PROGRAMS.test(req.path)) return TOO_MANY.toResponse();
      return context.body(null, 429, { 'Retry-After': '10' });
    }
    await next();
    const isWrong = env.key === 'wrong' || (env.key === undefined && context.res.status === 404);
    if (address !== undefined && isWrong) this.countWrongKey(address);
    return undefined;
  }

  /** @param address - of whoever asks, as it is written */
  isTooMany(address: string): boolean {
    const tally = this.#tallies.get(networkOf(address));
    return tally !== undefined && this.#countOf(tally) > AT_ONCE - 1;
  }

  countWrongKey(address: string): void {
    const network = networkOf(address);
    const before = this.#tallies.get(network);
    this.#tallies.delete(network); // to be the newest
    const [oldest] = this.#tallies.keys();
    if (oldest !== undefined && this.#tallies.size >= MOST_NETWORKS) this.#tallies.delete(oldest);
    this.#tallies.set(network, { count: (before ? this.#countOf(before) : 0) + 1, countedMs: this.#nowMs() });
  }

  #countOf({ count, countedMs }: Tally): number {
    return Math.max(0, count - (this.#nowMs() - countedMs) / ONE_MORE_EVERY_MS);
  }

  /**
   * The address that asks. A proxy that we trust adds at the end of `X-Forwarded-For` who asked it; what stands before may be
   * invented. Everybody else's header counts for nothing.
   *
   * @returns `undefined` where only a proxy is known, which asks for many people
   */
  #askerOf(remoteAddress: string | undefined, forwarded = ''): string | undefined {
    const way = [...forwarded.split(',').map((item) => plain(item.trim())), plain(remoteAddress ?? '')];
    for (const address of way.reverse()) {
      if (isIP(address) === 0) return undefined;
      if (!isWithin(this.#trusted, address)) return address;
    }
    return undefined;
  }
}
