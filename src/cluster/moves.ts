import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from '../bot/bot.ts';
import { untilAnswered } from '../core/concurrency/until-answered.ts';
import type { GuildId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { Tail } from '../core/meeting/succession/moving.ts';
import type { MeetingLease } from '../core/ports/journal.ts';
import type { MeetingHead } from '../core/record.ts';
import type { MeetingLeases } from '../storage/cluster/leases.ts';

const AT_ONCE = 10; // more would wait for one another at Discord's gateway
const LOOK_MS = 50;
const TAKEN_WITHIN_MS = 4_000; // the other process looks twice a second
const TAIL_LIMIT_MS = 11_000; // the right to write ends before
/** What was begun so much later than the move can still be written by the process before: its clock may be late. */
const CLOCKS_APART_MS = 3_000;

interface MovesParts {
  readonly leases: MeetingLeases;
  readonly leaseOf: (meetingId: string) => MeetingLease | undefined;
  /** Has another process look at once at what it is offered; it looks twice a second anyway. */
  readonly tell: (heirId: string) => void;
  readonly log: Log;
}

type GivingHouse = Pick<Bot['house'], 'running' | 'handOver'>;

/** Moves meetings between this process and others, one by one. */
export class Moves {
  readonly #parts: MovesParts;
  readonly #leaving = new Map<GuildId, Promise<boolean>>(); // offered: whether the other process took it
  readonly #gone = new Set<GuildId>(); // given away, while we still serve their shard
  readonly #underWay = new Set<string>(); // meetings whose last words are still written here
  readonly #left = new Set<string>(); // those of them that the other process has taken

  constructor(parts: MovesParts) {
    this.#parts = parts;
  }

  /** Whether a meeting that this process no longer owns is still finished here. */
  isFinishing(meetingId: string): boolean {
    return this.#underWay.has(meetingId);
  }

  /** Whether the meeting of a guild has gone to another process; a promise while that is being decided. */
  hasGone(guildId: GuildId): boolean | Promise<boolean> {
    return this.#gone.has(guildId) || (this.#leaving.get(guildId) ?? false);
  }

  /** Whether a meeting whose last words are still written here is another process's already. */
  hasLeft(meetingId: string): boolean {
    return this.#left.has(meetingId);
  }

  /** Another process has a meeting there, whether this one gave it or not: the bot's seat in voice is not ours to give up. */
  noteGone(guildId: GuildId): void {
    this.#gone.add(guildId);
  }

  /** The meeting of a guild is this process's, for the first time or again. */
  noteCome(guildId: GuildId): void {
    this.#gone.delete(guildId);
  }

  /** The shard is another process's by now: what had gone before it needs not be known any more. */
  forget(guildIds: Iterable<GuildId>): void {
    for (const guildId of guildIds) this.#gone.delete(guildId);
  }

  /**
   * Gives all meetings of a bot to other processes.
   *
   * @param heirOf - who gets the meeting of a guild; `undefined`: it stays here
   * @returns whether none is left
   */
  async giveAll(
    { house }: { readonly house: GivingHouse },
    heirOf: (guildId: GuildId) => Promise<string | undefined>,
  ): Promise<boolean> {
    const heads = house.running().filter(({ id }) => !this.isFinishing(id));
    for (let from = 0; from < heads.length; from += AT_ONCE) {
      await Promise.all(
        heads.slice(from, from + AT_ONCE).map(async (head) => {
          const heirId = await heirOf(head.guildId);
          if (heirId !== undefined) await this.#give(house, head, heirId);
        }),
      );
    }
    return house.running().every(({ id }) => this.isFinishing(id));
  }

  /** Resolves when the other process has the meeting, or does not take it. Its last words follow. */
  async #give(house: GivingHouse, head: MeetingHead, heirId: string): Promise<void> {
    const { leases, leaseOf, tell, log } = this.#parts;
    const lease = leaseOf(head.id);
    if (!lease) return;
    const decided = Promise.withResolvers<boolean>();
    this.#leaving.set(head.guildId, decided.promise);
    this.#underWay.add(head.id);
    const give = async () => {
      const isOffered = await untilAnswered(() => leases.offer(lease, heirId));
      if (isOffered) tell(heirId);
      const isTaken = isOffered && (await this.#untilTaken(lease));
      if (isTaken) {
        this.noteGone(head.guildId);
        this.#left.add(head.id);
      }
      decided.resolve(isTaken);
      return isTaken;
    };
    const leaving = house
      .handOver(head, { give })
      .then(async (heardUntilMs) => {
        if (heardUntilMs === undefined) return;
        await untilAnswered(() => leases.endTail(lease, heardUntilMs));
        log.info({ meeting: head.id }, 'Another process goes on with a meeting');
      })
      .catch((error: unknown) => log.error({ err: error, meeting: head.id }, 'A meeting could not be handed over'))
      .finally(() => {
        decided.resolve(false); // when it never came to an offer
        this.#leaving.delete(head.guildId);
        this.#underWay.delete(head.id);
        this.#left.delete(head.id);
      });
    await Promise.race([decided.promise, leaving]);
  }

  /** @returns whether the other process took it; otherwise the offer is taken back */
  async #untilTaken(lease: MeetingLease): Promise<boolean> {
    const { leases } = this.#parts;
    const limitMs = performance.now() + TAKEN_WITHIN_MS;
    while (performance.now() < limitMs) {
      if (await untilAnswered(() => leases.isTaken(lease))) return true;
      await delay(LOOK_MS);
    }
    await untilAnswered(() => leases.offer(lease, undefined));
    return await untilAnswered(() => leases.isTaken(lease));
  }

  /** Takes a meeting that another process offers. @returns the lease; `undefined` when it was taken back */
  async take({ id, guildId, beganAt }: MeetingHead): Promise<MeetingLease | undefined> {
    const lease = await this.#parts.leases.take(id, Date.now() - beganAt.getTime() + CLOCKS_APART_MS);
    if (lease) this.noteCome(guildId);
    return lease;
  }

  /** What the process before still does with a meeting that this one has taken. It never rejects: the meeting is heard here. */
  tailOf(lease: MeetingLease): Tail {
    const { leases, log } = this.#parts;
    return async () => {
      const limitMs = performance.now() + TAIL_LIMIT_MS;
      try {
        do {
          const tail = await untilAnswered(() => leases.tailOf(lease));
          if (tail !== 'open') return tail.heardUntilMs;
          await delay(LOOK_MS);
        } while (performance.now() < limitMs);
      } catch (error) {
        log.warn({ err: error, meeting: lease.meetingId }, 'What a process heard last before a move cannot be read');
      }
      return undefined;
    };
  }

  /** Resolves when nothing of a meeting that was given away is left to write. */
  async finished(): Promise<void> {
    while (this.#underWay.size > 0) await delay(LOOK_MS);
  }
}
