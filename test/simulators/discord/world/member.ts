import type { SpeechCoding } from '../../speech/index.ts';
import type { Said, VoiceHabits } from '../voice/index.ts';
import type { Channel } from './channel.ts';
import { INTENT, type Json } from './events.ts';
import type { OptionValue } from './given-options.ts';
import type { Guild } from './guild.ts';
import * as interactions from './interact.ts';
import type { Interaction } from './interaction.ts';
import { type FileGiven, MESSAGE_FLAG, type Message } from './message.ts';
import { channelPermissions, guildPermissions, PERMISSION, type PermissionName, type Standing } from './permissions.ts';
import type { Role } from './role.ts';
import { StageManners } from './stage/manners.ts';
import { type User, userJson } from './user.ts';
import { type SeatWish, seatOf, type VoiceState, voiceStateJson } from './voice-state.ts';

/** Somebody in one server: a person, another bot, or the bot under test. */
export class Member {
  readonly is = 'member';
  readonly id: string; // the user's
  readonly guild: Guild;
  readonly user: User;
  readonly roles: Role[];
  readonly locale: string;
  readonly joinedAtMs = Date.now();
  readonly serverAvatar: string | null; // an image hash
  /** How this person's client behaves in voice, from the next join on. */
  voiceHabits: Partial<VoiceHabits> = {};
  /** Whether the bot may write to them directly. */
  takesDirectMessages = true;
  nick: string | null;
  isDeafened = false; // by a moderator: it outlives the stay
  voice: VoiceState | undefined;
  /** What they do on a stage, and what moderators do with them there. */
  readonly stage = new StageManners(this);

  constructor(
    guild: Guild,
    user: User,
    options: { nick?: string; locale?: string; serverAvatar?: string; roles: readonly Role[] },
  ) {
    this.id = user.id;
    this.guild = guild;
    this.user = user;
    this.nick = options.nick ?? null;
    this.locale = options.locale ?? 'en-US';
    this.roles = [...options.roles];
    this.serverAvatar = options.serverAvatar ?? null;
  }

  /** The name that others see: the server's first, then the account's. */
  get displayName(): string {
    return this.nick ?? this.user.globalName ?? this.user.username;
  }

  join(channel: Channel): void {
    this.sit(channel, { sessionId: this.guild.world.secret() });
  }

  move(channel: Channel): void {
    if (this.voice === undefined) throw new Error(`Cannot move ${this.user.username}: not in a voice channel`);
    this.sit(channel, { ...this.voice });
  }

  /** Leaves voice, by oneself or thrown out. */
  leave(): void {
    const from = this.voice?.channel;
    if (from === undefined) return;
    const sessionId = this.voice?.sessionId ?? '';
    this.voice = undefined;
    this.guild.world.publish('VOICE_STATE_UPDATE', INTENT.guildVoiceStates, this.voiceStateJson(sessionId));
    this.guild.world.voice.moved(this, from);
  }

  /** Takes a seat; what is not given stays as it was, or is off. */
  sit(channel: Channel, how: SeatWish): void {
    if (!channel.isVoice) throw new Error(`Cannot sit in ${channel.name}: not a voice channel`);
    const from = this.voice?.channel;
    this.voice = seatOf(channel, how, this.voice);
    this.tellVoiceState();
    if (from !== channel) this.guild.world.voice.moved(this, from);
  }

  /** Changes something of where they sit, and everybody is told. */
  changeSeat(change: Partial<Pick<VoiceState, 'suppress' | 'requestToSpeakAt'>>): void {
    if (this.voice === undefined) throw new Error(`${this.user.username} is not in a voice channel`);
    this.voice = { ...this.voice, ...change };
    this.guild.world.voice.suppressed(this);
    this.tellVoiceState();
  }

  tellVoiceState(): void {
    this.guild.world.publish('VOICE_STATE_UPDATE', INTENT.guildVoiceStates, this.voiceStateJson());
  }

  /** A moderator takes somebody's hearing, or gives it back; Discord allows it only to who sits in a voice channel. */
  deafen(isDeafened = true): void {
    if (this.voice === undefined) throw new Error(`Cannot deafen ${this.user.username}: not in a voice channel`);
    this.isDeafened = isDeafened;
    this.guild.world.voice.deafened(this);
    this.sit(this.voice.channel, { ...this.voice });
  }

  /** Mutes or deafens oneself, or ends it. */
  setVoiceFlags(flags: { readonly selfMute?: boolean; readonly selfDeaf?: boolean }): void {
    if (this.voice === undefined) throw new Error(`Cannot mute ${this.user.username}: not in a voice channel`);
    this.sit(this.voice.channel, { ...this.voice, ...flags });
  }

