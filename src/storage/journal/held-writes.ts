import { Bell } from '../../core/concurrency/bell.ts';
import type { MeetingId } from '../../core/ids.ts';
import type { HeldWrites } from '../../core/ports/journal.ts';
import type { Attempts } from '../attempts.ts';
import { StorageError } from '../storage-error.ts';
import { isUnreachable } from '../unreachable.ts';

/** How much of what cannot be written is kept in memory, for how long. */
const BOUNDS: HoldBounds = { bytes: 64 * 1024 * 1024, ms: 10 * 60_000 };
const OVERHEAD_BYTES = 500; // of a waiting write beside its text: closures, promises, list nodes

export interface HoldBounds {
  readonly bytes: number; // of all meetings together
  readonly ms: number; // for each write
}

/**
 * What a write is to its meeting. `sign`: a later one takes its place. `note`: where a message stands, which can be found out
 * again by reading the channel. `needed`: nothing else holds it.
 */
export type WriteKind = 'needed' | 'note' | 'sign';

interface Held {
  readonly kind: WriteKind;
  readonly bytes: number;
  readonly sinceMs: number;
  readonly action: () => Promise<unknown>;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
  isTried: boolean;
}

/** The writes of one meeting, the next one first. */
interface Lane {
  readonly writes: Set<Held>;
  sign: Held | undefined; // the newest that still waits
}

/**
 * Writes each meeting's journal in the order of the calls, and holds what cannot be written while the database is away.
 *
 * One write of a meeting is under way at a time: a write that is repeated, as nobody knows whether it came through, must
 * not overtake a later one. While the database is away one write of one meeting asks whether it is back, and all others wait for
 * that. What a lock holds up, and everything else that fails, ends after the usual five seconds, as before.
 *
 * Beyond the bounds signs of life and notes go first, the oldest before others, then the oldest writes.
 */
export class WriteLanes implements HeldWrites {
  readonly #attempts: Attempts;
  readonly #bounds: HoldBounds;
  readonly #lanes = new Map<MeetingId, Lane>();
  readonly #dispensable = new Set<Held>(); // signs and notes, the oldest first
  readonly #needed = new Set<Held>();
  readonly #news = new Bell(); // rings when the database is back, or somebody else may ask
  #bytes = 0;
  #isAway = false;
  #isAsking = false;

  constructor(attempts: Attempts, bounds = BOUNDS) {
    this.#attempts = attempts;
    this.#bounds = bounds;
  }

  get count(): number {
    return this.#dispensable.size + this.#needed.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /**
   * Does a write when its turn has come, as soon as the database can be reached.
   *
   * @param textBytes - about how much memory its content takes
   * @throws {StorageError} `failed` when it could not be written, or was given up; `superseded`, which is never repeated
   */
  write<T>(id: MeetingId, kind: WriteKind, textBytes: number, action: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const held: Held = {
      kind,
      bytes: textBytes + OVERHEAD_BYTES,
      sinceMs: performance.now(),
      action,
      done: (result) => resolve(result as T), // what `action` gave
      failed: reject,
      isTried: false,
    };
    const lane = this.#lanes.get(id) ?? { writes: new Set(), sign: undefined };
    if (kind === 'sign') this.#takePlaceOfSign(lane, held, promise);
    lane.writes.add(held);
    (kind === 'needed' ? this.#needed : this.#dispensable).add(held);
    this.#bytes += held.bytes;
    if (!this.#lanes.has(id)) {
      this.#lanes.set(id, lane);
      void this.#emptyLane(id, lane);
    }
    this.#giveUpBeyondBounds();
    return promise;
  }

  /** The sign that still waits is out of date: it counts as written when the newer one is. */
  #takePlaceOfSign(lane: Lane, newer: Held, written: Promise<unknown>): void {
    const older = lane.sign;
    lane.sign = newer;
    if (!older || older.isTried || !this.#dispensable.has(older)) return;
    this.#remove(older);
    written.then(older.done, older.failed);
  }

  async #emptyLane(id: MeetingId, lane: Lane): Promise<void> {
    for (const held of lane.writes) {
      lane.writes.delete(held); // a set may lose and gain members while it is iterated over
      if (!this.#isHeld(held)) continue; // given up
      held.isTried = true;
      try {
        held.done(await this.#carryOut(held));
      } catch (error) {
        held.failed(this.#attempts.failureOf('write', error));
      } finally {
        this.#remove(held);
      }
    }
    this.#lanes.delete(id);
  }

  async #carryOut(held: Held): Promise<unknown> {
    const { closing } = this.#attempts;
    for (;;) {
      while (this.#isAway && this.#isAsking && !closing.aborted) await this.#news.wait(closing);
      const isAsking = this.#isAway;
      if (isAsking && performance.now() - held.sinceMs > this.#bounds.ms) throw givenUp();
      this.#isAsking = isAsking;
      try {
        const result = await this.#attempts.patiently(held.action);
        this.#isAway = false;
        return result;
      } catch (error) {
        const isUnreached = isUnreachable(error);
        this.#isAway = isUnreached;
        if (!isUnreached || closing.aborted) throw error;
      } finally {
        if (isAsking) this.#isAsking = false;
        if (isAsking || !this.#isAway) this.#news.ring();
      }
    }
  }

  #giveUpBeyondBounds(): void {
    for (const some of [this.#dispensable, this.#needed]) {
      for (const held of some) {
        if (this.#bytes <= this.#bounds.bytes) return;
        if (held.isTried) continue; // it may just be written
        this.#remove(held);
        held.failed(givenUp());
      }
    }
  }

  #isHeld(held: Held): boolean {
    return this.#dispensable.has(held) || this.#needed.has(held);
  }

  #remove(held: Held): void {
    if (this.#dispensable.delete(held) || this.#needed.delete(held)) this.#bytes -= held.bytes;
  }
}

function givenUp(): StorageError {
  return new StorageError(
    'failed',
    'Cannot write the transcripts: the database has been away for too long to keep what it should hold.',
  );
}
