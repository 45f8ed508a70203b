import type { SpeechCoding } from '../speech/index.ts';
import {
  type Room,
  type Said,
  type SimulatedVoice,
  startVoiceServer,
  type VoiceServer,
  type VoiceServerOptions,
} from './voice/index.ts';
import type { Channel } from './world/channel.ts';
import type { Guild } from './world/guild.ts';
import type { Member } from './world/member.ts';
import type { VoiceSeat } from './world/voice-seat.ts';
import type { World } from './world/world.ts';

/** The voice servers of the world: who sits in a channel has a voice in its room. */
export class VoiceServers implements VoiceSeat, AsyncDisposable {
  readonly first: VoiceServer;
  readonly #world: World;
  readonly #options: VoiceServerOptions;
  readonly #all: VoiceServer[];
  readonly #byGuild = new Map<Guild, VoiceServer>(); // where it is not the first
  readonly #voices = new Map<Member, SimulatedVoice>();

  constructor(world: World, first: VoiceServer, options: VoiceServerOptions) {
    this.#world = world;
    this.first = first;
    this.#all = [first];
    this.#options = { ...options, certificate: first.certificate };
  }

  static async start(world: World, options: VoiceServerOptions): Promise<VoiceServers> {
    const staysOpen = world.takeover?.closesWith === 'nothing';
    const all: VoiceServerOptions = { ...options, ...(staysOpen ? { takenOver: 'stays open' } : {}) };
    return new VoiceServers(world, await startVoiceServer(all), all);
  }

  /** The server that a guild is on now. */
  of(guild: Guild): VoiceServer {
    return this.#byGuild.get(guild) ?? this.first;
  }

  /** Stages are not end-to-end encrypted. */
  room(channel: Channel): Room {
    if (channel.guild === undefined) throw new Error('Direct messages have no voice room');
    return this.of(channel.guild).room(
      channel.guild.id,
      channel.id,
      channel.kind === 'stage' ? { daveVersion: 0 } : {},
    );
  }

  /** The voice of somebody who sits in a voice channel. */
  voiceOf(member: Member): SimulatedVoice {
    const voice = this.#voices.get(member);
    if (voice === undefined) throw new Error(`${member.displayName} is not in a voice channel`);
    return voice;
  }

  async say(member: Member, text: string, coding?: SpeechCoding): Promise<Said> {
    return await this.voiceOf(member).say(text, coding);
  }

  moved(member: Member): void {
    const { guild } = member;
    const channel = member.voice?.channel;
    if (member === guild.bot) {
      this.of(guild).remove(guild.id, member.id);
      if (channel !== undefined) this.serve(guild);
      return;
    }
    this.#voices.get(member)?.leave();
    this.#voices.delete(member);
    if (channel === undefined) return;
    this.#voices.set(member, this.room(channel).addHuman(member.id, member.voiceHabits));
    this.suppressed(member);
  }

  suppressed(member: Member): void {
    if (member.voice?.channel.kind === 'stage' && this.#voices.has(member))
      this.room(member.voice.channel).setSuppressed(member.id, !member.stage.isSpeaker);
  }

  deafened(member: Member): void {
    if (member.voice) this.room(member.voice.channel).setDeaf(member.id, member.isDeafened);
  }

  takenOver(guild: Guild): void {
    const { takeover } = this.#world;
    if (takeover === undefined || takeover.closesWith === 'nothing') return; // the server acts when the new one is let in
    this.of(guild).remove(guild.id, guild.bot.id, takeover.closesWith);
  }

  serve(guild: Guild): void {
    const { bot } = guild;
    if (bot.voice === undefined) return;
    this.deafened(bot);
    const server = this.of(guild);
    const token = this.#world.secret();
    server.allow({
      guildId: guild.id,
      channelId: bot.voice.channel.id,
      userId: bot.id,
      sessionId: bot.voice.sessionId,
      token,
    });
    this.#world.tellVoiceServer(guild, token, server.endpoint);
  }

  /** The guild's server goes away, and a while later there is another. Whoever speaks just then is cut off. */
  async change(guild: Guild): Promise<void> {
    this.#world.tellVoiceServer(guild, this.#world.secret(), null);
    this.of(guild).remove(guild.id, guild.bot.id);
    const server = await startVoiceServer(this.#options);
    this.#all.push(server);
    this.#byGuild.set(guild, server);
    for (const member of [...this.#voices.keys()].filter((one) => one.guild === guild)) this.moved(member);
    this.serve(guild);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The first owns the certificate of all.
    for (const server of this.#all.toReversed()) await server.close();
  }
}
