import { once } from 'node:events';
import type {
  Room,
  SimulatedVoice,
  VoiceClient,
  VoiceHabits,
  VoiceServer,
} from '../../simulators/discord/voice/index.ts';
import { ANA, BOT, CHANNEL, Gateway } from './gateway.ts';
import { type Listener, type ListenOptions, listen } from './listener.ts';

let calls = 0;

/** A voice channel in a guild of its own with Ana in it, so that tests can share a server and run side by side. */
export class Call {
  readonly server: VoiceServer;
  readonly gateway: Gateway;
  readonly channel: Room;
  readonly ana: SimulatedVoice;

  constructor(server: VoiceServer, habits: Partial<VoiceHabits> = {}, daveVersion: 0 | 1 = 1) {
    const guildId = String(81_000_000_000_000_000n + BigInt(calls++));
    this.server = server;
    this.gateway = new Gateway(server, guildId);
    this.channel = server.room(guildId, CHANNEL, { daveVersion });
    this.ana = this.channel.addHuman(ANA, habits);
  }

  /** The bot's session on the server. */
  get bot(): VoiceClient {
    const client = this.channel.clients.get(BOT);
    if (client === undefined) throw new Error('The bot is not in the room');
    return client;
  }

  /** The bot joins; everybody gets their keys. */
  async listen(options: ListenOptions = {}): Promise<Listener> {
    const listener = await listen(this.gateway, options);
    await this.channel.settled();
    return listener;
  }

  /** Resolves when the server says so of this call's bot. */
  async botIs(event: 'identified' | 'ready' | 'resumed' | 'left'): Promise<VoiceClient> {
    for (;;) {
      const [client] = await once(this.server, event, { signal: AbortSignal.timeout(15_000) });
      if (client.grant.guildId === this.gateway.guildId) return client;
    }
  }
}
