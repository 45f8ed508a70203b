import type { GuildId } from '../../ids.ts';
import type { VoiceRoom } from '../../ports/voice.ts';

const LINGER_MS = 30_000;

interface Seat {
  readonly room: VoiceRoom;
  readonly timer: NodeJS.Timeout;
}

/**
 * Rooms in which the bot sits deafened and in no meeting: people can undo it only while they see it there.
 */
export class DeafSeats {
  readonly #seats = new Map<GuildId, Seat>();

  /** Leaves it after a while. */
  linger(guildId: GuildId, room: VoiceRoom): void {
    const timer = setTimeout(() => void this.leave(guildId), LINGER_MS);
    this.#seats.set(guildId, { room, timer });
  }

  /** A new attempt begins. */
  async leave(guildId: GuildId): Promise<void> {
    const seat = this.#seats.get(guildId);
    if (!seat) return;
    this.#seats.delete(guildId);
    clearTimeout(seat.timer);
    await seat.room.leave();
  }

  async leaveAll(): Promise<void> {
    await Promise.all([...this.#seats.keys()].map((guildId) => this.leave(guildId)));
  }
}
