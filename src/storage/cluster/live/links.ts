import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { GuildId, MeetingId, SpeakerId } from '../../../core/ids.ts';
import { addressOf, hashOf, LINK_LIMITS, LivePass, newSecret } from '../../../core/live/pass.ts';
import type { Bus, BusMessage } from '../../../core/ports/cluster/bus.ts';
import type { Guest, LinkLimits, LiveLinks, Pass } from '../../../core/ports/live-links.ts';
import type { Attempts } from '../../attempts.ts';
import { inTransaction } from '../../journal/tables/in-transaction.ts';
import type { JournalTables } from '../../journal/tables/schema.ts';

const CHANNEL = 'links';
const CHECK_MS = 15_000; // how long a link works on where the news of its end got lost

interface LinksParts {
  readonly db: Kysely<JournalTables>;
  readonly attempts: Attempts;
  readonly bus: Bus;
  readonly publicUrl: string; // where people reach the pages of all processes
}

interface LinkRow {
  readonly guild_id: GuildId;
  readonly meeting_id: MeetingId;
  readonly user_id: SpeakerId;
  readonly shows: Guest['shows'] | null;
  readonly left_ms: number;
}

/**
 * The links of all processes, in PostgreSQL: each opens its page in whichever process a browser reaches, also after a
 * restart. Only their hashes are kept, and those of an erased meeting go with it.
 *
 * Every request asks the database whether its link still works. Pages that are open learn over the bus that it has ended,
 * and are checked now and then, as the bus may lose that.
 */
export class SharedLinks implements LiveLinks, Disposable {
  readonly #parts: LinksParts;
  readonly #limits: LinkLimits;
  readonly #passes = new Map<string, LivePass>(); // those that were used here, by their hashes
  readonly #listening: Promise<Disposable>;
  readonly #checking: NodeJS.Timeout;

  constructor(parts: LinksParts, limits: Partial<LinkLimits> = {}) {
    this.#parts = parts;
    this.#limits = { ...LINK_LIMITS, ...limits };
    this.#listening = parts.bus.subscribe(CHANNEL, (news) => this.#endHere(hashesIn(news)));
    this.#checking = setInterval(() => void this.checkPasses(), CHECK_MS).unref();
  }

  async invite(guest: Guest): Promise<string> {
    const secret = newSecret();
    const { db, attempts, publicUrl } = this.#parts;
    const ended = await attempts.attempt('write', () =>
      inTransaction(db, async (step) => {
        await this.#insert(step, hashOf(secret, guest.shows), guest);
        return await this.#endTooMany(step, guest);
      }),
    );
    this.#end(ended);
    return addressOf(publicUrl, guest, secret);
  }

  async passOf(meetingId: MeetingId, secret: string, shows?: Guest['shows']): Promise<Pass | undefined> {
    const hash = hashOf(secret, shows);
    const { db, attempts } = this.#parts;
    const row = await attempts.attempt('read', async () => {
      const { rows } = await sql<LinkRow>`
        select guild_id, meeting_id, user_id, shows,
          (extract(epoch from until - clock_timestamp()) * 1000)::double precision as left_ms
        from live_links where key_hash = ${hash} and until > clock_timestamp()`.execute(db);
      return rows[0];
    });
    const name = hash.toString('base64url');
    if (row === undefined) this.#endHere([name]);
    return row?.meeting_id === meetingId ? this.#passFor(name, row) : undefined;
  }

