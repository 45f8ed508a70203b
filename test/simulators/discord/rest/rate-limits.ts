import { createHash } from 'node:crypto';
import type { Json } from '../world/events.ts';
import { type Caller, GlobalLimits } from './global-limits.ts';
import type { Limit, Route } from './route.ts';

const HOUR_MS = 3_600_000;

interface Window {
  used: number;
  readonly endsAtMs: number;
}

export interface SharedLimit {
  readonly key: string;
  readonly limit: Limit;
}

export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** Set when the request comes too early. */
  readonly refusal?: Json;
}

function seconds(ms: number): string {
  return (Math.ceil(Math.max(0, ms)) / 1_000).toFixed(3);
}

/** Counts requests in windows that begin with their first request, as Discord does. */
export class RateLimits {
  readonly #windows = new Map<string, Window>();
  readonly global = new GlobalLimits();
  readonly #nextId: () => string;
  readonly #limitsAddresses: boolean;
  readonly #leaps: { readonly beforeId: bigint; readonly byMs: number }[] = [];
  /** How many requests were answered with 429. */
  refused = 0;
  /** How many edits of messages older than an hour were. */
  refusedAsOld = 0;
  /** What Discord takes of these in a channel. How much that is it tells nowhere: a guess. */
  oldEdits: Limit = { count: 3, perMs: 30_000 };

  /**
   * @param nextId - ids that grow: what has a smaller one was made before
   * @param options.limitsAddresses - whether the global limit holds for requests without a token, too
   */
  constructor(nextId: () => string, options: { readonly limitsAddresses: boolean }) {
    this.#nextId = nextId;
    this.#limitsAddresses = options.limitsAddresses;
  }

  /** All messages that are there grow older by so much. */
  age(byMs: number): void {
    this.#leaps.push({ beforeId: BigInt(this.#nextId()), byMs });
  }

  /** An edit of a message; nothing when it is young enough, or may be edited all the same. */
  judgeEdit(message: { readonly id: string; readonly createdAtMs: number }, channelId: string): Verdict | undefined {
    const leapt = this.#leaps.filter(({ beforeId }) => BigInt(message.id) < beforeId);
    const ageMs = Date.now() - message.createdAtMs + leapt.reduce((sum, { byMs }) => sum + byMs, 0);
    if (ageMs < HOUR_MS) return undefined;
    const window = this.#window(`old edits in ${channelId}`, this.oldEdits);
    if (window.used < this.oldEdits.count) {
      window.used += 1;
      return undefined;
    }
    this.refusedAsOld += 1;
    const retryAfter = seconds(window.endsAtMs - Date.now());
    return {
      headers: { 'Retry-After': String(Math.ceil(Number(retryAfter))), 'X-RateLimit-Scope': 'user' },
      refusal: {
        message: 'Maximum number of edits to messages older than 1 hour reached. Try again later.',
        code: 30_046,
        retry_after: Number(retryAfter),
        global: false,
      },
    };
  }

  /**
   * @param caller - who is counted in the limit over all routes
   * @param shared - a limit over several buckets, which no header tells of
   * @param major - the id that has a bucket of its own: channel, guild or webhook with token
   */
  judge(route: Route, major: string, caller: Caller, shared?: SharedLimit): Verdict {
    const isGlobal = caller === 'token' ? route.limit !== undefined : this.#limitsAddresses;
    const waitMs = isGlobal ? this.global.waitMs(caller) : undefined;
    if (waitMs !== undefined) return this.#refuse(waitMs, {}, 'global');
    if (route.limit === undefined) {
      if (isGlobal) this.global.accept(caller);
      return { headers: {} };
    }
    const bucket = createHash('sha1')
      .update(`${route.method} ${route.pattern.join('/')}`)
      .digest('hex')
      .slice(0, 32);
    const window = this.#window(`${bucket}:${major}`, route.limit);
    const sharedWindow = shared && this.#window(shared.key, shared.limit);
    const isFull = window.used >= route.limit.count;
    const isSharedFull = shared !== undefined && (sharedWindow?.used ?? 0) >= shared.limit.count;
    if (!isFull && !isSharedFull) {
      if (sharedWindow !== undefined) sharedWindow.used += 1;
      window.used += 1;
      if (isGlobal) this.global.accept(caller);
    }
    const headers = {
      'X-RateLimit-Limit': String(route.limit.count),
      'X-RateLimit-Remaining': String(route.limit.count - window.used),
      'X-RateLimit-Reset': seconds(window.endsAtMs),
      'X-RateLimit-Reset-After': seconds(window.endsAtMs - Date.now()),
      'X-RateLimit-Bucket': bucket,
    };
    if (isSharedFull && sharedWindow !== undefined && !isFull)
      return this.#refuse(sharedWindow.endsAtMs - Date.now(), headers, 'shared');
    return isFull ? this.#refuse(window.endsAtMs - Date.now(), headers, 'user') : { headers };
  }

  #window(key: string, limit: Limit): Window {
    const now = Date.now();
    const current = this.#windows.get(key);
    if (current !== undefined && current.endsAtMs > now) return current;
    const fresh = { used: 0, endsAtMs: now + limit.perMs };
    this.#windows.set(key, fresh);
    return fresh;
  }

  #refuse(waitMs: number, headers: Readonly<Record<string, string>>, scope: 'user' | 'global' | 'shared'): Verdict {
    this.refused += 1;
    const retryAfter = seconds(waitMs);
    const isGlobal = scope === 'global';
    return {
      headers: {
        ...headers,
        'Retry-After': String(Math.ceil(Number(retryAfter))),
        'X-RateLimit-Scope': scope,
        ...(isGlobal ? { 'X-RateLimit-Global': 'true' } : {}),
      },
      refusal: { message: 'You are being rate limited.', retry_after: Number(retryAfter), global: isGlobal },
    };
  }
}
