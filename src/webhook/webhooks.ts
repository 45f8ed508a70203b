import { createHash } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { MeetingId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import { lookUpPublic, PrivateAddressError, refusePrivateLiteral } from './public-address.ts';
import { signatureOf } from './signature.ts';

const DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000]; // a receiver that restarts, and one that is being mended
const ATTEMPT_LIMIT_MS = 10_000;
const LAST_CHANCE_MS = 5_000; // when the process goes down

/** Where a server wants its minutes sent on to. */
interface Webhook {
  readonly url: string;
  readonly secret: string;
}

/** What a meeting's server sends on now. */
export interface Delivery {
  readonly webhook: Webhook;
  readonly body: string; // JSON
}

export interface WebhooksOptions {
  readonly log: Log;
  /** Makes a delivery of what is kept of a meeting at this moment. `undefined`: there is none any more. */
  readonly deliveryOf: (meetingId: MeetingId) => Promise<Delivery | undefined>;
  readonly allowPrivate: boolean; // hosts of private networks, and plain http
  readonly delaysMs?: readonly number[]; // before each further attempt
  readonly attemptLimitMs?: number;
}

/**
 * Sends minutes on, in the background. Disposing gives what is under way some seconds, then gives it up.
 *
 * A delivery that waits holds no words, only which meeting it is of: what members have erased by the next attempt is not in it.
 */
export class Webhooks implements AsyncDisposable {
  readonly #log: Log;
  readonly #deliveryOf: WebhooksOptions['deliveryOf'];
  readonly #allowPrivate: boolean;
  readonly #delaysMs: readonly number[];
  readonly #attemptLimitMs: number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #over = new AbortController();

  constructor(options: WebhooksOptions) {
    this.#log = options.log;
    this.#deliveryOf = options.deliveryOf;
    this.#allowPrivate = options.allowPrivate;
    this.#delaysMs = options.delaysMs ?? DELAYS_MS;
    this.#attemptLimitMs = options.attemptLimitMs ?? ATTEMPT_LIMIT_MS;
  }

  /** Returns at once. @param url - the address that holds now: a server that changes it later meant later meetings */
  send(meetingId: MeetingId, url: string): void {
    const sending = this.#send(meetingId, url).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async #send(meetingId: MeetingId, url: string): Promise<void> {
    const id = deliveryIdOf(meetingId, url);
    const { host } = new URL(url); // the rest of an address may be a secret
    const about = { host, delivery: id, meeting: meetingId };
    if (hasCredentials(new URL(url))) {
      this.#log.warn(
        about,
        'Minutes are not sent on: the address holds a name or a password, as an earlier version took it',
      );
      return;
    }
    for (const waitMs of [0, ...this.#delaysMs]) {
      try {
        await delay(waitMs, undefined, { signal: this.#over.signal });
        const delivery = await this.#deliveryOf(meetingId);
        if (delivery?.webhook.url !== url) {
          this.#log.info(about, 'Minutes are not sent on: the meeting or its webhook is gone');
          return;
        }
        const status = await this.#attempt(new URL(url), delivery, id);
        if (status >= 200 && status < 300) return;
        this.#log.warn({ ...about, status }, 'A webhook did not take the minutes');
        if (!isPassing(status)) return;
      } catch (error) {
        if (this.#over.signal.aborted) break;
        this.#log.warn({ ...about, reason: reasonOf(error) }, 'Minutes could not be sent on');
        if (error instanceof PrivateAddressError) return;
      }
    }
    this.#log.warn(about, 'Minutes were not sent on: the webhook did not take them');
  }

  /** @returns the status it was answered with. Redirects are not followed: they could lead anywhere. */
  async #attempt(url: URL, { webhook: { secret }, body }: Delivery, id: string): Promise<number> {
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
        'x-parley-delivery': id,
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

/** The same for every attempt and every process, so that a receiver knows what it has; other receivers get another one. */
function deliveryIdOf(meetingId: MeetingId, url: string): string {
  return createHash('sha256').update(`${meetingId}\n${url}`).digest('hex').slice(0, 32);
}

function hasCredentials({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** Trouble of the receiver's that time may mend; what it refuses it would refuse again. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