  async close({ guildId, meetingId, userId, shows }: Guest): Promise<number> {
    return await this.#delete(
      sql`guild_id = ${guildId} and meeting_id = ${meetingId} and user_id = ${userId}
        and shows is not distinct from ${shows ?? null}`,
      (pass) => isOf(pass, { guildId, meetingId }) && pass.guest.userId === userId && pass.guest.shows === shows,
    );
  }

  async closeAll(meeting: Omit<Guest, 'userId'>): Promise<number> {
    const { guildId, meetingId, shows } = meeting;
    const ofKind = shows === undefined ? sql`` : sql`and shows = ${shows}`;
    return await this.#delete(
      sql`guild_id = ${guildId} and meeting_id = ${meetingId} ${ofKind}`,
      (pass) => isOf(pass, meeting) && (shows === undefined || pass.guest.shows === shows),
    );
  }

  /** Ends the passes whose links are no longer in the database. Never rejects. */
  async checkPasses(): Promise<void> {
    const names = [...this.#passes.keys()];
    if (names.length === 0) return;
    const hashes = names.map((name) => Buffer.from(name, 'base64url'));
    try {
      const { rows } = await sql<{ key_hash: Buffer }>`
        select key_hash from live_links where key_hash = any(${hashes}) and until > clock_timestamp()`.execute(
        this.#parts.db,
      );
      const there = new Set(rows.map(({ key_hash }) => key_hash.toString('base64url')));
      this.#endHere(names.filter((name) => !there.has(name)));
    } catch {
      // The database is away: the next check is soon.
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#checking);
    void this.#listening.then((listening) => listening[Symbol.dispose]());
    this.#endHere([...this.#passes.keys()]);
  }

  #passFor(name: string, { guild_id, meeting_id, user_id, shows, left_ms }: LinkRow): LivePass {
    const known = this.#passes.get(name);
    if (known) return known;
    const guest: Guest = {
      ...{ guildId: guild_id, meetingId: meeting_id, userId: user_id },
      ...(shows && { shows }),
    };
    const pass = new LivePass(guest, left_ms, () => this.#endHere([name]));
    this.#passes.set(name, pass);
    return pass;
  }

  async #insert(step: Kysely<JournalTables>, hash: Buffer, guest: Guest): Promise<void> {
    const { guildId, meetingId, userId, shows } = guest;
    await sql`delete from live_links where until < clock_timestamp()`.execute(step);
    await sql`
      insert into live_links (key_hash, guild_id, meeting_id, user_id, shows, until)
      values (${hash}, ${guildId}, ${meetingId}, ${userId}, ${shows ?? null},
        clock_timestamp() + ${this.#limits.livesMs} * interval '1 ms')
      on conflict do nothing`.execute(step);
  }

  /** Two processes that invite at the same moment may leave one link too many, until the next invitation. */
  async #endTooMany(
    step: Kysely<JournalTables>,
    { guildId, meetingId, userId, shows }: Guest,
  ): Promise<readonly string[]> {
    const { perGuest, perGuild, inAll } = this.#limits;
    const { rows } = await sql<{ key_hash: Buffer }>`
      with of_guild as (
        select key_hash, row_number() over (order by until desc) as in_guild,
          row_number() over (partition by is_own order by until desc) as own, is_own
        from (
          select key_hash, until,
            meeting_id = ${meetingId} and user_id = ${userId} and shows is not distinct from ${shows ?? null} as is_own
          from live_links where guild_id = ${guildId}
        ) as links
      ), largest as (
        select guild_id from live_links
        where (select count(*) from live_links) > ${inAll}
        group by guild_id order by count(*) desc limit 1
      ), oldest as (
        select key_hash from live_links where guild_id = (select guild_id from largest) order by until limit 1
      )
      delete from live_links where key_hash in (
        select key_hash from of_guild where in_guild > ${perGuild} or (is_own and own > ${perGuest})
        union select key_hash from oldest
      ) returning key_hash`.execute(step);
    return rows.map(({ key_hash }) => key_hash.toString('base64url'));
  }

  async #delete(which: RawBuilder<unknown>, isMeant: (pass: LivePass) => boolean): Promise<number> {
    const { db, attempts } = this.#parts;
    const ended = await attempts.attempt('erase', async () => {
      const { rows } = await sql<{
        key_hash: Buffer;
      }>`delete from live_links where ${which} returning key_hash`.execute(db);
      return rows.map(({ key_hash }) => key_hash.toString('base64url'));
    });
    // Also those that an earlier try deleted whose answer got lost.
    this.#end([...new Set([...ended, ...[...this.#passes].filter(([, pass]) => isMeant(pass)).map(([name]) => name)])]);
    return ended.length;
  }

  /** Ends links in every process. */
  #end(names: readonly string[]): void {
    if (names.length === 0) return;
    this.#endHere(names);
    void this.#parts.bus.publish(CHANNEL, { ended: names });
  }

  #endHere(names: readonly string[]): void {
    for (const name of names) {
      this.#passes.get(name)?.end();
      this.#passes.delete(name);
    }
  }
}

function isOf({ guest }: LivePass, { guildId, meetingId }: Omit<Guest, 'userId'>): boolean {
  return guest.guildId === guildId && guest.meetingId === meetingId;
}

function hashesIn(news: BusMessage): readonly string[] {
  const ended = 'ended' in news ? news.ended : [];
  return Array.isArray(ended) ? ended.filter((name) => typeof name === 'string') : [];
}
