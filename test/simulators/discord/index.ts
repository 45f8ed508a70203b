import type { AddressInfo } from 'node:net';
import { GatewayServer } from './gateway/server.ts';
import { SessionStarts } from './gateway/session-starts.ts';
import { decide } from './oauth2/authorize.ts';
import { RestServer } from './rest/server.ts';
import { seatBot } from './seat-bot.ts';
import type { Room, SimulatedVoice, VoiceServer, VoiceServerOptions } from './voice/index.ts';
import { VoiceServers } from './voice-servers.ts';
import type { Channel } from './world/channel.ts';
import { INTENT } from './world/events.ts';
import type { Guild, GuildOptions } from './world/guild.ts';
import type { Member } from './world/member.ts';
import { SeatLog } from './world/seat-log.ts';
import type { Takeover } from './world/takeover.ts';
import { World } from './world/world.ts';

export { busiestSecond } from './rest/global-limits.ts';
export type { Channel } from './world/channel.ts';
export { INTENT, type Json } from './world/events.ts';
export type { OptionValue } from './world/given-options.ts';
export type { Guild } from './world/guild.ts';
export { Interaction } from './world/interaction.ts';
export type { Member } from './world/member.ts';
export type { FileGiven, Message } from './world/message.ts';
export type { PermissionName } from './world/permissions.ts';
export type { VoiceSeat } from './world/voice-seat.ts';
export { Webhook } from './world/webhook.ts';

export interface DiscordOptions {
  readonly botName?: string;
  readonly token?: string; // random unless told
  readonly limits?: 'real' | 'none'; // of REST; real unless told
  /** Whether each address has 50 requests a second without a token. No unless told, as tests are faster than people. */
  readonly limitsAddresses?: boolean;
  readonly privilegedIntents?: readonly ('guildMembers' | 'guildPresences' | 'messageContent')[]; // none unless told
  readonly heartbeatIntervalMs?: number; // 41.25 s as Discord unless told
  readonly resumeWithinMs?: number; // how long a lost session waits: 90 s unless told
  readonly recommendedShards?: number; // 1 unless told
  /** With this there are voice servers; without it people sit in channels but nothing is heard. */
  readonly voice?: VoiceServerOptions;
  readonly sessionStartsLeft?: number; // 1,000 unless told; with one more identify the token is reset
  readonly maxConcurrency?: number; // buckets of identifies: 1 unless told
  /** How far apart a bucket's identifies must be: Discord wants 5 s. Unless told, it does not matter. */
  readonly identifyEveryMs?: number;
  /** Unless told, the voice connection before is closed with 4006 when the new one is let in, and all are told. */
  readonly takeover?: Takeover;
}

/**
 * A Discord on loopback: REST, gateway, voice, and a world that tests drive.
 *
 *     await using sim = await startDiscord({ voice: {} });
 *     const guild = sim.addGuild({ name: 'Café' });
 *     const text = guild.addTextChannel('meeting');
 *     const ana = guild.addMember({ name: 'ana', nick: 'Ana' });
 *     ana.join(guild.addVoiceChannel('Talk'));
 *     // … the bot logs in: new Client({ intents, rest: { api: sim.apiUrl } }).login(sim.token)
 *     const reply = await ana.command('transcribe start', {}, { channel: text });
 *     await ana.say('hello');
 *     await text.waitFor((message) => message.content.includes('hello'));
 *     expect(sim.violations).toEqual([]);
 */
export class DiscordSimulator implements AsyncDisposable {
  readonly world: World;
  readonly rest: RestServer;
  readonly gateway: GatewayServer;
  readonly seats: SeatLog;
  #voice: VoiceServers | undefined;

