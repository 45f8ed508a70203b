import type { GuildId } from '../ids.ts';
import type { DayOfUse, UsageBook } from '../ports/usage-book.ts';

export type Standing = 'within' | 'nearly used up' | 'used up';
const NEARLY = 0.8;

interface Month {
  usedMs: number;
}

/** How much each server has used in this calendar month (UTC), and whether the operator lets it use more. */
export class Budget {
  readonly limitMs: number | undefined; // missing: there is none
  readonly #book: UsageBook;
  readonly #now: () => Date;
  readonly #months = new Map<GuildId, { readonly firstDay: string; readonly month: Promise<Month> }>();

  constructor(book: UsageBook, limitMs: number | undefined, now = () => new Date()) {
    this.#book = book;
    this.limitMs = limitMs;
    this.#now = now;
  }

  /** @returns the server's new standing. @throws when the use cannot be kept: then it does not count */
  async add(guildId: GuildId, kind: DayOfUse['kind'], sentMs: number): Promise<Standing> {
    const day = dayOf(this.#now());
    const month = await this.#monthOf(guildId, day);
    await this.#book.addUse(guildId, { day, kind, sentMs });
    month.usedMs += sentMs;
    return this.#standingAt(month.usedMs);
  }

  async standing(guildId: GuildId): Promise<Standing> {
    return this.#standingAt((await this.#monthOf(guildId, dayOf(this.#now()))).usedMs);
  }

  /** The days of this month up to today. */
  async thisMonth(guildId: GuildId): Promise<{ readonly today: string; readonly days: readonly DayOfUse[] }> {
    const today = dayOf(this.#now());
    return { today, days: await this.#book.usesSince(guildId, firstOf(today)) };
  }

  #standingAt(usedMs: number): Standing {
    if (this.limitMs === undefined || usedMs < this.limitMs * NEARLY) return 'within';
    return usedMs < this.limitMs ? 'nearly used up' : 'used up';
  }

  /** Read once per server and month: later uses are added in memory as well. */
  #monthOf(guildId: GuildId, day: string): Promise<Month> {
    const firstDay = firstOf(day);
    const known = this.#months.get(guildId);
    if (known?.firstDay === firstDay) return known.month;
    const month = this.#read(guildId, firstDay);
    const entry = { firstDay, month };
    this.#months.set(guildId, entry);
    month.catch(() => {
      if (this.#months.get(guildId) === entry) this.#months.delete(guildId); // read again next time
    });
    return month;
  }

  async #read(guildId: GuildId, firstDay: string): Promise<Month> {
    const uses = await this.#book.usesSince(guildId, firstDay);
    return { usedMs: uses.reduce((sum, { sentMs }) => sum + sentMs, 0) };
  }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function firstOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}
