import { randomBytes } from 'node:crypto';
import { Application } from './application.ts';
import { Channel } from './channel.ts';
import { INTENT, type Json, type WorldEvent } from './events.ts';
import { Guild, type GuildOptions } from './guild.ts';
import type { Interaction } from './interaction.ts';
import type { Member } from './member.ts';
import { NoVoice } from './no-voice.ts';
import { Snowflakes } from './snowflake.ts';
import type { Takeover } from './takeover.ts';
import type { User } from './user.ts';
import type { VoiceSeat } from './voice-seat.ts';
import type { Webhook } from './webhook.ts';

/** Everything that is: servers, people, channels, messages. The REST side and the gateway are two views of it. */
export class World {
  readonly snowflakes = new Snowflakes();
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>(); // threads and direct messages too
  readonly webhooks = new Map<string, Webhook>();
  readonly interactions = new Map<string, Interaction>(); // by token
  readonly application: Application;
  readonly bot: User;
  /** What a careful bot would never have done, in plain words. */
  readonly violations: string[] = [];
  /** Where addresses of attachments begin; known once the server listens. */
  origin = '';
  /** Takes people and the bot into voice rooms. */
  voice: VoiceSeat = new NoVoice(this);
  /** What happens to the seat that one session of the bot takes over from another. */
  readonly takeover: Takeover | undefined;
  /** What the bot identifies itself with. */
  token: string;
  readonly #ending = new AbortController();
  readonly #listeners = new Set<(event: WorldEvent) => void>();

  constructor(botName: string, options: { readonly token?: string; readonly takeover?: Takeover } = {}) {
    this.bot = this.addUser({ username: botName, isBot: true });
    this.token = options.token ?? this.#newToken();
    this.takeover = options.takeover;
    this.application = new Application(this.bot.id, botName); // Discord gives both the same id
  }

  /** Aborts when the simulator is closed: nobody waits for it any more. */
  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  end(): void {
    this.#ending.abort(new Error('The simulator was closed'));
    for (const interaction of this.interactions.values()) interaction.dispose();
  }

  /** The direct messages between the bot and somebody. */
  directMessages(recipient: User): Channel {
    const open = [...this.channels.values()].find((channel) => channel.recipient === recipient);
    const channel = open ?? new Channel(this, undefined, 'dm', recipient.username, { recipient });
    this.channels.set(channel.id, channel);
    return channel;
  }

  addUser(options: { username: string; globalName?: string; avatar?: string; isBot?: boolean }): User {
    const user: User = {
      id: this.snowflakes.next(),
      username: options.username,
      globalName: options.globalName ?? null,
      avatar: options.avatar ?? null,
      isBot: options.isBot ?? false,
    };
    this.users.set(user.id, user);
    return user;
  }

  addGuild(options: GuildOptions): Guild {
    const guild = new Guild(this, options);
    this.guilds.set(guild.id, guild);
    guild.announce();
    return guild;
  }

  /** Every listener hears of every event; the gateway picks what each session asked for. */
  onEvent(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * @param guildId - needed where the data names no `guild_id`, and the event is of a server all the same
   * @param onlyTo - the one session that is told
   */
  publish(
    name: string,
    intent: number,
    data: Json | ((intents: number) => Json),
    guildId?: string,
    onlyTo?: string,
  ): void {
    const named = typeof data === 'function' ? undefined : data.guild_id;
    const event: WorldEvent = {
      name,
      intent,
      guildId: guildId ?? (typeof named === 'string' ? named : undefined),
      onlyTo,
      data: typeof data === 'function' ? data : () => data,
    };
    for (const listener of this.#listeners) listener(event);
  }

  /** VOICE_SERVER_UPDATE; without an endpoint the server that Discord chose is not there yet, or not any more. */
  tellVoiceServer(guild: Guild, token: string, endpoint: string | null): void {
    const asker = this.takeover?.tells === 'asker' ? guild.bot.voice?.sessionId : undefined;
    this.publish('VOICE_SERVER_UPDATE', INTENT.none, { guild_id: guild.id, token, endpoint }, guild.id, asker);
  }

  memberOf(guildId: string | undefined, userId: string): Member | undefined {
    return guildId === undefined ? undefined : this.guilds.get(guildId)?.members.get(userId);
  }

  /** The token is worth nothing any more; who runs the bot gets another. */
  resetToken(): void {
    this.token = this.#newToken();
  }

  secret(): string {
    return randomBytes(24).toString('base64url');
  }

  #newToken(): string {
    return `${Buffer.from(this.bot.id).toString('base64url')}.${this.secret()}`;
  }
}
