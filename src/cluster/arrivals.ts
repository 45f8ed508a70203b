import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from '../bot/bot.ts';
import type { Bots } from '../bot/bots.ts';
import type { MeetingId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { Tail } from '../core/meeting/succession/moving.ts';
import type { Archive } from '../core/ports/archive.ts';
import type { MeetingLease } from '../core/ports/journal.ts';
import type { ClusterMetrics } from '../core/ports/metrics.ts';
import type { MeetingHead } from '../core/record.ts';
import type { Moves } from './moves.ts';
import type { Cluster } from './open-cluster.ts';
import type { Sessions } from './sessions.ts';

const AGAIN_MS = 3_000;

interface ArrivalsParts {
  readonly cluster: Pick<Cluster, 'leases' | 'journals'>;
  readonly archive: Pick<Archive, 'unfinished'>;
  readonly sessions: Sessions;
  readonly moves: Moves;
  readonly bots: Bots;
  readonly metrics: Pick<ClusterMetrics, 'handedOver' | 'leaseLost'>;
  readonly log: Log;
}

/** Goes on here with meetings that have come to this process, and ends silently those that it has lost. */
export class Arrivals {
  readonly #parts: ArrivalsParts;
  readonly #signal: AbortSignal;
  readonly #due = new Map<MeetingId, MeetingLease>(); // ours, and not taken up yet

  /** @param signal - aborts when this process ends: nothing is taken up any more */
  constructor(parts: ArrivalsParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /** Learns what the database says that this process owns. @param askedMs - of `performance.now()`, before it was asked */
  compare(owned: readonly MeetingLease[], askedMs: number): void {
    const { bots, moves, cluster } = this.#parts;
    const { journals } = cluster;
    for (const lease of journals.replace(owned, askedMs)) this.#due.set(lease.meetingId, lease);
    for (const id of this.#due.keys()) if (journals.isLost(id)) this.#due.delete(id);
    for (const { house } of bots.all()) {
      for (const head of house.resuming()) {
        if (!journals.isLost(head.id)) continue;
        moves.noteGone(head.guildId);
        house.dropMeeting(head);
      }
      for (const head of house.running()) if (journals.isLost(head.id) && !moves.isFinishing(head.id)) this.lose(head);
    }
  }

  /** Goes on with the meetings that this process has come to own, where the session is ready. */
  async takeOver(): Promise<void> {
    const { archive, sessions, moves, log } = this.#parts;
    if (this.#due.size === 0) return;
    for (const head of await archive.unfinished()) {
      const bot = sessions.of(head.guildId)?.bot;
      if (!bot || !this.#due.has(head.id) || this.#isStillHere(bot, head)) continue;
      this.#due.delete(head.id);
      moves.noteCome(head.guildId);
      log.info({ meeting: head.id }, 'Takes over a meeting');
      void this.#goOn(bot, head, 'crash');
    }
  }

  /** Takes the meetings that others offer. */
  async receive(): Promise<void> {
    const { cluster, archive, sessions, moves, log } = this.#parts;
    const offered = await cluster.leases.offered();
    if (offered.length === 0) return;
    for (const head of await archive.unfinished()) {
      const bot = sessions.of(head.guildId)?.bot;
      if (!offered.includes(head.id) || !bot?.isConnected || this.#isStillHere(bot, head)) continue;
      const lease = await moves.take(head);
      if (!lease) continue;
      cluster.journals.add(lease);
      log.info({ meeting: head.id }, 'Goes on with a meeting that another process gives away');
      void this.#goOn(bot, head, 'drain', moves.tailOf(lease));
    }
  }

  /** A meeting is another process's by now: it ends here, silently. */
  lose(head: MeetingHead): void {
    const { bots, moves, metrics, log } = this.#parts;
    log.info({ meeting: head.id }, 'Another process goes on with a meeting');
    metrics.leaseLost('taken');
    moves.noteGone(head.guildId);
    bots.of(head.guildId)?.house.dropMeeting(head);
  }

  /**
   * Whether a meeting that comes to this process still runs here as it did before it went: its last words are being written,
   * or nobody has noticed yet that it was lost. Then it goes on here in a later round, with what the others heard.
   */
  #isStillHere({ house }: Bot, head: MeetingHead): boolean {
    if (this.#parts.moves.isFinishing(head.id)) return true;
    if (!house.running().some(({ id }) => id === head.id)) return false;
    this.lose(head);
    return true;
  }

  async #goOn({ house }: Bot, head: MeetingHead, reason: 'crash' | 'drain', tail?: Tail): Promise<void> {
    const { cluster, metrics } = this.#parts;
    if (!(await house.takeOver(head, this.#signal, tail))) {
      await delay(AGAIN_MS, undefined, { signal: this.#signal }).catch(() => {});
      const lease = cluster.journals.leaseOf(head.id);
      if (lease) this.#due.set(head.id, lease); // it is still ours, and nobody else's: the next round tries again
      return;
    }
    const goesOn = house.running().some(({ id }) => id === head.id);
    metrics.handedOver(reason, goesOn ? 'moved' : 'ended');
  }
}
