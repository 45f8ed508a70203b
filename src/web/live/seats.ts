import type { Guest } from '../../core/ports/live-links.ts';

/** How many pages may be open at once. */
export interface SeatLimits {
  readonly perGuest: number;
  readonly perMeeting: number;
  readonly perGuild: number;
  readonly inAll: number;
}

const LIMITS: SeatLimits = { perGuest: 5, perMeeting: 50, perGuild: 100, inAll: 500 };

/**
 * Decides which page gives way so that one more can be opened: none, an open one, or the new one because all is full.
 *
 * A member's own oldest page gives way first. A server loses a page to another server only when all is full and it has
 * more than its share: the page that then gives way belongs to the member with most pages in the server with most
 * pages.
 *
 * @param taken - whose pages are open, the oldest first
 * @returns the index of the page that gives way
 */
export function whoGivesWay(taken: readonly Guest[], newcomer: Guest, limits = LIMITS): number | 'nobody' | 'full' {
  const sits = (guest: Guest) => guest.guildId === newcomer.guildId;
  const meets = (guest: Guest) => sits(guest) && guest.meetingId === newcomer.meetingId;
  const isSame = (guest: Guest) => meets(guest) && guest.userId === newcomer.userId;
  const own = taken.findIndex(isSame);
  if (taken.filter(isSame).length >= limits.perGuest) return own;
  const ofGuild = taken.filter(sits).length;
  const isFull = taken.filter(meets).length >= limits.perMeeting || ofGuild >= limits.perGuild;
  if (isFull) return own === -1 ? 'full' : own;
  if (taken.length < limits.inAll) return 'nobody';
  if (own !== -1) return own;
  const [guildId, most] = mostOf(taken.map((guest) => guest.guildId));
  if (most <= ofGuild + 1) return 'full';
  const [userId] = mostOf(taken.filter((guest) => guest.guildId === guildId).map((guest) => guest.userId));
  return taken.findIndex((guest) => guest.guildId === guildId && guest.userId === userId);
}

function mostOf(ids: readonly string[]): readonly [id: string, count: number] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  let most: readonly [string, number] = ['', 0];
  for (const entry of counts) if (entry[1] > most[1]) most = entry;
  return most;
}

/** The pages that are open. */
export class Seats {
  readonly #taken = new Map<{ giveWay(): void }, Guest>();
  readonly #limits: SeatLimits;

  constructor(limits: Partial<SeatLimits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
  }

  /**
   * @param page - its `giveWay` is called when it has to make room for another
   * @returns whether there was a seat
   */
  takeSeat(guest: Guest, page: { giveWay(): void }): boolean {
    const taken = [...this.#taken];
    const who = whoGivesWay(
      taken.map(([, sitting]) => sitting),
      guest,
      this.#limits,
    );
    if (who === 'full') return false;
    const leaving = who === 'nobody' ? undefined : taken[who]?.[0];
    if (leaving) {
      this.#taken.delete(leaving);
      leaving.giveWay();
    }
    this.#taken.set(page, guest);
    return true;
  }

  leaveSeat(page: { giveWay(): void }): void {
    this.#taken.delete(page);
  }

  get count(): number {
    return this.#taken.size;
  }
}
