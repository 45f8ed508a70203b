import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from '../bot/bot.ts';
import { ElsewhereError } from '../core/errors.ts';
import type { GuildId } from '../core/ids.ts';
import type { Moves } from './moves.ts';
import type { Shard } from './shards.ts';

const LOOK_MS = 50;
const LIMBO_MS = 2_300; // Discord waits three seconds for a sign, and the sign has to travel
const OURS_WITHIN_MS = 10_000; // a takeover takes half of it

/** Who answers in a guild: this process, another one, or nobody as far as can be seen here. */
export type Answerer = 'this one' | 'another' | 'nobody';

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
   * Which process answers in a guild. Every session of a shard is asked; while its seat or its meeting changes hands, this
   * waits for the outcome, so that somebody answers, and only one. It gives up before Discord does: then nobody may have.
   */
  async whoAnswers(guildId: GuildId): Promise<Answerer> {
    const { moves } = this.#parts;
    if (this.#hasToDoWith(guildId)) return (await moves.hasGone(guildId)) ? 'another' : 'this one';
    return (await this.#becomesOurs(guildId, LIMBO_MS)) ? 'this one' : 'nobody';
  }

  /**
   * Resolves when a guild is this process's business, which has promised somebody there an answer.
   *
   * @throws {ElsewhereError} when it does not become so within ten seconds, or its meeting goes
   */
  async untilOurs(guildId: GuildId): Promise<void> {
    if (this.isOurs(guildId)) return;
    const hasGone = this.#parts.moves.hasGone(guildId) === true;
    if (hasGone || !(await this.#becomesOurs(guildId, OURS_WITHIN_MS)))
      throw new ElsewhereError('moving', 'Another process looks after the server');
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

  async #becomesOurs(guildId: GuildId, withinMs: number): Promise<boolean> {
    const limitMs = performance.now() + withinMs;
    while (performance.now() < limitMs) {
      await delay(LOOK_MS);
      if (this.isOurs(guildId)) return true;
    }
    return false;
  }
}
