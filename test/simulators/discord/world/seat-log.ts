import type { World } from './world.ts';

interface Seat {
  readonly atMs: number; // since 1970
  readonly sessionId: string;
  readonly guildId: string;
  readonly channelId: string | null; // null: out of voice
}

interface Asked extends Seat {
  readonly address: string; // of the process
}

/** Writes down which session asked for the bot's seats, and where the bot was seen: for tests of several processes. */
export class SeatLog {
  /** Every op 4, also what Discord ignored. */
  readonly asked: Asked[] = [];
  /** Every voice state of the bot, as everybody in the server could see it. */
  readonly seen: Seat[] = [];

  constructor(world: World) {
    world.onEvent(({ name, data }) => {
      if (name !== 'VOICE_STATE_UPDATE') return;
      const { user_id: userId, session_id: sessionId, guild_id: guildId, channel_id: channelId } = data(0);
      if (userId !== world.bot.id) return;
      const at = channelId === null ? null : String(channelId);
      this.seen.push({ atMs: Date.now(), sessionId: String(sessionId), guildId: String(guildId), channelId: at });
    });
  }

  ask(
    request: { readonly guild_id: string; readonly channel_id: string | null },
    { id, address }: { readonly id: string; readonly address: string },
  ): void {
    const { guild_id: guildId, channel_id: channelId } = request;
    this.asked.push({ atMs: Date.now(), sessionId: id, address, guildId, channelId });
  }
}
