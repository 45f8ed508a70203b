import type { Guest } from '../../core/ports/live-links.ts';

/** How many pages may be open at once. A server and a meeting have no limit of their own, but a fair share when all is full. */
export interface SeatLimits {
  readonly perGuest: number;
  readonly inAll: number;
}

const LIMITS: SeatLimits = { perGuest: 5, inAll: 500 };

/** How many pages are open, and how many of those are in each part: servers, in a server its meetings, in a meeting its members. */
export interface Crowd {
  readonly count: number;
  readonly parts: ReadonlyMap<string, Crowd>;
}

/** Whose page it is: the names of its server, its meeting and its member. */
type Way = readonly [guildId: string, meetingId: string, guest: string];

/**
 * Decides whose oldest page gives way so that one more can be opened: nobody's, somebody's, or none because all is full.
 *
 * While there are free seats, one meeting may have them all. When all is full, a member's own page gives way first. Otherwise
 * the server with most pages gives one up to a server with fewer, in a server likewise the meeting with most, and in a meeting
 * the member with most.
 */
export function whoGivesWay(crowd: Crowd, newcomer: Way, limits = LIMITS): Way | 'nobody' | 'full' {
  const [guildId, meetingId, guest] = newcomer;
  const own = crowd.parts.get(guildId)?.parts.get(meetingId)?.parts.get(guest)?.count ?? 0;
  if (own >= limits.perGuest) return newcomer;
  if (crowd.count < limits.inAll) return 'nobody';
  if (own > 0) return newcomer;
  return fromTheLargest(crowd, newcomer);
}

/** Follows the newcomer's way as long as nobody beside it has more, and from there the largest part of each part. */
function fromTheLargest(crowd: Crowd, newcomer: Way): Way | 'full' {
  const way: string[] = [];
  let isApart = false;
  let here = crowd;
  for (const name of newcomer) {
    const [largest, most] = largestOf(here.parts);
    const own = here.parts.get(name)?.count ?? 0;
    isApart ||= most > own + 1; // otherwise the newcomer's part would only take the place of the largest
    const next = isApart ? largest : name;
    const part = here.parts.get(next);
    if (!part) return 'full';
    way.push(next);
    here = part;
  }
  const [guildId = '', meetingId = '', guest = ''] = way;
  return isApart ? [guildId, meetingId, guest] : 'full';
}

function largestOf(parts: Crowd['parts']): readonly [name: string, count: number] {
  let largest: readonly [string, number] = ['', 0];
  for (const [name, { count }] of parts) if (count > largest[1]) largest = [name, count];
  return largest;
}

interface Page {
  giveWay(): void;
}

interface Party {
  count: number;
  readonly parts: Map<string, Party>;
}

/** The pages that are open. Opening one looks at no others, unless all seats are taken. */
export class Seats {
  readonly #crowd: Party = { count: 0, parts: new Map() };
  readonly #ways = new Map<Page, Way>();
  readonly #byWay = new Map<string, Set<Page>>(); // the oldest of a member first
  readonly #limits: SeatLimits;

  constructor(limits: Partial<SeatLimits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
  }

  /**
   * @param page - its `giveWay` is called when it has to make room for another
   * @returns whether there was a seat
   */
  takeSeat(guest: Guest, page: Page): boolean {
    const way = wayOf(guest);
    const who = whoGivesWay(this.#crowd, way, this.#limits);
    if (who === 'full') return false;
    const [leaving] = who === 'nobody' ? [] : (this.#byWay.get(who.join(' ')) ?? []);
    if (leaving) {
      this.leaveSeat(leaving);
      leaving.giveWay();
    }
    this.#ways.set(page, way);
    const key = way.join(' ');
    this.#byWay.set(key, (this.#byWay.get(key) ?? new Set()).add(page));
    count(this.#crowd, way, 1);
    return true;
  }

  leaveSeat(page: Page): void {
    const way = this.#ways.get(page);
    if (!way) return;
    this.#ways.delete(page);
    const key = way.join(' ');
    const pages = this.#byWay.get(key);
    pages?.delete(page);
    if (pages?.size === 0) this.#byWay.delete(key);
    count(this.#crowd, way, -1);
  }

  get count(): number {
    return this.#ways.size;
  }
}

function wayOf({ guildId, meetingId, userId, shows }: Guest): Way {
  return [guildId, meetingId, shows === undefined ? userId : `${shows} ${userId}`];
}

/** Counts one page more or fewer in each part that it belongs to; parts without pages are forgotten. */
function count(crowd: Party, way: readonly string[], change: 1 | -1): void {
  crowd.count += change;
  const [name, ...rest] = way;
  if (name === undefined) return;
  const part = crowd.parts.get(name) ?? { count: 0, parts: new Map() };
  count(part, rest, change);
  if (part.count > 0) crowd.parts.set(name, part);
  else crowd.parts.delete(name);
}
