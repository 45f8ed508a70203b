import type { DiscordGatewayAdapterCreator, DiscordGatewayAdapterLibraryMethods } from '@discordjs/voice';
import type { VoiceServer } from '../../simulators/discord/voice/index.ts';

export const CHANNEL = '82000000000000002';
export const BOT = '83000000000000003';
export const ANA = '84000000000000004';
export const BEN = '85000000000000005';
export const CARL = '86000000000000006';

/** The main gateway's part in voice, played by hand: it names a voice server to a bot that asks to join. */
export class Gateway {
  /** How often the bot asked to join. */
  joins = 0;
  /** What it answers with. */
  answers: 'a voice server' | 'nothing' | 'cannot be asked' = 'a voice server';
  hasLeft = false;
  /** What it gives the bot to identify with; the voice server expects `token`. */
  token = 'token';
  server: VoiceServer;
  readonly guildId: string;
  #session = 1;
  #methods: DiscordGatewayAdapterLibraryMethods | undefined;

  constructor(server: VoiceServer, guildId: string) {
    this.server = server;
    this.guildId = guildId;
  }

  readonly adapterOf = (): DiscordGatewayAdapterCreator => (methods) => {
    this.#methods = methods;
    return { sendPayload: (payload) => this.#asked(payload), destroy: () => {} };
  };

  /** Sends the bot's voice state and a voice server, as after a join. */
  nameServer(server = this.server, channelId = CHANNEL): void {
    this.server = server;
    const sessionId = `session ${this.#session}`;
    server.allow({ guildId: this.guildId, channelId, userId: BOT, sessionId, token: 'token' });
    // Only the fields that @discordjs/voice reads; the rest of a voice state is the main gateway's business.
    const state = { guild_id: this.guildId, channel_id: channelId, user_id: BOT, session_id: sessionId };
    this.#methods?.onVoiceStateUpdate(
      state as Parameters<DiscordGatewayAdapterLibraryMethods['onVoiceStateUpdate']>[0],
    ); // see above
    this.#methods?.onVoiceServerUpdate({ guild_id: this.guildId, token: this.token, endpoint: server.endpoint });
  }

  /** Says that the voice server is gone and another one will be named. */
  takeServerAway(): void {
    this.#methods?.onVoiceServerUpdate({ guild_id: this.guildId, token: 'token', endpoint: null });
  }

  /** The gateway session was lost: the voice server throws the bot out, and the next join is another session's. */
  loseSession(): void {
    this.server.remove(this.guildId, BOT);
    this.#session++;
  }

  /** The bot's client ends, which discord.js reports to its adapters. */
  end(): void {
    this.#methods?.destroy();
  }

  #asked(payload: unknown): boolean {
    const { channel_id } = (payload as { d: { channel_id: string | null } }).d; // op 4 is all the library ever sends
    if (channel_id === null) {
      this.hasLeft = true;
      return true;
    }
    this.joins++;
    if (this.answers === 'a voice server') setImmediate(() => this.nameServer());
    return this.answers !== 'cannot be asked';
  }
}
