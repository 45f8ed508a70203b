import type { Client } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import { Latest } from '../../core/latest.ts';

/** Requests that may follow at once at the start of a window; the rest of it is spread over the window's time. */
const BURST = 1;
/** One of a window is for a panel, and one for a second who writes: more are a transcript's. */
const SPARE = 2;
/** Clocks and the network disagree a little. */
const MARGIN_MS = 50;
/** In calm talk fewer than so many texts become final within so long. */
const CALM = 2;
const CALM_MS = 5_000; // Discord's window for what a bot writes in a channel

/**
 * How much a request matters. `at once`: somebody waits for it, and while talk is calm it need not be spread. `may wait`:
 * nothing is lost when it comes late, as with words that are still being spoken.
 */
export type Urgency = 'at once' | 'must go' | 'should go' | 'may wait';

/** So many requests of every window are left to what matters more; in a crowd, only words still spoken leave any. */
const RESERVES: Readonly<Record<Urgency, number>> = { 'at once': 0, 'must go': 0, 'should go': 1, 'may wait': 2 };

/**
 * Keeps one kind of request within its rate limit, by what the answers' headers say.
 *
 * discord.js would wait by itself, but only once nothing is left of the window, and with the request already made up:
 * here the waiting is spread and comes first, so that everything that was said meanwhile goes along.
 */
export class Pace {
  #learntAtMs = 0; // of performance.now()
  #resetAfterMs = 0; // from then on
  #remaining = Number.POSITIVE_INFINITY;
  #limit = Number.POSITIVE_INFINITY;
  #heldUntilMs = 0;
  #inFlight = 0; // sent, and not answered yet
  readonly #textsAtMs: number[] = []; // the latest

  /** How long the next request has to wait. */
  delayMs(urgency: Urgency = 'must go'): number {
    const atMs = Math.max(this.#learntAtMs + this.#spreadMs(urgency), this.#heldUntilMs);
    return Math.max(0, atMs - performance.now());
  }

  /** How long until the window has room for one more, without a thought for others: for who writes for the last time. */
  get untilRoomMs(): number {
    const atMs = Math.max(this.#left > 0 ? 0 : this.#learntAtMs + this.#resetAfterMs, this.#heldUntilMs);
    return Math.max(0, atMs - performance.now());
  }

  #spreadMs(urgency: Urgency): number {
    const reserve = urgency === 'should go' && !this.#isCalm ? 0 : RESERVES[urgency];
    const isFree = this.#isFresh || (urgency === 'at once' && this.#left > 0 && this.#isCalm);
    return reserve === 0 && isFree ? 0 : this.#resetAfterMs / (Math.max(0, this.#left - reserve) + 1);
  }

  /** Whether hardly any of the window is used. */
  get #isFresh(): boolean {
    return this.#left > 0 && this.#left >= this.#limit - BURST;
  }

  /** What the window takes for certain: of what is on its way nobody knows yet whether the last answer counted it. */
  get #left(): number {
    return Math.max(0, this.#remaining - this.#inFlight);
  }

  /** Whether so much of the window is used that more than one writes here. */
  get isBusy(): boolean {
    return this.#remaining < this.#limit - SPARE;
  }

  get #isCalm(): boolean {
    const [earliest] = this.#textsAtMs;
    return this.#textsAtMs.length < CALM || earliest === undefined || performance.now() - earliest >= CALM_MS;
  }

  /** How many requests could go one after another without a pause. */
  get atOnce(): number {
    if (this.delayMs() > 0) return 0;
    const isOver = performance.now() >= this.#learntAtMs + this.#resetAfterMs; // the window is empty again
    if (isOver) return BURST + 1;
    return this.#isFresh ? this.#left - (this.#limit - BURST) + 1 : 1;
  }

  /** What goes now is `at once`: from how many do tells calm talk from a crowd. */
  noteText(): void {
    this.#textsAtMs.push(performance.now());
    if (this.#textsAtMs.length > CALM) this.#textsAtMs.shift();
  }

  /** A request goes out. Transcript and panel do not wait for each other, so that two can be on their way at once. */
  sent(): void {
    this.#inFlight += 1;
  }

  /** It was answered, or never will be. */
  answered(): void {
    this.#inFlight -= 1;
  }

  /** Takes in what an answer says about its bucket. Without those headers nothing is slowed down. */
  learn(headers: { get(name: string): string | null }): void {
    const limit = numberIn(headers, 'x-ratelimit-limit');
    const remaining = numberIn(headers, 'x-ratelimit-remaining');
    const resetAfterS = numberIn(headers, 'x-ratelimit-reset-after');
    if (limit === undefined || remaining === undefined || resetAfterS === undefined) return;
    this.#learntAtMs = performance.now();
    this.#resetAfterMs = resetAfterS * 1_000 + MARGIN_MS;
    this.#remaining = remaining;
    this.#limit = limit;
  }

  /** After a failure: not before this. */
  holdFor(waitMs: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, performance.now() + waitMs);
  }
}

/** The two limits on what the bot writes under its own name in one channel. */
export interface ChannelPace {
  readonly posts: Pace;
  readonly edits: Pace;
}

const MAX_KNOWN = 1_000; // a channel that is forgotten is learnt again from its next answer
const known = new WeakMap<Client, Latest<ChannelId, ChannelPace>>();

/** Everybody who writes in a channel shares its limits, and so what is known of them: transcript, panel and notices. */
export function paceIn(client: Client, channelId: ChannelId): ChannelPace {
  const channels = known.get(client) ?? new Latest<ChannelId, ChannelPace>(MAX_KNOWN);
  known.set(client, channels);
  const pace = channels.get(channelId) ?? { posts: new Pace(), edits: new Pace() };
  channels.set(channelId, pace);
  return pace;
}

function numberIn(headers: { get(name: string): string | null }, name: string): number | undefined {
  const value = headers.get(name);
  return value === null || value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
}
