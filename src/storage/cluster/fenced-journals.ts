import { AlreadyRunning } from '../../core/errors.ts';
import type { MeetingId } from '../../core/ids.ts';
import type { MeetingJournal, MeetingJournals, MeetingLease } from '../../core/ports/journal.ts';
import type { MeetingHead } from '../../core/record.ts';
import { StorageError } from '../storage-error.ts';
import { FencedJournal } from './fenced-journal.ts';
import type { MeetingLeases } from './leases.ts';

/** Called when a write was refused, as another process owns the meeting. Must neither wait nor throw. */
type Superseded = (meetingId: MeetingId) => void;

/**
 * The journals of the meetings that this process owns: each write carries the token of its lease.
 *
 * Whoever opens a journal need not know of leases. A journal takes the lease that this process has when it first writes,
 * and keeps it: when the meeting is lost and comes back later, what is left over from the first time is still refused.
 */
export class FencedJournals implements MeetingJournals {
  readonly #journals: MeetingJournals;
  readonly #leases: MeetingLeases;
  readonly #superseded: Superseded;
  readonly #owned = new Map<MeetingId, Owned>();
  readonly #everOwned = new Set<MeetingId>();

  constructor(journals: MeetingJournals, leases: MeetingLeases, superseded: Superseded) {
    this.#journals = journals;
    this.#leases = leases;
    this.#superseded = superseded;
  }

  /** @throws {AlreadyRunning} when another meeting of the guild runs, in whichever process */
  async begin(head: MeetingHead): Promise<MeetingJournal> {
    const lease = await this.#leases.begin(head);
    if (lease === 'already running') throw new AlreadyRunning('Another meeting of this server runs.');
    this.add(lease);
    return this.of(head.id);
  }

  of(id: MeetingId): MeetingJournal {
    return new FencedJournal({
      open: () => {
        const lease = this.leaseOf(id);
        if (!lease)
          throw new StorageError('superseded', 'Cannot write the transcripts: another process owns the meeting.');
        return { journal: this.#journals.of(id, lease), lease };
      },
      over: (lease) => this.#leases.vacate(lease),
      settled: async (lease) => {
        await this.#leases.release(lease);
        if (this.leaseOf(id) === lease) this.#owned.delete(id);
      },
      superseded: () => this.#superseded(id),
    });
  }

  /** A lease that this process has just got. */
  add(lease: MeetingLease): void {
    this.#owned.set(lease.meetingId, { lease, sinceMs: performance.now() });
    this.#everOwned.add(lease.meetingId);
  }

  /**
   * Takes over what the database says: these leases are ours, all others are lost.
   *
   * @param askedMs - when the database was asked, of `performance.now()`: what was added since then stays
   * @returns the leases that are new to this process
   */
  replace(leases: readonly MeetingLease[], askedMs: number): readonly MeetingLease[] {
    const fresh = leases.filter(({ meetingId, token }) => this.leaseOf(meetingId)?.token !== token);
    const held = new Set(leases.map(({ token }) => token));
    for (const [id, { lease, sinceMs }] of this.#owned) {
      if (!held.has(lease.token) && sinceMs < askedMs) this.#owned.delete(id);
    }
    for (const lease of fresh) this.add(lease);
    return fresh;
  }

  leaseOf(id: MeetingId): MeetingLease | undefined {
    return this.#owned.get(id)?.lease;
  }

  /** Whether a meeting was ours, and is not any more. */
  isLost(id: MeetingId): boolean {
    return this.#everOwned.has(id) && !this.#owned.has(id);
  }
}

interface Owned {
  readonly lease: MeetingLease;
  readonly sinceMs: number; // of performance.now()
}
