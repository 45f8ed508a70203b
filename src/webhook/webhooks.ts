import { randomUUID } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { lookUpPublic, PrivateAddressError, refusePrivateLiteral } from './public-address.ts';
import { signatureOf } from './signature.ts';

const DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000]; // a receiver that restarts, and one that is being mended
const ATTEMPT_LIMIT_MS = 10_000;
const LAST_CHANCE_MS = 5_000; // when the process goes down

/** Where a server wants its minutes sent on to. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

export interface WebhooksOptions {
  readonly log: Log;
  readonly allowPrivate: boolean; // hosts of private networks, and plain http
  readonly delaysMs?: readonly number[]; // before each further attempt
  readonly attemptLimitMs?: number;
}

/** Sends minutes on, in the background. Disposing gives what is under way some seconds, then gives it up. */
export class Webhooks implements AsyncDisposable {
  readonly #log: Log;
  readonly #allowPrivate: boolean;
  readonly #delaysMs: readonly number[];
  readonly #attemptLimitMs: number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #over = new AbortController();

  constructor({ log, allowPrivate, delaysMs = DELAYS_MS, attemptLimitMs = ATTEMPT_LIMIT_MS }: WebhooksOptions) {
    this.#log = log;
    this.#allowPrivate = allowPrivate;
    this.#delaysMs = delaysMs;
    this.#attemptLimitMs = attemptLimitMs;
  }

  /** Returns at once. @param body - JSON */
  send(webhook: Webhook, body: string): void {
    const sending = this.#send(webhook, body).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async #send({ url, secret }: Webhook, body: string): Promise<void> {
    const delivery = randomUUID(); // the same in every attempt, so that a receiver knows what it has
    const { host } = new URL(url); // the rest of an address may be a secret
    for (const waitMs of [0, ...this.#delaysMs]) {
      try {
        await delay(waitMs, undefined, { signal: this.#over.signal });
        const status = await this.#attempt(new URL(url), secret, delivery, body);
        if (status >= 200 && status < 300) return;
        this.#log.warn({ host, delivery, status }, 'A webhook did not take the minutes');
        if (!isPassing(status)) return;
      } catch (error) {
        if (this.#over.signal.aborted) break;
        this.#log.warn({ host, delivery, reason: reasonOf(error) }, 'A webhook could not be reached');
        if (error instanceof PrivateAddressError) return;
      }
    }
    this.#log.warn({ host, delivery }, 'Minutes were not sent on: the webhook did not take them');
  }

  /** @returns the status it was answered with. Redirects are not followed: they could lead anywhere. */
  async #attempt(url: URL, secret: string, delivery: string, body: string): Promise<number> {
    if (!this.#allowPrivate) refusePrivateLiteral(url);
    const isPlain = url.protocol === 'http:';
    if (isPlain && !this.#allowPrivate) throw new PrivateAddressError();
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const request = (isPlain ? requestHttp : requestHttps)(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Parley',
        'x-parley-delivery': delivery,
        'x-parley-signature': signatureOf(body, secret, new Date()),
      },
      signal: AbortSignal.any([this.#over.signal, AbortSignal.timeout(this.#attemptLimitMs)]),
      agent: false, // a connection of its own, looked up as it is made
      ...(!this.#allowPrivate && { lookup: lookUpPublic }),
    });
    request.on('response', (response) => {
      response.destroy(); // nobody reads what it says
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end(body);
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const limit = setTimeout(() => this.#over.abort(), LAST_CHANCE_MS);
    await Promise.all(this.#underWay);
    clearTimeout(limit);
  }
}

/** Trouble of the receiver's that time may mend; what it refuses it would refuse again. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
