import type { Client } from 'discord.js';
import type { ChannelId } from '../../core/ids.ts';
import { Latest } from '../../core/latest.ts';

/** So many requests may go at once at the start of a window; the others are spread over the window's time. */
const BURST = 1;
/** A panel and a second writer use one request of a window each; more than that are a transcript's. */
const SPARE = 2;
/** Clocks and the network disagree a little. */
const MARGIN_MS = 50;
/** Talk is calm while fewer than so many texts become final within so long. */
const CALM = 2;
const CALM_MS = 5_000; // Discord's window for a bot's messages in a channel

/**
 * How much a request matters. `at once`: people wait for it, and while talk is calm it goes without being spread. `may
 * wait`: nothing is lost when it comes late, as with words that still grow.
 */
export type Urgency = 'at once' | 'must go' | 'should go' | 'may wait';

/**
 * A request leaves so many of its window to those that matter more. While many people talk, only `may wait` leaves any.
 */
const RESERVES: Readonly<Record<Urgency, number>> = { 'at once': 0, 'must go': 0, 'should go': 1, 'may wait': 2 };

/**
 * Keeps one kind of request within its rate limit, as the headers of the answers tell it.
 *
 * discord.js would wait as well, but only when nothing is left of a window, and after the content of the request was
 * decided. Here the waits are spread over the window, and the content is decided after them, so that everything said
 * meanwhile goes along.
 */
export class Pace {
  #learntAtMs = 0; // of performance.now()
  #resetAfterMs = 0; // from then on
  #remaining = Number.POSITIVE_INFINITY;
  #limit = Number.POSITIVE_INFINITY;
  #heldUntilMs = 0;
  #growthHeldUntilMs = 0; // only what may wait
  #inFlight = 0; // sent, and not answered yet
  readonly #textsAtMs: number[] = []; // when the latest texts became final

  /** How long the next request has to wait. */
  delayMs(urgency: Urgency = 'must go'): number {
    const heldUntilMs = urgency === 'may wait' ? this.#growthHeldUntilMs : 0;
    const atMs = Math.max(this.#learntAtMs + this.#spreadMs(urgency), this.#heldUntilMs, heldUntilMs);
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

  /** Requests that the window takes for certain: the last answer may not have counted those that are on their way. */
  get #left(): number {
    return Math.max(0, this.#remaining - this.#inFlight);
  }

  /** Whether so much of the window is used that a transcript must be writing here. */
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

  /** A text becomes final now. How many do tells calm talk from a crowd. */
  noteText(): void {
    this.#textsAtMs.push(performance.now());
    if (this.#textsAtMs.length > CALM) this.#textsAtMs.shift();
  }

  /** A request goes out. Two can be on their way together, as transcript and panel do not wait for each other. */
  noteSent(): void {
    this.#inFlight += 1;
  }

  /** A request was answered, or never will be. */
  noteAnswered(): void {
    this.#inFlight -= 1;
  }

  /** Learns from the rate-limit headers of an answer. Without them nothing is slowed down. */
  learnFrom(headers: { get(name: string): string | null }): void {
    const limit = numberIn(headers, 'x-ratelimit-limit');
    const remaining = numberIn(headers, 'x-ratelimit-remaining');
    const resetAfterS = numberIn(headers, 'x-ratelimit-reset-after');
    if (limit === undefined || remaining === undefined || resetAfterS === undefined) return;
    this.#learntAtMs = performance.now();
    this.#resetAfterMs = resetAfterS * 1_000 + MARGIN_MS;
    this.#remaining = remaining;
    this.#limit = limit;
  }

  /** Allows no request for a while, after a failure. */
  holdFor(waitMs: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, performance.now() + waitMs);
  }

  /** Allows nothing that may wait for a while: requests elsewhere matter more. */
  holdGrowthFor(waitMs: number): void {
    this.#growthHeldUntilMs = Math.max(this.#growthHeldUntilMs, performance.now() + waitMs);
  }
}

/** The two limits on what the bot writes under its own name in one channel. */
export interface ChannelPace {
  readonly posts: Pace;
  readonly edits: Pace;
}

const MAX_KNOWN = 1_000; // a forgotten channel is learnt again from its next answer
const known = new WeakMap<Client, Latest<ChannelId, ChannelPace>>();

/** The pace of a channel, shared by all that write there as the bot: transcript, panel and notices. */
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
