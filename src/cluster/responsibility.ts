import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from '../bot/bot.ts';
import type { GuildId } from '../core/ids.ts';
import type { Moves } from './moves.ts';
import type { Shard } from './shards.ts';

const LOOK_MS = 50;
const LIMBO_MS = 2_300; // people wait three seconds for an answer, and the answer has to travel

/** A gateway session as far as it matters whose business a guild is. */
interface GuildSession {
  readonly shard: Shard;
  readonly bot: { readonly house: Pick<Bot['house'], 'isBeginning' | 'running' | 'resuming'> } | undefined;
}

interface ResponsibilityParts {
  readonly sessions: {
    of(guildId: GuildId): GuildSession | undefined;
    serves(guildId: GuildId): boolean;
  };
  readonly moves: Pick<Moves, 'hasGone' | 'hasLeft'>;
}

/** Whose business a guild is: this process's or another's, and by which of its sessions. */
export class Responsibility {
  readonly #parts: ResponsibilityParts;

  constructor(parts: ResponsibilityParts) {
    this.#parts = parts;
  }

  /** Whether what happens in a guild is this process's business. */
  isOurs(guildId: GuildId): boolean {
    return this.#hasToDoWith(guildId) && this.#parts.moves.hasGone(guildId) !== true;
  }

  /** Whether a session of this process is the one that looks after a guild, as far as this process does. */
  looksAfter(guildId: GuildId, { id, count }: Shard): boolean {
    const shard = this.#parts.sessions.of(guildId)?.shard;
    return shard?.id === id && shard.count === count;
  }

  /**
   * Whether this process answers in a guild. Every session of a shard is asked; while its seat or its meeting changes hands,
   * this waits for the outcome, so that somebody answers, and only one.
   */
  async mayAnswer(guildId: GuildId): Promise<boolean> {
    const { moves } = this.#parts;
    if (this.#hasToDoWith(guildId)) return !(await moves.hasGone(guildId));
    return await this.#becomesOurs(guildId);
  }

  /**
   * Whether this process serves a guild's shard, or has its meeting: that may come before the seat of the shard, begin while it
   * goes, and come back just when it has gone.
   */
  #hasToDoWith(guildId: GuildId): boolean {
    const { sessions, moves } = this.#parts;
    if (sessions.serves(guildId)) return true;
    const house = sessions.of(guildId)?.bot?.house;
    if (!house) return false;
    const here = [...house.running(), ...house.resuming()];
    return house.isBeginning(guildId) || here.some((head) => head.guildId === guildId && !moves.hasLeft(head.id));
  }

  async #becomesOurs(guildId: GuildId): Promise<boolean> {
    const limitMs = performance.now() + LIMBO_MS;
    while (performance.now() < limitMs) {
      await delay(LOOK_MS);
      if (this.isOurs(guildId)) return true;
    }
    return false;
  }
}
