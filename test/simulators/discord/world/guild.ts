import { Channel, type ChannelKind } from './channel.ts';
import { INTENT, type Json } from './events.ts';
import type { ForumMaking } from './forum.ts';
import { Member } from './member.ts';
import {
  EVERYONE_BY_DEFAULT,
  type OverwriteOptions,
  overwriteOf,
  type PermissionName,
  permissionBits,
} from './permissions.ts';
import { Role } from './role.ts';
import { type EventOptions, ScheduledEvent } from './scheduled-event.ts';
import type { User } from './user.ts';
import type { World } from './world.ts';

/** What a text and voice bot is usually invited with. */
const BOT_BY_DEFAULT: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'Connect',
  'Speak',
  'UseVAD',
  'ChangeNickname',
];

export interface GuildOptions {
  readonly name: string;
  readonly locale?: string; // en-US unless told
  readonly botPermissions?: readonly PermissionName[]; // of the bot's own role, beside what everyone may do
  readonly everyonePermissions?: readonly PermissionName[];
  readonly shard?: readonly [id: number, count: number]; // where its id puts it; any unless told
}

export interface MemberOptions {
  readonly name: string; // the user name
  readonly user?: User; // an account that is in another server, too; missing: a new one
  readonly globalName?: string;
  readonly nick?: string;
  readonly bot?: boolean;
  readonly avatar?: string; // an image hash
  readonly serverAvatar?: string; // of this server's profile
  readonly locale?: string; // of this person's Discord client
  readonly permissions?: readonly PermissionName[]; // through a role of their own
}

export interface ChannelOptions {
  readonly overwrites?: readonly OverwriteOptions[];
  readonly parent?: Channel;
}

/** A Discord server. */
export class Guild {
  readonly id: string;
  readonly world: World;
  readonly name: string;
  readonly locale: string;
  readonly everyone: Role;
  readonly roles = new Map<string, Role>();
  readonly members = new Map<string, Member>();
  readonly channels = new Map<string, Channel>(); // threads are beside, in `threads`
  readonly threads = new Map<string, Channel>();
  readonly scheduledEvents = new Map<string, ScheduledEvent>(); // also those that are over
  readonly owner: Member;
  readonly bot: Member;
  /** The bot's managed role. */
  readonly botRole: Role;
  readonly createdAtMs = Date.now();
  #announced = false;
  #isAvailable = true;

  constructor(world: World, options: GuildOptions) {
    this.world = world;
    this.id = world.snowflakes.next(options.shard);
    this.name = options.name;
    this.locale = options.locale ?? 'en-US';
    const forEveryone = permissionBits(options.everyonePermissions ?? EVERYONE_BY_DEFAULT);
    this.everyone = new Role(this, this.id, '@everyone', forEveryone);
    this.roles.set(this.everyone.id, this.everyone);
    const forBot = permissionBits(options.botPermissions ?? BOT_BY_DEFAULT);
    this.botRole = new Role(this, world.snowflakes.next(), world.bot.username, forBot, true);
    this.roles.set(this.botRole.id, this.botRole);
    this.owner = this.addMember({ name: 'owner' });
    this.bot = new Member(this, world.bot, { roles: [this.botRole] });
    this.members.set(this.bot.id, this.bot);
  }

  addRole(name: string, permissions: readonly PermissionName[] = []): Role {
    const role = new Role(this, this.world.snowflakes.next(), name, permissionBits(permissions));
    this.roles.set(role.id, role);
    this.#tell('GUILD_ROLE_CREATE', INTENT.guilds, () => ({ guild_id: this.id, role: role.json() }));
    return role;
  }

  addMember(options: MemberOptions): Member {
    const user =
      options.user ??
      this.world.addUser({
        username: options.name,
        ...(options.globalName === undefined ? {} : { globalName: options.globalName }),
        ...(options.avatar === undefined ? {} : { avatar: options.avatar }),
        isBot: options.bot ?? false,
      });
    const roles = options.permissions === undefined ? [] : [this.addRole(`${options.name}'s`, options.permissions)];
    const member = new Member(this, user, {
      roles,
      ...(options.serverAvatar === undefined ? {} : { serverAvatar: options.serverAvatar }),
      ...(options.nick === undefined ? {} : { nick: options.nick }),
      ...(options.locale === undefined ? {} : { locale: options.locale }),
    });
    this.members.set(member.id, member);
    this.#tell('GUILD_MEMBER_ADD', INTENT.guildMembers, () => ({ ...member.json(), guild_id: this.id }));
    return member;
  }

  addTextChannel(name: string, options: ChannelOptions = {}): Channel {
    return this.#addChannel('text', name, options);
  }

  addVoiceChannel(
    name: string,
    options: ChannelOptions & { readonly userLimit?: number; readonly type?: 'voice' | 'stage' } = {},
  ): Channel {
    return this.#addChannel(options.type ?? 'voice', name, options, options.userLimit);
  }

  /** A channel that has only posts, which are threads. */
  addForum(
    name: string,
    options: ChannelOptions & {
      readonly tags?: readonly (string | { readonly name: string; readonly isModerated: true })[];
      readonly requiresTag?: boolean;
    } = {},
  ): Channel {
    const tags = (options.tags ?? []).map((tag) => ({
      id: this.world.snowflakes.next(),
      ...(typeof tag === 'string' ? { name: tag, isModerated: false } : tag),
    }));
    return this.#addChannel('forum', name, { ...options, forum: { tags, requiresTag: options.requiresTag ?? false } });
  }

