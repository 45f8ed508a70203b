import { type Client, PermissionFlagsBits } from 'discord.js';
import type { ChannelId, MessageId } from '../../core/ids.ts';
import { Latest } from '../../core/latest.ts';
import { failureOf, KnownFailure } from './failure.ts';
import type { OwnMessage } from './own-messages.ts';
import { Pace, type Urgency } from './pace.ts';
import type { Post, Sender } from './sender.ts';
import type { WebhookApi, WebhookKey, WebhookProfile } from './webhook-api.ts';

/** Discord takes so many webhook messages a minute in a channel, and says so in no header. */
const PER_MINUTE = 30;
const MINUTE_MS = 60_500; // clocks and the network disagree a little
/** What may wait leaves so many of them to what may not. */
const RESERVE = 6;
/** Below this many, one person's words share a message. */
const SCARCE = 10;
/** After so long Discord is asked again whether it still writes in its channel. */
const LOOKED_AT_FOR_MS = 180_000;
/** After a webhook could be neither found nor made. */
const REST_MS = 60_000;
const MAX_KNOWN = 500;
/** How much older than our sending Discord may call a message. */
const CLOCK_DOUBT_MS = 60_000;

const NEEDED = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.ManageWebhooks,
  PermissionFlagsBits.ReadMessageHistory, // to see whether a message came through whose answer was lost
];

/** The one webhook through which a channel's lines are written as their speakers, in the channel and its threads. */
export class SpeakerWebhook {
  isWanted = true;
  posts = new Pace();
  edits = new Pace();
  readonly channelId: ChannelId;
  readonly #client: Client<true>;
  readonly #api: WebhookApi;
  #key: WebhookKey | undefined;
  #lookedAtMs = 0; // of performance.now(): then Discord listed it in its channel
  #restsUntilMs = 0; // of performance.now()
  #wasUsed = false;
  readonly #postedAtMs: number[] = []; // within the last minute
  readonly #posted = new Latest<MessageId, true>(MAX_KNOWN);

  constructor(channelId: ChannelId, client: Client<true>, api: WebhookApi) {
    this.channelId = channelId;
    this.#client = client;
    this.#api = api;
  }

  /** Whether it may be used now, as far as is known without asking. */
  get isUsable(): boolean {
    return this.isWanted && performance.now() >= this.#restsUntilMs && this.#isPermitted;
  }

