import type { Log } from '../core/log.ts';
import type { NextSeats } from '../storage/cluster/seats/resharding.ts';
import type { Seat, Seats } from '../storage/cluster/seats/seats.ts';
import type { Moves } from './moves.ts';
import type { ShardSession } from './session.ts';
import type { Sessions } from './sessions.ts';
import { shardOf } from './shards.ts';

const DEAF_MS = 15_000; // a gateway session resumes within a few seconds as a rule

type HeirOf = Parameters<Moves['giveAll']>[1];

interface GivingParts {
  readonly processId: string;
  readonly seats: Seats;
  readonly sessions: Sessions;
  readonly moves: Moves;
  /** A shard has gone, or could not be given away now. */
  readonly done: () => void;
  readonly log: Log;
}

/** Gives shards to other processes: their meetings first, one by one, then the seat. */
export class Giving {
  readonly #parts: GivingParts;
  readonly #underWay = new Set<ShardSession>();

  constructor(parts: GivingParts) {
    this.#parts = parts;
  }

  /** Gives away what this process has too much of; everything when it drains. Does not wait for it. */
  async giveSurplus(): Promise<void> {
    const { seats } = this.#parts;
    for (const seat of await seats.surplus()) this.#giveShard(seat, seat.heirId);
  }

  /** Gives up the seats of shards that Discord does not send here any more, if somebody else is ready for them. */
  async giveUnheard(held: readonly Seat[]): Promise<void> {
    const { seats, sessions, log } = this.#parts;
    for (const seat of held) {
      const session = sessions.get(shardOfSeat(seat));
      if (!session || session.deafForMs < DEAF_MS || this.#underWay.has(session)) continue;
      const heirId = await seats.readyHeirOf(seat.shardId);
      if (heirId === undefined) continue;
      log.warn({ shard: seat.shardId }, 'Discord is not heard any more: another process serves the shard');
      this.#giveShard(seat, heirId);
    }
  }

  /**
   * Gives away meetings of a session that serves no more: one may begin while its seat goes. Where this process still has the
   * guild's seat, as after another number of shards, they stay until they end.
   */
  giveLeftOver(session: ShardSession): void {
    const { seats } = this.#parts;
    this.#give(session, (guildId) => seats.otherHolderOf(guildId).catch(() => undefined));
  }

  /** Gives meetings to those who will serve their servers when the number of shards has changed. */
  giveAhead({ count, heirs }: NextSeats): void {
    const { sessions, processId } = this.#parts;
    const heirOf: HeirOf = async (guildId) => {
      const heirId = heirs?.get(shardOf(guildId, count));
      return heirId === processId ? undefined : heirId;
    };
    for (const session of sessions.all()) if (heirs && session.isServing) this.#give(session, heirOf);
  }

  /** From the moment when the seat has gone, the other process answers. */
  #giveShard(seat: Seat, heirId: string): void {
    const { seats, sessions } = this.#parts;
    const session = sessions.get(shardOfSeat(seat));
    if (!session) return;
    this.#give(
      session,
      async () => heirId,
      async () => {
        if (await seats.handOver(seat)) await session.standBy();
      },
    );
  }

  #give(session: ShardSession, heirOf: HeirOf, giveSeat?: () => Promise<void>): void {
    const { moves, done, log } = this.#parts;
    const { bot, shard } = session;
    if (!bot || this.#underWay.has(session)) return;
    this.#underWay.add(session);
    void moves
      .giveAll(bot, heirOf)
      .then(async (isEmpty) => {
        await bot.house.allWrittenUp();
        if (isEmpty && bot.house.isIdle) await giveSeat?.(); // if not, the next round tries again
      })
      .catch((error: unknown) => log.warn({ err: error, shard: shard.id }, 'A shard could not be given away'))
      .finally(() => {
        this.#underWay.delete(session);
        if (giveSeat) done();
      });
  }
}

function shardOfSeat({ shardId, shardCount }: Seat): ShardSession['shard'] {
  return { id: shardId, count: shardCount };
}