  /** Speaks aloud in the voice channel, in real time; resolves when the last packet is out. */
  async say(text: string, coding?: SpeechCoding): Promise<Said> {
    return await this.guild.world.voice.say(this, text, coding);
  }

  rename(nick: string | null): void {
    this.nick = nick;
    this.#updated();
  }

  setRoles(roles: readonly Role[]): void {
    this.roles.splice(0, this.roles.length, ...roles);
    this.#updated();
  }

  /** Leaves the server, or is kicked. */
  quit(): void {
    this.leave();
    this.guild.members.delete(this.id);
    this.guild.world.publish('GUILD_MEMBER_REMOVE', INTENT.guildMembers, {
      guild_id: this.guild.id,
      user: userJson(this.user),
    });
  }

  /** Writes a message of their own. */
  write(channel: Channel, content: string, options: { files?: readonly FileGiven[] } = {}): Message {
    return channel.add({ author: this.user, content, files: options.files ?? [] });
  }

  /** Forwards somebody's message. */
  forward(channel: Channel, message: Message): Message {
    return channel.add({ author: this.user, forwards: message });
  }

  /** Sends a voice message, as phones record them: Opus in Ogg. */
  writeVoiceMessage(channel: Channel, bytes: Uint8Array, durationS: number): Message {
    const file = { filename: 'voice-message.ogg', bytes, contentType: 'audio/ogg', durationS };
    return channel.add({ author: this.user, files: [file], flags: MESSAGE_FLAG.isVoiceMessage });
  }

  /**
   * Uses a slash command, as its name with subcommands: `transcribe start`.
   *
   * Resolves when the bot has answered with something to read, rejects when Discord's client would have refused the
   * input, when the bot did not acknowledge within 3 s, or did not answer within `answerWithinMs`.
   */
  async command(
    name: string,
    options: Readonly<Record<string, OptionValue>>,
    where: interactions.Where,
  ): Promise<Interaction> {
    return await interactions.useCommand(this, name, options, where);
  }

  /** Types in an option with autocomplete and gets the choices that the bot offers. */
  async autocomplete(
    name: string,
    focused: string,
    typed: string | number,
    where: interactions.Where & { readonly options?: Readonly<Record<string, OptionValue>> },
  ): Promise<readonly interactions.Choice[]> {
    return await interactions.autocomplete(this, name, focused, typed, where);
  }

  /** Presses a button, or picks from a select menu. */
  async click(
    message: Message,
    customId: string,
    options: { readonly values?: readonly string[] } & interactions.Patience = {},
  ): Promise<Interaction> {
    return await interactions.click(this, message, customId, options);
  }

  /** Picks an entry of a message's context menu. */
  async useOnMessage(name: string, message: Message, patience: interactions.Patience = {}): Promise<Interaction> {
    return await interactions.useOnMessage(this, name, message, patience);
  }

  /** Fills in the form that an interaction was answered with. */
  async submit(
    form: Interaction,
    fields: Readonly<Record<string, string | readonly string[]>>,
    patience: interactions.Patience = {},
  ): Promise<Interaction> {
    return await interactions.submit(this, form, fields, patience);
  }

  standing(): Standing {
    return {
      userId: this.id,
      everyoneId: this.guild.id,
      isOwner: this.guild.owner === this,
      roles: [this.guild.everyone, ...this.roles],
    };
  }

  permissionsIn(channel: Channel | undefined): bigint {
    if (channel === undefined) return guildPermissions(this.standing());
    return channelPermissions(this.standing(), channel.permissionSource.overwrites);
  }

  may(permission: PermissionName, channel?: Channel): boolean {
    return (this.permissionsIn(channel) & PERMISSION[permission]) !== 0n;
  }

  json(): Json {
    return { ...this.bareJson(), user: userJson(this.user) };
  }

  /** As in a message, where the author stands beside it. */
  bareJson(): Json {
    return {
      nick: this.nick,
      avatar: this.serverAvatar,
      banner: null,
      avatar_decoration_data: null,
      roles: this.roles.map((role) => role.id),
      joined_at: new Date(this.joinedAtMs).toISOString(),
      premium_since: null,
      communication_disabled_until: null,
      deaf: false,
      mute: false,
      flags: 0,
      pending: false,
    };
  }

  voiceStateJson(lastSessionId = ''): Json {
    return voiceStateJson(this, lastSessionId);
  }

  #updated(): void {
    const own = this.id === this.guild.world.bot.id; // of itself a bot is always told
    this.guild.world.publish('GUILD_MEMBER_UPDATE', own ? INTENT.none : INTENT.guildMembers, {
      ...this.json(),
      guild_id: this.guild.id,
    });
  }
}
