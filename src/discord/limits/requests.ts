import type { RESTOptions } from 'discord.js';
import type { DiscordMetrics } from '../../core/ports/metrics.ts';
import type { Importance, LimitedBy, SharedLimits } from '../../core/ports/shared-limits.ts';
import { importanceNow } from '../messages/importance.ts';
import { Gate, type GateReport } from './gate.ts';
import { isAnswer, isMessage, routeOf } from './route.ts';

type MakeRequest = RESTOptions['makeRequest'];
type Response = Awaited<ReturnType<MakeRequest>>;

/** The requests of all gateway sessions of this process, kept within the limits that it shares with other processes. */
export class SharedRequests {
  readonly #limits: SharedLimits;
  readonly #metrics: DiscordMetrics;
  readonly #gates: Readonly<Record<LimitedBy, Gate>>;

  constructor(limits: SharedLimits, metrics: DiscordMetrics) {
    this.#limits = limits;
    this.#metrics = metrics;
    this.#gates = { token: new Gate('token', limits), address: new Gate('address', limits) };
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
  readonly through = (send: MakeRequest): MakeRequest => {
    return async (url, init) => {
      const of = limitedBy(init.headers);
      const route = routeOf(init.method ?? 'GET', url);
      // People wait for the answer to a command, three seconds at most: it counts, but it does not wait.
      if (isAnswer(route)) void this.#limits.takeRequest(of, 'must go');
      else await this.#awaitTurn(of, route, init.signal ?? undefined);
      const response = await send(url, init);
      await this.#learnFrom(route, of, response);
      return response;
    };
  };

  async #awaitTurn(of: LimitedBy, route: string, signal: AbortSignal | undefined): Promise<void> {
    const importance = importanceNow();
    const sinceMs = performance.now();
    try {
      await this.#gates[of].pass(importance, signal);
    } finally {
      this.#metrics.waited(classOf(importance, route), performance.now() - sinceMs);
    }
  }

  /** Discord refuses one request for all: then no process sends another for a while. */
  async #learnFrom(route: string, of: LimitedBy, { status, headers }: Response): Promise<void> {
    this.#metrics.answered(route, status, headers.get('x-ratelimit-scope') ?? undefined);
    const seconds = Number(headers.get('retry-after'));
    if (status === 429 && headers.has('x-ratelimit-global') && seconds > 0)
      await this.#limits.blockRequests(of, seconds * 1_000);
  }
}

function classOf(importance: Importance, route: string): Parameters<DiscordMetrics['waited']>[0] {
  if (importance === 'may wait') return 'edit';
  return isMessage(route) ? 'final' : 'other';
}

function limitedBy(headers: unknown): LimitedBy {
  const names = headers instanceof Headers ? headers : new Headers(headers as Record<string, string>); // as REST makes them
  return names.has('authorization') ? 'token' : 'address';
}
