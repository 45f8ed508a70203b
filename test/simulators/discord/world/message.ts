import type { Channel } from './channel.ts';
import { INTENT, type Json } from './events.ts';
import type { Interaction } from './interaction.ts';
import { type Mentions, mentionsIn } from './mentions.ts';
import { type User, userJson } from './user.ts';
import type { Webhook } from './webhook.ts';

export const MESSAGE_FLAG = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  isVoiceMessage: 1 << 13,
  componentsV2: 1 << 15,
} as const;

export interface FileGiven {
  readonly filename: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  readonly description?: string;
  readonly durationS?: number; // of a voice message; Discord's own unit
}

export interface Attachment extends FileGiven {
  readonly id: string;
  readonly contentType: string;
  readonly url: string;
}

/** What of a message can be seen and edited. */
export interface MessageBody {
  readonly content: string;
  readonly embeds: readonly Json[];
  readonly components: readonly Json[];
  readonly attachments: readonly Attachment[];
  readonly flags: number;
}

export interface MessageEdit extends MessageBody {
  readonly atMs: number; // since 1970: when this version took the place of the one before
}

export interface MessageDraft {
  readonly author: User;
  readonly id?: string; // the first of a post has the post's
  readonly content?: string;
  readonly embeds?: readonly Json[];
  readonly components?: readonly Json[];
  readonly files?: readonly FileGiven[];
  readonly flags?: number;
  readonly nonce?: string | number;
  readonly allowedMentions?: Json;
  readonly webhook?: Webhook;
  readonly username?: string; // a webhook message's own name
  readonly avatarUrl?: string;
  readonly replyTo?: string; // a message id
  readonly forwards?: Message; // it only shows this one
  readonly type?: number;
  readonly answers?: Interaction; // of which it is an answer or a follow-up
}

const TYPE_BY_ENDING: Readonly<Record<string, string>> = {
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
  wav: 'audio/x-wav',
};

