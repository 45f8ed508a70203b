import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { MeetingId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import { hasCredentials, isTemporary, postSigned, reasonOf, type Webhook } from './post.ts';
import { PrivateAddressError } from './public-address.ts';

const DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000]; // for receivers that restart, and for those under repair
const ATTEMPT_LIMIT_MS = 10_000;
const LAST_CHANCE_MS = 5_000; // when the process shuts down

/** One meeting's minutes for the webhook that its server has now. */
export interface Delivery {
  readonly webhook: Webhook;
  readonly body: string; // JSON
}

export interface WebhooksOptions {
  readonly log: Log;
  /** Makes a delivery from what is kept of a meeting now; `undefined` when the meeting or the webhook is gone. */
  readonly deliveryOf: (meetingId: MeetingId) => Promise<Delivery | undefined>;
  readonly allowPrivate: boolean; // allows hosts in private networks, and plain http
  readonly delaysMs?: readonly number[]; // before each further attempt
  readonly attemptLimitMs?: number;
}

/**
 * Sends minutes to webhooks, in the background. Disposing gives running deliveries some seconds, then gives them up.
 *
 * A waiting delivery holds only the meeting's id, and no text: words that members erase before the next attempt are not
 * sent.
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

  /** Starts a delivery and returns at once. @param url - the webhook's address now: a change is for later meetings */
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
        'Minutes are not sent to the webhook: its address holds a name or a password, which earlier versions allowed',
      );
      return;
    }
    for (const waitMs of [0, ...this.#delaysMs]) {
      try {
        await delay(waitMs, undefined, { signal: this.#over.signal });
        const delivery = await this.#deliveryOf(meetingId);
        if (delivery?.webhook.url !== url) {
          this.#log.info(about, 'Minutes are not sent to the webhook: the meeting or the webhook is gone');
          return;
        }
        const status = await this.#attempt(delivery, id);
        if (status >= 200 && status < 300) return;
        this.#log.warn({ ...about, status }, 'The webhook refused the minutes');
        if (!isTemporary(status)) return;
      } catch (error) {
        if (this.#over.signal.aborted) break;
        this.#log.warn({ ...about, reason: reasonOf(error) }, 'Minutes could not be sent to the webhook');
        if (error instanceof PrivateAddressError) return;
      }
    }
    this.#log.warn(about, 'Minutes were not sent to the webhook: every attempt failed');
  }

  async #attempt(delivery: Delivery, id: string): Promise<number> {
    const signal = AbortSignal.any([this.#over.signal, AbortSignal.timeout(this.#attemptLimitMs)]);
    return await postSigned({ ...delivery, id, allowPrivate: this.#allowPrivate }, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const limit = setTimeout(() => this.#over.abort(), LAST_CHANCE_MS);
    await Promise.all(this.#underWay);
    clearTimeout(limit);
  }
}

/** The same for every attempt and process, so that a receiver recognises repeats. Each receiver gets its own ids. */
function deliveryIdOf(meetingId: MeetingId, url: string): string {
  return createHash('sha256').update(`${meetingId}\n${url}`).digest('hex').slice(0, 32);
}
