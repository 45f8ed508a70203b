import { type Client, PermissionFlagsBits } from 'discord.js';
import type { ChannelId, MessageId } from '../../core/ids.ts';
import { Latest } from '../../core/latest.ts';
import { failureOf, KnownFailure } from './failure.ts';
import type { OwnMessage } from './own-messages.ts';
import { Pace, type Urgency } from './pace.ts';
import type { Post, Sender } from './sender.ts';
import type { WebhookApi, WebhookKey, WebhookProfile } from './webhook-api.ts';

/** Discord takes so many webhook messages a minute in a channel, and no header tells. */
const PER_MINUTE = 30;
const MINUTE_MS = 60_500; // clocks and the network disagree a little
/** Messages that may wait leave so many of them to finals. */
const RESERVE = 6;
/** Below this many, one person's words share a message. */
const SCARCE = 10;
/** Somebody may move a webhook to another channel: after so long it is looked up again. */
const LOOKED_AT_FOR_MS = 180_000;
/** The pause after a webhook could neither be found nor created. */
const REST_MS = 60_000;
const MAX_KNOWN = 500;
/** Discord's clock may be behind ours by so much. */
const CLOCK_DOUBT_MS = 60_000;

const NEEDED = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.ManageWebhooks,
  PermissionFlagsBits.ReadMessageHistory, // to look for a message whose answer was lost
];

/** The webhook of a channel that writes lines under their speakers' names, in the channel and its threads. */
export class SpeakerWebhook {
  isWanted = true;
  posts = new Pace();
  edits = new Pace();
  readonly channelId: ChannelId;
  readonly #client: Client<true>;
  readonly #api: WebhookApi;
  #key: WebhookKey | undefined;
  #lookedAtMs = 0; // of performance.now(): when Discord last listed it in its channel
  #restsUntilMs = 0; // of performance.now()
  #wasUsed = false;
  readonly #postedAtMs: number[] = []; // within the last minute
  readonly #posted = new Latest<MessageId, true>(MAX_KNOWN);

  constructor(channelId: ChannelId, client: Client<true>, api: WebhookApi) {
    this.channelId = channelId;
    this.#client = client;
    this.#api = api;
  }

  /** Whether it may be used now, as far as the bot knows without asking Discord. */
  get isUsable(): boolean {
    return this.isWanted && performance.now() >= this.#restsUntilMs && this.#isPermitted;
  }

  get #isPermitted(): boolean {
    const channel = this.#client.channels.cache.get(this.channelId);
    if (!channel || channel.isDMBased()) return false;
    const { me } = channel.guild.members;
    return me !== null && channel.permissionsFor(me).has(NEEDED);
  }

  /** Whether it may write now; if not, it has to be looked up first. */
  get isOpen(): boolean {
    return this.#key !== undefined && performance.now() - this.#lookedAtMs < LOOKED_AT_FOR_MS;
  }

  /** True once, when it was used and cannot be any more, although the server wants it. */
  takeLoss(): boolean {
    const isLost = this.#wasUsed && this.isWanted && !this.isUsable;
    if (isLost) this.#wasUsed = false;
    return isLost;
  }

  /** Finds the webhook in the channel, or creates it. When neither works, nothing is tried for a while. */
  async lookUp(signal: AbortSignal): Promise<void> {
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
  forgetKey(sender: SpeakerSender): void {
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

  /** Whether so few messages are left that people's words should share them. */
  get isScarce(): boolean {
    return this.posts.delayMs() > 0 || PER_MINUTE - this.#inMinute().length < SCARCE;
  }

  #inMinute(): readonly number[] {
    const since = performance.now() - MINUTE_MS;
    while (this.#postedAtMs[0] !== undefined && this.#postedAtMs[0] < since) this.#postedAtMs.shift();
    return this.#postedAtMs;
  }

  /** The sender for one person; `undefined` unless the webhook is open. */
  senderFor(profile: WebhookProfile): SpeakerSender | undefined {
    return this.#key && new SpeakerSender(this, this.#key, profile, this.#api);
  }

  /** The same message with its content, which Discord does not show to the bot itself without a privileged intent. */
  async reread(message: OwnMessage, signal: AbortSignal): Promise<OwnMessage> {
    const key = this.#key;
    if (message.content !== '' || message.writtenAs?.webhookId !== key?.id || !key) return message;
    const threadId = message.channelId === this.channelId ? undefined : message.channelId;
    return { ...message, content: (await this.#api.readMessage(key, threadId, message.id, signal)) ?? '' };
  }

  /** The sender is about to post: that counts against the minute. */
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

/** Writes one person's words through the webhook. */
export class SpeakerSender implements Sender {
  readonly isSpeaker = true;
  readonly webhook: SpeakerWebhook;
  readonly key: WebhookKey;
  readonly #profile: WebhookProfile;
  readonly #api: WebhookApi;
  #firstAtMs: number | undefined; // since 1970: the first attempt to post this message

  /** Use `SpeakerWebhook.senderFor`. */
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
        // People who read there may not be meant to read this.
        const isTidy = await this.#api.deleteAnywhere(this.key, stands, id, signal);
        throw new KnownFailure({ kind: 'webhook moved', isTidy });
      }
      this.webhook.notePosted(id);
      return id;
    } catch (error) {
      // A moved webhook does not know threads of its old channel: the thread itself may be as good as ever.
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
    const id = await this.#api.findMessage(this.key, channelId, this.#threadOf(channelId), sought, isKnown, signal);
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
