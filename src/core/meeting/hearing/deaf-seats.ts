import type { GuildId } from '../../ids.ts';

const LINGER_MS = 30_000;

interface Seat {
  readonly room: AsyncDisposable;
  readonly timer: NodeJS.Timeout;
}

/** Rooms in which the bot sits deafened and holds no meeting: people can undo that only while they see the bot there. */
export class DeafSeats {
  readonly #seats = new Map<GuildId, Seat>();

  /** Leaves the room after a while. */
  linger(guildId: GuildId, room: AsyncDisposable): void {
    const timer = setTimeout(() => void this.leave(guildId), LINGER_MS);
    this.#seats.set(guildId, { room, timer });
  }

  /** A new attempt to start a meeting begins. */
  async leave(guildId: GuildId): Promise<void> {
    const seat = this.#seats.get(guildId);
    if (!seat) return;
    this.#seats.delete(guildId);
    clearTimeout(seat.timer);
    await seat.room[Symbol.asyncDispose]();
  }

  async leaveAll(): Promise<void> {
    await Promise.all([...this.#seats.keys()].map((guildId) => this.leave(guildId)));
  }
}
