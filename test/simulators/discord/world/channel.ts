import { INTENT, type Json } from './events.ts';
import { type ForumMaking, forumJson, REQUIRE_TAG } from './forum.ts';
import type { Guild } from './guild.ts';
import type { Member } from './member.ts';
import { Message, type MessageDraft } from './message.ts';
import { type Overwrite, type OverwriteOptions, overwriteOf } from './permissions.ts';
import { StageInstance } from './stage/instance.ts';
import { type User, userJson } from './user.ts';
import type { World } from './world.ts';

const TYPES = {
  ...{ text: 0, dm: 1, voice: 2, category: 4, 'public thread': 11, 'private thread': 12, stage: 13, forum: 15 },
} as const;
export type ChannelKind = keyof typeof TYPES;

interface Making {
  readonly id?: string;
  readonly overwrites?: readonly Overwrite[];
  readonly userLimit?: number;
  readonly parent?: Channel;
  readonly recipient?: User;
  readonly owner?: User; // of a thread
}

export interface ThreadMaking {
  readonly id?: string;
  readonly owner: User;
  readonly members?: readonly { readonly id: string }[]; // beside the owner
  readonly private?: boolean;
  readonly archiveMinutes?: number;
  readonly appliedTags?: readonly string[]; // of a forum
}

/** A place for messages (text, thread, direct) or voices with messages beside them. */
export class Channel {
  readonly is = 'channel';
  readonly id: string;
  readonly world: World;
  readonly guild: Guild | undefined; // undefined: direct messages
  readonly kind: ChannelKind;
  readonly parent: Channel | undefined;
  readonly recipient: User | undefined;
  readonly owner: User | undefined;
  /** What stands in the channel now, oldest first; ephemeral answers are not among it. */
  readonly messages: Message[] = [];
  /** Everything that was ever written here, deleted or not. */
  readonly history: Message[] = [];
  /** Who saw the bot typing, by time in milliseconds since 1970. */
  readonly typedAtMs: number[] = [];
  name: string;
  topic: string | null = null;
  /** What a voice channel says of itself, beside its name. Nobody is told with the channel: see `CHANNEL_INFO`. */
  status: string | null = null;
  /** A stage that is live has one. */
  stageInstance: StageInstance | undefined;
  userLimit: number;
  overwrites: Overwrite[];
  isDeleted = false;
  archived = false;
  locked = false;
  autoArchiveMinutes = 1_440;
  /** What a forum is like; other channels are none. */
  forum: ForumMaking | undefined;
  /** The tags of a post, by id. */
  appliedTags: readonly string[] = [];
  /** Who was invited into this thread, by id; only private ones are closed to the others. */
  readonly threadMembers = new Set<string>();
  readonly #watchers = new Set<(message: Message) => void>();

  constructor(world: World, guild: Guild | undefined, kind: ChannelKind, name: string, making: Making = {}) {
    this.id = making.id ?? world.snowflakes.next();
    this.world = world;
    this.guild = guild;
    this.kind = kind;
    this.name = name;
    this.overwrites = [...(making.overwrites ?? [])];
    this.userLimit = making.userLimit ?? 0;
    this.parent = making.parent;
    this.recipient = making.recipient;
    this.owner = making.owner;
  }

  get type(): number {
    return TYPES[this.kind];
  }

  get isVoice(): boolean {
    return this.kind === 'voice' || this.kind === 'stage';
  }

  get isThread(): boolean {
    return this.kind === 'public thread' || this.kind === 'private thread';
  }

  /** A thread's permissions are its parent's. */
  get permissionSource(): Channel {
    return this.isThread && this.parent !== undefined ? this.parent : this;
  }

  /** Who sits in this voice channel. */
  get people(): readonly Member[] {
    return [...(this.guild?.members.values() ?? [])].filter((member) => member.voice?.channel === this);
  }

  /** A moderator allows or denies somebody something here. */
  setOverwrite(options: OverwriteOptions): void {
    this.overwrites = [...this.overwrites.filter((line) => line.id !== options.for.id), overwriteOf(options)];
    this.updated();
  }

  /** A moderator changes the name, or the places for voices. */
  change(change: { readonly name?: string; readonly userLimit?: number; readonly topic?: string | null }): void {
    this.name = change.name ?? this.name;
    this.userLimit = change.userLimit ?? this.userLimit;
    if (change.topic !== undefined) this.topic = change.topic;
    this.updated();
  }

  /** Somebody in a voice channel says what goes on there. */
  setStatus(status: string | null): void {
    this.status = status;
    const told = { id: this.id, guild_id: this.guild?.id, status };
    this.world.publish('VOICE_CHANNEL_STATUS_UPDATE', INTENT.guilds, told, this.guild?.id);
  }

  /** A moderator opens this stage to its audience. */
  openStage(topic: string): StageInstance {
    if (this.kind !== 'stage') throw new Error(`${this.name} is no stage`);
    return new StageInstance(this, topic);
  }

