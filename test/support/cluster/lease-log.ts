import pg from 'pg';
import { quiet } from '../../../src/core/log.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';

/** Who owned a meeting from a moment on. */
export interface Ownership {
  readonly atMs: number; // since 1970
  readonly guildId: string;
  readonly meetingId: string;
  readonly owner: string | undefined; // the node's name; undefined: the meeting is settled
  readonly token: bigint;
}

const NOTE_OWNERS = `
  create table lease_log (
    at timestamptz not null default clock_timestamp(),
    guild_id text, meeting_id text, owner text, token bigint
  );
  create function note_owner() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      insert into lease_log (guild_id, meeting_id, token) values (old.guild_id, old.meeting_id, old.token);
    elsif tg_op = 'INSERT' or old.token <> new.token then
      insert into lease_log (guild_id, meeting_id, owner, token)
      select new.guild_id, new.meeting_id, name, new.token from members where id = new.holder;
    end if;
    return null;
  end $$;
  create trigger note_owner after insert or update or delete on meeting_leases
  for each row execute function note_owner();`;

const NOTE_SEATS = `
  create table seat_log (
    at timestamptz not null default clock_timestamp(),
    shard_id int, shard_count int, holder text, heir text, heir_ready boolean
  );
  create function note_seat() returns trigger language plpgsql as $$
  begin
    insert into seat_log (shard_id, shard_count, holder, heir, heir_ready) values (
      new.shard_id, new.shard_count,
      (select name from members where id = new.holder), (select name from members where id = new.heir), new.heir_ready
    );
    return null;
  end $$;
  create trigger note_seat after insert or update on shard_seats for each row execute function note_seat();`;

/** The table of owners as a trigger in the database writes it down: nothing that a process says about itself. */
export class LeaseLog implements AsyncDisposable {
  readonly #pool: pg.Pool;

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Makes the tables, as the first process would. */
  static async install(databaseUrl: string): Promise<LeaseLog> {
    await using _tables = await openJournal(databaseUrl, quiet);
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    pool.on('error', () => {}); // the test that takes the database away knows
    await pool.query(NOTE_OWNERS);
    await pool.query(NOTE_SEATS);
    return new LeaseLog(pool);
  }

  async read(): Promise<readonly Ownership[]> {
    const { rows } = await this.#pool.query(`
      select extract(epoch from at) * 1000 as at_ms, guild_id, meeting_id, owner, token
      from lease_log order by at, token`);
    return rows.map((row) => ({
      atMs: Number(row.at_ms),
      guildId: row.guild_id,
      meetingId: row.meeting_id,
      owner: row.owner ?? undefined,
      token: BigInt(row.token),
    }));
  }

  /** Every change of a seat, for whoever looks for the cause of a flaw. */
  async readSeats(): Promise<readonly unknown[]> {
    const { rows } = await this.#pool.query(`
      select extract(epoch from at) * 1000 as "atMs", shard_id, shard_count, holder, heir, heir_ready
      from seat_log order by at`);
    return rows.map((row) => ({ ...row, atMs: Number(row.atMs) }));
  }

  /** Which node owns the meeting that runs in a guild. */
  async ownerIn(guildId: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query(
      `select name from meeting_leases join members on members.id = holder where guild_id = $1 and running`,
      [guildId],
    );
    return rows[0]?.name;
  }

  /** The node to which the meeting of a guild is offered. */
  async offerIn(guildId: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query(
      `select name from meeting_leases join members on members.id = heir where guild_id = $1 and running`,
      [guildId],
    );
    return rows[0]?.name;
  }

  /** The seats of all shards: who serves them, and who is ready to. */
  async seats(): Promise<readonly { shardId: number; holder: string | undefined; readyHeir: string | undefined }[]> {
    const { rows } = await this.#pool.query(`
      select shard_id, holders.name as holder, case when heir_ready then heirs.name end as heir
      from shard_seats join cluster using (generation)
      left join members holders on holders.id = holder and holders.alive_until > clock_timestamp()
      left join members heirs on heirs.id = heir and heirs.alive_until > clock_timestamp()
      order by shard_id`);
    return rows.map((row) => ({
      shardId: row.shard_id,
      holder: row.holder ?? undefined,
      readyHeir: row.heir ?? undefined,
    }));
  }

  /** Which nodes get ready to serve the shards of another number that is asked for. */
  async nextHeirs(): Promise<readonly string[]> {
    const { rows } = await this.#pool.query(`
      select distinct name from shard_seats join members on id = heir
      where generation > (select generation from cluster)`);
    return rows.map(({ name }) => name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.end();
  }
}
