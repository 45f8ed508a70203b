import type { Guest } from './links.ts';

/** How many pages may be open at once. */
interface SeatLimits {
  readonly ofGuest: number;
  readonly ofMeeting: number;
  readonly ofGuild: number;
  readonly ofAll: number;
}

const LIMITS: SeatLimits = { ofGuest: 5, ofMeeting: 50, ofGuild: 100, ofAll: 500 };

/**
 * Who has to give way so that one more page can be opened: nobody, an open one, or the new one, as all is full.
 *
 * A member's own oldest page gives way first. A server's pages never end because of another's, unless all is full and it has
 * more than its share: then one of the server that has most, of the member who has most there.
 *
 * @param taken - who has a page open, the oldest first
 * @returns the index of who gives way
 */
export function whoGivesWay(taken: readonly Guest[], newcomer: Guest, limits = LIMITS): number | 'nobody' | 'full' {
  const sits = (guest: Guest) => guest.guildId === newcomer.guildId;
  const meets = (guest: Guest) => sits(guest) && guest.meetingId === newcomer.meetingId;
  const isSame = (guest: Guest) => meets(guest) && guest.userId === newcomer.userId;
  const own = taken.findIndex(isSame);
  if (taken.filter(isSame).length >= limits.ofGuest) return own;
  const ofGuild = taken.filter(sits).length;
  const isFull = taken.filter(meets).length >= limits.ofMeeting || ofGuild >= limits.ofGuild;
  if (isFull) return own === -1 ? 'full' : own;
  if (taken.length < limits.ofAll) return 'nobody';
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

  /**
   * @param page - told when it has to give way to another
   * @returns whether there was a place
   */
  take(guest: Guest, page: { giveWay(): void }): boolean {
    const taken = [...this.#taken];
    const who = whoGivesWay(
      taken.map(([, sitting]) => sitting),
      guest,
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

  leave(page: { giveWay(): void }): void {
    this.#taken.delete(page);
  }

  get count(): number {
    return this.#taken.size;
  }
}