  /** Use `startDiscord`. */
  constructor(options: DiscordOptions) {
    this.world = new World(options.botName ?? 'Parley', options);
    this.seats = new SeatLog(this.world);
    const starts = new SessionStarts({
      left: options.sessionStartsLeft ?? 1_000,
      maxConcurrency: options.maxConcurrency ?? 1,
      identifyEveryMs: options.identifyEveryMs ?? 0,
    });
    this.gateway = new GatewayServer(
      this.world,
      {
        starts,
        resumeWithinMs: options.resumeWithinMs ?? 90_000,
        heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
        allowedIntents: (options.privilegedIntents ?? []).reduce((bits, name) => bits | INTENT[name], 0),
      },
      (request, session) => {
        this.seats.ask(request, session);
        seatBot(this.world, request, session.id);
      },
    );
    const limits = { limits: options.limits ?? 'real', limitsAddresses: options.limitsAddresses ?? false };
    this.rest = new RestServer(this.world, limits, () => ({
      url: this.gateway.url,
      bot: { shards: options.recommendedShards ?? 1, session_start_limit: starts.json() },
    }));
    this.rest.http.on('upgrade', (request, socket, head) => {
      this.gateway.sockets.handleUpgrade(request, socket, head, (client) => this.gateway.accept(client, request));
    });
  }

  /** What the bot logs in with. */
  get token(): string {
    return this.world.token;
  }

  /** For `new Client({ rest: { api } })` and `DISCORD_API_URL`. */
  get apiUrl(): string {
    return `${this.world.origin}/api`;
  }

  /** For `DISCORD_CDN_URL`: files and pictures are at the same place. */
  get cdnUrl(): string {
    return this.world.origin;
  }

  /** For `DISCORD_AUTHORIZE_URL`: the page on which people allow an application to know who they are. */
  get authorizeUrl(): string {
    return `${this.world.origin}/oauth2/authorize`;
  }

  /** What a careful bot would never have done, in plain words; empty is good. */
  get violations(): readonly string[] {
    return this.world.violations;
  }

  /** How many requests came too early. */
  get rateLimited(): number {
    return this.rest.limits.refused;
  }

  addGuild(options: GuildOptions): Guild {
    return this.world.addGuild(options);
  }

  /** The direct messages between the bot and somebody. */
  directMessages(member: Member): Channel {
    return this.world.directMessages(member.user);
  }

  /**
   * What somebody does whom an application sends to `authorizeUrl`. @param who - who allows it; missing: they press Cancel
   *
   * @returns the address to which Discord sends their browser back
   */
  decideOn(address: string, who?: Member): string {
    return decide(this.world, address, who?.user);
  }

  /** The voice server that guilds begin on: its events, faults and certificate. */
  get voiceServer(): VoiceServer {
    return this.#voiceServers.first;
  }

  /** The room behind a voice channel, on the server where its guild is now. */
  voiceRoom(channel: Channel): Room {
    return this.#voiceServers.room(channel);
  }

  /** The microphone of somebody who sits in a voice channel: habits, network, faults. */
  voiceOf(member: Member): SimulatedVoice {
    return this.#voiceServers.voiceOf(member);
  }

  /** The guild's voice server goes away and another takes over, as when a region changes. */
  async voiceServerChange(guild: Guild): Promise<void> {
    await this.#voiceServers.change(guild);
  }

  get #voiceServers(): VoiceServers {
    if (this.#voice === undefined) throw new Error('This simulator was started without voice');
    return this.#voice;
  }

  async listen(voice?: VoiceServerOptions): Promise<void> {
    if (voice !== undefined) {
      this.#voice = await VoiceServers.start(this.world, voice);
      this.world.voice = this.#voice;
    }
    const { http } = this.rest;
    const listening = Promise.withResolvers<void>();
    http.once('error', listening.reject);
    http.listen(0, '127.0.0.1', () => listening.resolve());
    await listening.promise;
    const { port } = http.address() as AddressInfo; // a TCP server's address is never a string
    this.world.origin = `http://127.0.0.1:${port}`;
  }

  /** Ends everything at once; clients see cut connections. */
  async close(): Promise<void> {
    this.world.end();
    this.gateway.dispose();
    const closed = Promise.withResolvers<void>();
    this.rest.http.close(() => closed.resolve());
    this.rest.http.closeAllConnections();
    await closed.promise;
    await this.#voice?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

export async function startDiscord(options: DiscordOptions = {}): Promise<DiscordSimulator> {
  const simulator = new DiscordSimulator(options);
  await simulator.listen(options.voice);
  return simulator;
}
