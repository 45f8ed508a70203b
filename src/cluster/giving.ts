import type { Log } from '../core/log.ts';
import type { Seat, Seats } from '../storage/cluster/seats.ts';
import type { Moves } from './moves.ts';
import type { Sessions } from './sessions.ts';

const DEAF_MS = 15_000; // a gateway session resumes within a few seconds as a rule

interface GivingParts {
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
  readonly #underWay = new Set<number>();

  constructor(parts: GivingParts) {
    this.#parts = parts;
  }

  /** Gives away what this process has too much of; everything when it drains. Does not wait for it. */
  async giveSurplus(): Promise<void> {
    const { seats } = this.#parts;
    for (const seat of await seats.surplus()) this.#give(seat.shardId, seat.heirId, () => this.#giveSeat(seat));
  }

  /** Gives up the seats of shards that Discord does not send here any more, if somebody else is ready for them. */
  async giveUnheard(held: readonly Seat[]): Promise<void> {
    const { seats, sessions, log } = this.#parts;
    for (const seat of held) {
      const { deafForMs = 0 } = sessions.get(seat.shardId) ?? {};
      if (deafForMs < DEAF_MS || this.#underWay.has(seat.shardId)) continue;
      const heirId = await seats.readyHeirOf(seat.shardId);
      if (heirId === undefined) continue;
      log.warn({ shard: seat.shardId }, 'Discord is not heard any more: another process serves the shard');
      this.#give(seat.shardId, heirId, () => this.#giveSeat(seat));
    }
  }

  /** Gives away meetings of a shard that is another process's already: one may begin while its seat goes. */
  async giveLeftOver(shardId: number): Promise<void> {
    const holder = await this.#parts.seats.otherHolderOf(shardId).catch(() => undefined);
    if (holder !== undefined) this.#give(shardId, holder, async () => {});
  }

  #give(shardId: number, heirId: string, giveSeat: () => Promise<void>): void {
    const { sessions, moves, done, log } = this.#parts;
    const bot = sessions.get(shardId)?.bot;
    if (!bot || this.#underWay.has(shardId)) return;
    this.#underWay.add(shardId);
    void moves
      .giveAll(bot, heirId)
      .then(async (isEmpty) => {
        await bot.house.allWrittenUp();
        if (isEmpty && bot.house.isIdle) await giveSeat(); // if not, the next round tries again
      })
      .catch((error: unknown) => log.warn({ err: error, shard: shardId }, 'A shard could not be given away'))
      .finally(() => {
        this.#underWay.delete(shardId);
        done();
      });
  }

  /** From that moment on the other process answers. */
  async #giveSeat(seat: Seat): Promise<void> {
    const { seats, sessions } = this.#parts;
    if (await seats.handOver(seat)) await sessions.get(seat.shardId)?.standBy();
  }
}
