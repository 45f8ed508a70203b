import type { RESTOptions } from 'discord.js';
import type { LimitedBy, SharedLimits } from '../../core/ports/shared-limits.ts';
import { importanceNow } from '../messages/importance.ts';
import { Gate, type GateReport } from './gate.ts';

type MakeRequest = RESTOptions['makeRequest'];

/** Requests that Discord counts against an address: with too many of them it takes none for an hour. */
const INVALID: readonly number[] = [401, 403, 429];

/** Requests of all clients of this process, kept within the limits that it shares with others. */
export class LimitedRequests {
  readonly #limits: SharedLimits;
  readonly #gates: Readonly<Record<LimitedBy, Gate>>;
  #invalid = 0;

  constructor(limits: SharedLimits) {
    this.#limits = limits;
    this.#gates = { token: new Gate('token', limits), address: new Gate('address', limits) };
  }

  /** How many requests Discord has refused so far that count as invalid. */
  get invalid(): number {
    return this.#invalid;
  }

  /** What happened at the gates since the last report: the worse of both. */
  takeReport(): GateReport {
    const [token, address] = [this.#gates.token.takeReport(), this.#gates.address.takeReport()];
    return {
      granted: token.granted + address.granted,
      crowdedOut: token.crowdedOut + address.crowdedOut,
      longestWaitMs: Math.max(token.longestWaitMs, address.longestWaitMs),
      free: Math.min(token.free, address.free),
    };
  }

  /** A `makeRequest` for REST clients of discord.js that sends a request when it is its turn. */
  through(send: MakeRequest): MakeRequest {
    return async (url, init) => {
      const of = limitedBy(init.headers);
      // People wait for the answer to a command, three seconds at most; it counts, but it does not wait.
      if (isAnswer(url)) void this.#limits.takeRequest(of, 'must go');
      else await this.#gates[of].pass(importanceNow(), init.signal ?? undefined);
      const response = await send(url, init);
      if (INVALID.includes(response.status)) await this.#noteInvalid(of, response);
      return response;
    };
  }

  async #noteInvalid(of: LimitedBy, { status, headers }: Awaited<ReturnType<MakeRequest>>): Promise<void> {
    if (headers.get('x-ratelimit-scope') === 'shared') return; // others are to blame: Discord does not count it
    this.#invalid += 1;
    const seconds = Number(headers.get('retry-after'));
    if (status === 429 && headers.has('x-ratelimit-global') && seconds > 0)
      await this.#limits.blockRequests(of, seconds * 1_000);
  }
}

function limitedBy(headers: unknown): LimitedBy {
  const names = headers instanceof Headers ? headers : new Headers(headers as Record<string, string>); // as REST makes them
  return names.has('authorization') ? 'token' : 'address';
}

function isAnswer(url: string): boolean {
  return /\/interactions\/\d+\/[^/]+\/callback(?:$|\?)/.test(url);
}