  addCategory(name: string, options: ChannelOptions = {}): Channel {
    return this.#addChannel('category', name, options);
  }

  /** Somebody plans an event; the owner unless told. */
  addScheduledEvent(options: EventOptions, creator: User = this.owner.user): ScheduledEvent {
    const event = new ScheduledEvent(this, creator, options);
    this.scheduledEvents.set(event.id, event);
    if (event.isSeenByBot) this.#tell('GUILD_SCHEDULED_EVENT_CREATE', INTENT.guildScheduledEvents, () => event.json());
    return event;
  }

  /** A moderator throws the bot out of its voice channel. */
  disconnectBot(): void {
    this.bot.leave();
  }

  /** A moderator drags the bot into another voice channel. */
  moveBot(channel: Channel): void {
    this.bot.move(channel);
  }

  /** The bot is thrown out of the server. */
  remove(): void {
    this.bot.leave();
    this.world.guilds.delete(this.id);
    for (const id of [...this.channels.keys(), ...this.threads.keys()]) this.world.channels.delete(id);
    this.#tell('GUILD_DELETE', INTENT.guilds, () => ({ id: this.id }));
  }

  /** The server cannot be reached for a while, as when Discord has trouble; then it is back. */
  setAvailable(isAvailable: boolean): void {
    this.#isAvailable = isAvailable;
    if (isAvailable) this.announce();
    else this.#tell('GUILD_DELETE', INTENT.guilds, () => ({ id: this.id, unavailable: true }));
  }

  /** Tells running sessions that the bot was added here; new sessions are told by their own GUILD_CREATE. */
  announce(): void {
    this.#announced = true;
    this.world.publish('GUILD_CREATE', INTENT.guilds, (intents) => this.createJson(intents), this.id);
  }

  json(): Json {
    return {
      id: this.id,
      name: this.name,
      icon: null,
      splash: null,
      discovery_splash: null,
      description: null,
      banner: null,
      owner_id: this.owner.id,
      region: 'deprecated',
      afk_channel_id: null,
      afk_timeout: 300,
      application_id: null,
      system_channel_id: null,
      system_channel_flags: 0,
      rules_channel_id: null,
      public_updates_channel_id: null,
      safety_alerts_channel_id: null,
      verification_level: 1,
      default_message_notifications: 0,
      explicit_content_filter: 0,
      mfa_level: 0,
      nsfw_level: 0,
      premium_tier: 0,
      premium_subscription_count: 0,
      premium_progress_bar_enabled: false,
      preferred_locale: this.locale,
      features: [],
      vanity_url_code: null,
      max_members: 250_000,
      max_video_channel_users: 25,
      max_stage_video_channel_users: 50,
      emojis: [],
      stickers: [],
      roles: [...this.roles.values()].map((role) => role.json()),
      incidents_data: null,
    };
  }

  /** Without the presences intent, Discord names only the bot and those who sit in voice channels. */
  createJson(intents: number): Json {
    if (!this.#isAvailable) return { id: this.id, unavailable: true };
    const members = [...this.members.values()].filter(
      (member) => (intents & INTENT.guildPresences) !== 0 || member === this.bot || member.voice !== undefined,
    );
    return {
      ...this.json(),
      joined_at: new Date(this.createdAtMs).toISOString(),
      large: false,
      unavailable: false,
      member_count: this.members.size,
      voice_states:
        (intents & INTENT.guildVoiceStates) === 0
          ? []
          : [...this.members.values()].filter((member) => member.voice).map((member) => member.voiceStateJson()),
      members: members.map((member) => member.json()),
      channels: [...this.channels.values()].map((channel) => channel.json()),
      threads: [...this.threads.values()]
        .filter((thread) => !thread.archived && thread.isSeenBy(this.bot))
        .map((thread) => thread.json()),
      presences: [],
      stage_instances: [...this.channels.values()].flatMap(({ stageInstance }) => stageInstance?.json() ?? []),
      guild_scheduled_events: [...this.scheduledEvents.values()]
        .filter(({ isOpen, isSeenByBot }) => isOpen && isSeenByBot)
        .map((event) => event.json()),
      soundboard_sounds: [],
    };
  }

  #addChannel(
    kind: ChannelKind,
    name: string,
    options: ChannelOptions & { readonly forum?: ForumMaking },
    userLimit = 0,
  ): Channel {
    const channel = new Channel(this.world, this, kind, name, {
      overwrites: (options.overwrites ?? []).map(overwriteOf),
      userLimit,
      ...(options.parent === undefined ? {} : { parent: options.parent }),
    });
    channel.forum = options.forum;
    this.channels.set(channel.id, channel);
    this.world.channels.set(channel.id, channel);
    this.#tell('CHANNEL_CREATE', INTENT.guilds, () => channel.json());
    return channel;
  }

  #tell(name: string, intent: number, data: () => Json): void {
    if (this.#announced) this.world.publish(name, intent, data(), this.id);
  }
}
