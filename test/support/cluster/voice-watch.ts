import type { DiscordSimulator } from '../../simulators/discord/index.ts';
import type { VoiceClient } from '../../simulators/discord/voice/index.ts';

const LOOK_MS = 20;

/** The bot was let into a voice channel, by one of its sessions. In milliseconds since 1970. */
export interface Arrival {
  readonly guildId: string;
  readonly sessionId: string;
  readonly deafSinceMs: number | undefined; // when the connection before was over
  readonly hearsFromMs: number; // it has the keys of everybody
}

/** Notes from when to when the bot hears a voice channel, by whichever of its processes. */
export class VoiceWatch implements Disposable {
  readonly arrivals: Arrival[] = [];
  readonly #discord: DiscordSimulator;
  readonly #overSinceMs = new Map<string, number>(); // by guild
  readonly #disposal = new DisposableStack();

  constructor(discord: DiscordSimulator) {
    this.#discord = discord;
    const { voiceServer } = discord;
    const arrived = (client: VoiceClient) => void this.#noteArrival(client);
    // A killed process's connection waits for a resume, and is over only when the next one comes: it hears nothing.
    const over = ({ grant }: VoiceClient) => {
      if (!this.#overSinceMs.has(grant.guildId)) this.#overSinceMs.set(grant.guildId, Date.now());
    };
    voiceServer.on('ready', arrived).on('left', over).on('dropped', over);
    this.#disposal.defer(() => voiceServer.off('ready', arrived).off('left', over).off('dropped', over));
  }

  /** The first time that a server is heard again after this. @throws when that takes longer than the limit */
  async hearsAfter(guildId: string, sinceMs: number, limitMs: number): Promise<Arrival> {
    const endMs = Date.now() + limitMs;
    for (;;) {
      const found = this.arrivals.find((one) => one.guildId === guildId && one.hearsFromMs >= sinceMs);
      if (found) return found;
      if (Date.now() > endMs) throw new Error(`The bot did not hear again within ${limitMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async #noteArrival({ grant: { guildId, channelId, sessionId } }: VoiceClient): Promise<void> {
    const channel = this.#discord.world.channels.get(channelId);
    if (!channel) return;
    await this.#discord.voiceRoom(channel).settled();
    const deafSinceMs = this.#overSinceMs.get(guildId);
    this.#overSinceMs.delete(guildId);
    this.arrivals.push({ guildId, sessionId, deafSinceMs, hearsFromMs: Date.now() });
  }

  [Symbol.dispose](): void {
    this.#disposal.dispose();
  }
}