export class Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly webhook: Webhook | undefined;
  /** The name it stands under: a webhook's own, else the member's. */
  readonly authorName: string;
  readonly avatarUrl: string | undefined;
  readonly nonce: string | number | undefined;
  readonly replyTo: string | undefined;
  readonly forwards: Message | undefined;
  readonly type: number;
  readonly createdAtMs = Date.now();
  /** Earlier versions are `edits[n - 1]`; the first is `original`. */
  readonly edits: MessageEdit[] = [];
  readonly original: MessageBody;
  readonly mentions: Mentions;
  readonly answers: Interaction | undefined;
  body: MessageBody;
  isPinned = false;
  isDeleted = false;
  thread: Channel | undefined;

  constructor(channel: Channel, draft: MessageDraft) {
    this.id = draft.id ?? channel.world.snowflakes.next();
    this.channel = channel;
    this.author = draft.author;
    this.webhook = draft.webhook;
    this.avatarUrl = draft.avatarUrl;
    const member = channel.guild?.members.get(draft.author.id);
    this.authorName = draft.username ?? draft.webhook?.name ?? member?.displayName ?? draft.author.username;
    this.nonce = draft.nonce;
    this.replyTo = draft.replyTo;
    this.forwards = draft.forwards;
    this.type = draft.type ?? (draft.replyTo === undefined ? 0 : 19);
    this.answers = draft.answers;
    this.body = {
      content: draft.content ?? '',
      embeds: draft.embeds ?? [],
      components: draft.components ?? [],
      attachments: (draft.files ?? []).map((file) => this.attach(file)),
      flags: draft.flags ?? 0,
    };
    this.original = this.body;
    this.mentions = mentionsIn(this.body.content, draft.allowedMentions, channel);
    this.#judgePings(draft.allowedMentions);
  }

  get content(): string {
    return this.body.content;
  }
  get embeds(): readonly Json[] {
    return this.body.embeds;
  }
  get components(): readonly Json[] {
    return this.body.components;
  }
  get attachments(): readonly Attachment[] {
    return this.body.attachments;
  }
  get flags(): number {
    return this.body.flags;
  }
  get isEphemeral(): boolean {
    return (this.flags & MESSAGE_FLAG.ephemeral) !== 0;
  }
  /** "Bot is thinking…" */
  get isLoading(): boolean {
    return (this.flags & MESSAGE_FLAG.loading) !== 0;
  }

  /** Gives an uploaded file its id and address. */
  attach(file: FileGiven): Attachment {
    const { world } = this.channel;
    const id = world.snowflakes.next();
    const ending = file.filename.split('.').at(-1) ?? '';
    const path = `/attachments/${this.channel.id}/${id}/${encodeURIComponent(file.filename)}`;
    return {
      ...file,
      id,
      contentType: file.contentType ?? TYPE_BY_ENDING[ending] ?? 'application/octet-stream',
      url: `${world.origin}${path}?ex=7fffffff&is=0&hm=${world.secret()}`,
    };
  }

  edit(change: Partial<MessageBody>, allowedMentions?: Json): void {
    this.body = { ...this.body, ...change };
    this.edits.push({ ...this.body, atMs: Date.now() });
    this.#judgePings(allowedMentions);
    this.#tell('MESSAGE_UPDATE', (intents) => this.eventJson(intents));
  }

  setPinned(isPinned: boolean): void {
    this.isPinned = isPinned;
    this.#tell('MESSAGE_UPDATE', (intents) => this.eventJson(intents));
    const at = isPinned ? new Date().toISOString() : null;
    this.channel.world.publish('CHANNEL_PINS_UPDATE', INTENT.guilds, {
      guild_id: this.channel.guild?.id,
      channel_id: this.channel.id,
      last_pin_timestamp: at,
    });
  }

  /** Somebody deletes it: its author, or a moderator. */
  delete(): void {
    if (this.isDeleted) return;
    this.isDeleted = true;
    const at = this.channel.messages.indexOf(this);
    if (at !== -1) this.channel.messages.splice(at, 1);
    this.#tell('MESSAGE_DELETE', () => ({
      id: this.id,
      channel_id: this.channel.id,
      ...(this.channel.guild === undefined ? {} : { guild_id: this.channel.guild.id }),
    }));
  }

  json(): Json {
    const author =
      this.webhook === undefined
        ? userJson(this.author)
        : {
            ...userJson(this.author),
            id: this.webhook.id,
            username: this.authorName,
            global_name: null,
            bot: true,
            discriminator: '0000',
          };
    const lastEdit = this.edits.at(-1);
    const { mentions } = this;
    return {
      id: this.id,
      channel_id: this.channel.id,
      type: this.type,
      author,
      content: this.content,
      timestamp: new Date(this.createdAtMs).toISOString(),
      edited_timestamp: lastEdit === undefined ? null : new Date(lastEdit.atMs).toISOString(),
      tts: false,
      mention_everyone: mentions.everyone,
      mentions: mentions.users.map(userJson),
      mention_roles: mentions.roleIds,
      attachments: this.attachments.map((attachment) => ({
        id: attachment.id,
        filename: attachment.filename,
        size: attachment.bytes.byteLength,
        url: attachment.url,
        proxy_url: attachment.url,
        content_type: attachment.contentType,
        ...(attachment.durationS === undefined
          ? {}
          : { duration_secs: attachment.durationS, waveform: Buffer.alloc(64, 0x40).toString('base64') }),
        ...(attachment.description === undefined ? {} : { description: attachment.description }),
      })),
      embeds: this.embeds,
      components: this.components,
      pinned: this.isPinned,
      flags: this.flags,
      ...(this.nonce === undefined ? {} : { nonce: this.nonce }),
      ...(this.webhook === undefined
        ? {}
        : { webhook_id: this.webhook.id, application_id: this.webhook.applicationId }),
      ...(this.answers === undefined
        ? {}
        : { interaction_metadata: this.answers.metadataJson(), application_id: this.channel.world.application.id }),
      ...(this.replyTo === undefined
        ? {}
        : { message_reference: { type: 0, message_id: this.replyTo, channel_id: this.channel.id } }),
      ...(this.forwards === undefined ? {} : this.#forwardJson(this.forwards)),
      ...(this.thread === undefined ? {} : { thread: this.thread.json() }),
    };
  }

  /** Without the message-content intent a bot sees what it wrote, what mentions it and its direct messages. */
  eventJson(intents: number): Json {
    const { guild, world } = this.channel;
    const isOwn = this.author === world.bot || this.mentions.users.includes(world.bot);
    const isReadable = isOwn || guild === undefined || (intents & INTENT.messageContent) !== 0;
    const member = this.webhook === undefined ? guild?.members.get(this.author.id) : undefined;
    return {
      ...this.json(),
      ...(isReadable ? {} : { content: '', embeds: [], attachments: [], components: [] }),
      ...(guild === undefined ? {} : { guild_id: guild.id }),
      ...(member === undefined ? {} : { member: member.bareJson() }),
    };
  }

  /** What it shows, without its author: a copy from when it was forwarded. */
  #forwardJson(original: Message): Json {
    const { type, content, timestamp, edited_timestamp, attachments, embeds, flags, mentions, components } =
      original.json();
    const copy = { type, content, timestamp, edited_timestamp, attachments, embeds, flags, mentions, components };
    return {
      message_reference: { type: 1, message_id: original.id, channel_id: original.channel.id },
      message_snapshots: [{ message: { ...copy, mention_roles: [] } }],
    };
  }

  #tell(name: string, data: (intents: number) => Json): void {
    if (!this.isEphemeral) this.channel.world.publish(name, this.channel.messageIntent, data, this.channel.guild?.id);
    this.channel.changed(this);
    this.answers?.changed();
  }

  #judgePings(allowedMentions: Json | undefined): void {
    if (this.author !== this.channel.world.bot) return;
    const pinged = mentionsIn(this.content, allowedMentions, this.channel);
    if (pinged.everyone || pinged.users.length > 0 || pinged.roleIds.length > 0) {
      this.channel.world.violations.push(`A message pings people: ${JSON.stringify(this.content.slice(0, 80))}`);
    }
  }
}
