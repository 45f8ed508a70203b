import { setTimeout as delay } from 'node:timers/promises';
import type { GuildId } from '../core/ids.ts';
import type { Moves } from './moves.ts';
import type { Sessions } from './sessions.ts';
import type { Shard } from './shards.ts';

const LOOK_MS = 50;
const LIMBO_MS = 2_300; // people wait three seconds for an answer, and the answer has to travel

interface ResponsibilityParts {
  readonly sessions: Pick<Sessions, 'of' | 'serves'>;
  readonly moves: Pick<Moves, 'hasGone' | 'hasCome'>;
}

/** Whose business a guild is: this process's or another's, and by which of its sessions. */
export class Responsibility {
  readonly #parts: ResponsibilityParts;

  constructor(parts: ResponsibilityParts) {
    this.#parts = parts;
  }

  /** Whether what happens in a guild is this process's business. */
  isOurs(guildId: GuildId): boolean {
    const { sessions, moves } = this.#parts;
    if (moves.hasCome(guildId)) return true;
    // A shard may go in the moment in which somebody starts a meeting. It begins here all the same, and follows the shard.
    const isBeginning = sessions.of(guildId)?.bot?.house.isBeginning(guildId) === true;
    return (isBeginning || sessions.serves(guildId)) && moves.hasGone(guildId) !== true;
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
    const { sessions, moves } = this.#parts;
    const serves = moves.hasCome(guildId) || sessions.serves(guildId);
    return serves ? !(await moves.hasGone(guildId)) : await this.#becomesOurs(guildId);
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