  get #isPermitted(): boolean {
    const channel = this.#client.channels.cache.get(this.channelId);
    if (!channel || channel.isDMBased()) return false;
    const { me } = channel.guild.members;
    return me !== null && channel.permissionsFor(me).has(NEEDED);
  }

  /** Whether it may be written with at once: somebody may have moved it since it was looked at. */
  get isOpen(): boolean {
    return this.#key !== undefined && performance.now() - this.#lookedAtMs < LOOKED_AT_FOR_MS;
  }

  /** True once after it was used and cannot be any more, without our having wished so. */
  takeLoss(): boolean {
    const isLost = this.#wasUsed && this.isWanted && !this.isUsable;
    if (isLost) this.#wasUsed = false;
    return isLost;
  }

  /** Finds it among the channel's own, or makes it. When neither works it rests for a while. */
  async open(signal: AbortSignal): Promise<void> {
    try {
      const before = this.#key;
      this.#key = await this.#api.findOrCreate(this.channelId, signal);
      this.#lookedAtMs = performance.now();
      if (this.#key.id === before?.id) return;
      this.posts = new Pace();
      this.edits = new Pace();
    } catch (error) {
      signal.throwIfAborted();
      if (failureOf(error).kind !== 'rate limited') this.#restsUntilMs = performance.now() + REST_MS;
    }
  }

  /** Somebody deleted or moved it. */
  lost(sender: SpeakerSender): void {
    if (this.#key === sender.key) this.#key = undefined;
  }

  delayMs(urgency: Urgency): number {
    const inMinute = this.#inMinute();
    const free = PER_MINUTE - (urgency === 'may wait' ? RESERVE : 0);
    const waitsFor = inMinute[inMinute.length - free];
    const minuteMs = waitsFor === undefined ? 0 : waitsFor + MINUTE_MS - performance.now();
    return Math.max(this.posts.delayMs(urgency), minuteMs, 0);
  }

  /** How many messages could go one after another without a pause. */
  get atOnce(): number {
    return Math.min(this.posts.atOnce, PER_MINUTE - this.#inMinute().length);
  }

  /** Whether messages should be saved. */
  get isScarce(): boolean {
    return this.posts.delayMs() > 0 || PER_MINUTE - this.#inMinute().length < SCARCE;
  }

  #inMinute(): readonly number[] {
    const since = performance.now() - MINUTE_MS;
    while (this.#postedAtMs[0] !== undefined && this.#postedAtMs[0] < since) this.#postedAtMs.shift();
    return this.#postedAtMs;
  }

  /** Writes as one person. Only while it is open. */
  as(profile: WebhookProfile): SpeakerSender | undefined {
    return this.#key && new SpeakerSender(this, this.#key, profile, this.#api);
  }

  /** The same message with its content, which the bot itself is not shown without a privileged intent. */
  async reread(message: OwnMessage, signal: AbortSignal): Promise<OwnMessage> {
    const key = this.#key;
    if (message.content !== '' || message.writtenAs?.webhookId !== key?.id || !key) return message;
    const threadId = message.channelId === this.channelId ? undefined : message.channelId;
    return { ...message, content: (await this.#api.read(key, threadId, message.id, signal)) ?? '' };
  }

  /** For the sender: what it does counts. */
  noteAttempt(): void {
    this.#wasUsed = true;
    this.#postedAtMs.push(performance.now());
  }

  notePosted(id: MessageId): void {
    this.#posted.set(id, true);
  }

  knows(id: MessageId): boolean {
    return this.#posted.has(id);
  }
}

/** One person's words through the webhook. */
export class SpeakerSender implements Sender {
  readonly isSpeaker = true;
  readonly webhook: SpeakerWebhook;
  readonly key: WebhookKey;
  readonly #profile: WebhookProfile;
  readonly #api: WebhookApi;
  #firstAtMs: number | undefined; // of this message's attempts, since 1970

  /** Use `SpeakerWebhook.as`. */
  constructor(webhook: SpeakerWebhook, key: WebhookKey, profile: WebhookProfile, api: WebhookApi) {
    this.webhook = webhook;
    this.key = key;
    this.#profile = profile;
    this.#api = api;
  }

  get posts(): Pace {
    return this.webhook.posts;
  }
  get edits(): Pace {
    return this.webhook.edits;
  }

  async create(channelId: ChannelId, { content }: Post, signal: AbortSignal): Promise<MessageId> {
    this.#firstAtMs ??= Date.now();
    this.webhook.noteAttempt();
    const threadId = this.#threadOf(channelId);
    try {
      const executed = await this.#api.execute(this.key, threadId, this.#profile, content, signal, this.posts);
      const { id, channelId: stands = channelId } = executed;
      if (stands !== channelId) {
        // Who reads there may not be meant to read this.
        const isTidy = await this.#api.takeBack(this.key, stands, id, signal);
        throw new KnownFailure({ kind: 'webhook moved', isTidy });
      }
      this.webhook.notePosted(id);
      return id;
    } catch (error) {
      // A thread is not known where a moved webhook writes; the thread itself is as good as ever.
      const mayHaveMoved = threadId !== undefined && failureOf(error).kind === 'channel gone';
      if (mayHaveMoved && (await this.#hasMoved(signal)))
        throw new KnownFailure({ kind: 'webhook moved', isTidy: true });
      throw error;
    }
  }

  async #hasMoved(signal: AbortSignal): Promise<boolean> {
    const writesIn = await this.#api.channelOf(this.key, signal).catch(() => undefined);
    return writesIn !== undefined && writesIn !== this.webhook.channelId;
  }

  async recover(channelId: ChannelId, { content }: Post, signal: AbortSignal): Promise<MessageId | undefined> {
    const sinceMs = (this.#firstAtMs ?? Date.now()) - CLOCK_DOUBT_MS;
    const sought = { username: this.#profile.username, content, sinceMs };
    const isKnown = (id: MessageId) => this.webhook.knows(id);
    const id = await this.#api.find(this.key, channelId, this.#threadOf(channelId), sought, isKnown, signal);
    if (id !== undefined) this.webhook.notePosted(id);
    return id;
  }

  async edit(channelId: ChannelId, id: MessageId, content: string, signal: AbortSignal): Promise<void> {
    await this.#api.edit(this.key, this.#threadOf(channelId), id, content, signal, this.edits);
  }

  async remove(channelId: ChannelId, id: MessageId, signal: AbortSignal): Promise<void> {
    await this.#api.remove(this.key, this.#threadOf(channelId), id, signal);
  }

  #threadOf(channelId: ChannelId): ChannelId | undefined {
    return channelId === this.webhook.channelId ? undefined : channelId;
  }
}
