import { once } from 'node:events';
import {
  type DiscordGatewayAdapterLibraryMethods,
  entersState,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice';
import type { VoiceServer } from '../../simulators/discord/voice/index.ts';

export const GUILD = '81000000000000001';
export const CHANNEL = '82000000000000002';
export const BOT = '83000000000000003';
export const ANA = '84000000000000004';
export const BEN = '85000000000000005';

/** The real voice client in a simulated room, with the main gateway's part played by hand. */
export interface RealClient extends Disposable {
  readonly connection: VoiceConnection;
  readonly errors: Error[];
  /** How often it asked the main gateway to join. */
  joins(): number;
}

export interface JoinOptions {
  readonly sessionId?: string; // that it says it has
  readonly token?: string;
  readonly daveEncryption?: boolean;
}

/** Joins the room of `GUILD` and `CHANNEL`; what it says of itself may differ from what the server was promised. */
export function join(server: VoiceServer, options: JoinOptions = {}): RealClient {
  server.allow({ guildId: GUILD, channelId: CHANNEL, userId: BOT, sessionId: 'session', token: 'token' });
  const errors: Error[] = [];
  let joins = 0;
  const answer = (methods: DiscordGatewayAdapterLibraryMethods) => {
    // Only the fields that @discordjs/voice reads; the rest of a voice state is the main gateway's business.
    const state = { guild_id: GUILD, channel_id: CHANNEL, user_id: BOT, session_id: options.sessionId ?? 'session' };
    methods.onVoiceStateUpdate(state as Parameters<typeof methods.onVoiceStateUpdate>[0]); // see above
    methods.onVoiceServerUpdate({ guild_id: GUILD, token: options.token ?? 'token', endpoint: server.endpoint });
  };
  const connection = joinVoiceChannel({
    guildId: GUILD,
    channelId: CHANNEL,
    selfDeaf: false,
    selfMute: true,
    daveEncryption: options.daveEncryption ?? true,
    adapterCreator: (methods) => ({
      sendPayload: (payload) => {
        const { channel_id } = (payload as { d: { channel_id: string | null } }).d; // op 4 is all it ever sends
        if (channel_id === null) return true;
        joins++;
        // A client that is refused joins again at once, for ever: the first answer tells a test all.
        if (joins === 1) queueMicrotask(() => answer(methods));
        return true;
      },
      destroy: () => {},
    }),
  });
  connection.on('error', (error) => errors.push(error));
  return {
    connection,
    errors,
    joins: () => joins,
    [Symbol.dispose]: () => {
      if (connection.state.status !== VoiceConnectionStatus.Destroyed) connection.destroy();
    },
  };
}

/** Joins and waits until the connection calls itself ready. */
export async function joinReady(server: VoiceServer): Promise<RealClient> {
  const client = join(server);
  try {
    await entersState(client.connection, VoiceConnectionStatus.Ready, 5_000);
  } catch (cause) {
    client[Symbol.dispose]();
    throw new Error('Cannot join the simulated room within 5 s', { cause });
  }
  return client;
}

/** Collects the Opus packets that the shipped receiver gives for a person. */
export function listen(
  { connection }: RealClient,
  userId: string,
): { packets: Buffer[]; heard(count: number): Promise<void> } {
  const packets: Buffer[] = [];
  const stream = connection.receiver.subscribe(userId);
  stream.on('data', (packet: Buffer) => packets.push(packet));
  stream.on('error', () => {}); // a packet that cannot be opened ends the stream: the test sees what is missing
  return {
    packets,
    heard: async (count) => {
      while (packets.length < count) await once(stream, 'data');
    },
  };
}