  updated(): void {
    this.world.publish(this.isThread ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE', INTENT.guilds, this.json());
  }

  /** Somebody deletes the channel with all that is in it; who sat in it is out of voice. */
  delete(): void {
    if (this.isDeleted) return;
    this.isDeleted = true;
    this.world.channels.delete(this.id);
    this.guild?.channels.delete(this.id);
    this.guild?.threads.delete(this.id);
    for (const webhook of [...this.world.webhooks.values()]) if (webhook.channel === this) webhook.forget();
    for (const thread of [...(this.guild?.threads.values() ?? [])]) if (thread.parent === this) thread.delete();
    for (const member of this.guild?.members.values() ?? []) if (member.voice?.channel === this) member.leave();
    this.world.publish(this.isThread ? 'THREAD_DELETE' : 'CHANNEL_DELETE', INTENT.guilds, this.json());
  }

  startThread(name: string, making: ThreadMaking): Channel {
    if (this.guild === undefined) throw new Error('Cannot start a thread in direct messages');
    const thread = new Channel(this.world, this.guild, making.private ? 'private thread' : 'public thread', name, {
      parent: this,
      owner: making.owner,
      ...(making.id === undefined ? {} : { id: making.id }),
    });
    for (const { id } of [making.owner, ...(making.members ?? [])]) thread.threadMembers.add(id);
    thread.autoArchiveMinutes = making.archiveMinutes ?? 1_440;
    thread.appliedTags = making.appliedTags ?? [];
    this.guild.threads.set(thread.id, thread);
    this.world.channels.set(thread.id, thread);
    if (thread.isSeenBy(this.guild.bot)) {
      this.world.publish('THREAD_CREATE', INTENT.guilds, { ...thread.json(), newly_created: true });
    }
    return thread;
  }

  /** Invites somebody into a thread. */
  invite(member: Member): void {
    this.threadMembers.add(member.id);
  }

  /** Somebody leaves a thread, or is put out of it. */
  putOut(member: Member): void {
    this.threadMembers.delete(member.id);
  }

  /** Whether somebody who sees the channel sees this thread of it, too: a private one only by invitation, or as a moderator. */
  isSeenBy(member: Member): boolean {
    if (!member.may('ViewChannel', this)) return false;
    return this.kind !== 'private thread' || this.threadMembers.has(member.id) || member.may('ManageThreads', this);
  }

  add(draft: MessageDraft): Message {
    const message = new Message(this, draft);
    if (message.isEphemeral) return message;
    this.messages.push(message);
    this.history.push(message);
    this.world.publish('MESSAGE_CREATE', this.messageIntent, (intents) => message.eventJson(intents), this.guild?.id);
    this.changed(message);
    return message;
  }

  message(id: string): Message | undefined {
    return this.messages.find((message) => message.id === id);
  }

  get messageIntent(): number {
    return this.guild === undefined ? INTENT.directMessages : INTENT.guildMessages;
  }

  /** Hears of every message that is new, edited or deleted. Returns what stops it. */
  watch(watcher: (message: Message) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  changed(message: Message): void {
    if (message.isEphemeral) return;
    for (const watcher of this.#watchers) watcher(message);
  }

  /**
   * The first message that satisfies, of those that stand here or come later.
   *
   * @throws {Error} with what stands in the channel when none came in time
   */
  async waitFor(
    satisfies: (message: Message) => boolean,
    options: { readonly signal?: AbortSignal; readonly timeoutMs?: number } = {},
  ): Promise<Message> {
    const present = this.messages.find(satisfies);
    if (present !== undefined) return present;
    const found = Promise.withResolvers<Message>();
    const timeoutMs = options.timeoutMs ?? 10_000;
    const stop = this.watch((message) => {
      if (!message.isDeleted && satisfies(message)) found.resolve(message);
    });
    const timer = setTimeout(() => {
      const present = this.messages.map((message) => `- ${message.content.slice(0, 200)}`).join('\n');
      found.reject(new Error(`No such message in #${this.name} within ${timeoutMs} ms; it holds:\n${present}`));
    }, timeoutMs);
    const signal = AbortSignal.any([this.world.ended, ...(options.signal === undefined ? [] : [options.signal])]);
    const abort = () => found.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      return await found.promise;
    } finally {
      stop();
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  json(): Json {
    if (this.guild === undefined) {
      const recipients = this.recipient === undefined ? [] : [userJson(this.recipient)];
      return { id: this.id, type: this.type, recipients, last_message_id: this.messages.at(-1)?.id ?? null, flags: 0 };
    }
    const base = {
      id: this.id,
      type: this.type,
      guild_id: this.guild.id,
      name: this.name,
      parent_id: this.parent?.id ?? null,
      last_message_id: this.messages.at(-1)?.id ?? null,
      rate_limit_per_user: 0,
      flags: this.forum?.requiresTag === true ? REQUIRE_TAG : 0,
    };
    if (this.isThread) {
      return {
        ...base,
        ...(this.parent?.kind === 'forum' && { applied_tags: this.appliedTags }),
        owner_id: this.owner?.id ?? null,
        message_count: this.messages.length,
        total_message_sent: this.messages.length,
        member_count: Math.min(this.threadMembers.size, 50), // Discord stops counting there
        thread_metadata: {
          archived: this.archived,
          auto_archive_duration: this.autoArchiveMinutes,
          archive_timestamp: new Date(0).toISOString(),
          locked: this.locked,
          create_timestamp: new Date(0).toISOString(),
        },
      };
    }
    return {
      ...base,
      position: 0,
      nsfw: false,
      topic: this.topic,
      permission_overwrites: this.overwrites.map((line) => ({
        id: line.id,
        type: line.type,
        allow: line.allow.toString(),
        deny: line.deny.toString(),
      })),
      ...(this.isVoice
        ? { bitrate: 64_000, user_limit: this.userLimit, rtc_region: null, video_quality_mode: 1 }
        : { default_auto_archive_duration: 1_440 }),
      ...(this.forum && forumJson(this.forum)),
    };
  }
}
