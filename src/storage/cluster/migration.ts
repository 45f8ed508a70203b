import { type Kysely, sql } from 'kysely';

/**
 * Makes the tables by which several processes share one bot. Nothing of it is read or written without a cluster, so an
 * older version beside this one runs on. `docs/decisions.md`, note 63, says why it is done like this.
 */
export async function createCluster(db: Kysely<unknown>): Promise<void> {
  // Each change of an owner takes the next number, so the newest owner of anything has the highest one.
  await sql`create sequence if not exists lease_tokens`.execute(db);
  // One row a process. It alone is renewed each second; the free space keeps each renewal on the page of the last one.
  await sql`
    create table if not exists members (
      id uuid primary key,
      name text not null,
      version text not null,
      address inet,
      alive_until timestamptz not null,
      draining boolean not null default false
    ) with (fillfactor = 50)`.execute(db);
  // One row a shard of Discord's gateway. Another number of shards is another generation beside this one.
  await sql`
    create table if not exists shard_seats (
      generation int not null,
      shard_id int not null,
      shard_count int not null,
      holder uuid references members on delete set null,
      heir uuid references members on delete set null,
      heir_ready boolean not null default false,
      token bigint not null default 0,
      primary key (generation, shard_id)
    )`.execute(db);
  // One row: the generation that serves.
  await sql`
    create table if not exists cluster (
      one boolean primary key default true check (one),
      generation int not null
    )`.execute(db);
  // One row a meeting that is not settled. `running` turns false when people have stopped speaking and only the minutes
  // are left: the next meeting of the guild need not wait for those.
  await sql`
    create table if not exists meeting_leases (
      meeting_id text primary key references meetings on delete cascade,
      guild_id text not null,
      bot_id text not null,
      running boolean not null default true,
      holder uuid not null references members,
      token bigint not null,
      heir uuid,
      tail_holder uuid,
      tail_token bigint,
      tail_until timestamptz,
      moved_at_ms double precision
    )`.execute(db);
  await sql`
    create unique index if not exists meeting_leases_running
    on meeting_leases (guild_id, bot_id) where running`.execute(db);
  await sql`create index if not exists meeting_leases_by_holder on meeting_leases (holder)`.execute(db);
}

/** Makes the table of the links to live pages. Links of a meeting go with it. Only a cluster writes it. */
export async function createLiveLinks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists live_links (
      key_hash bytea primary key,
      guild_id text not null,
      meeting_id text not null references meetings on delete cascade,
      user_id text not null,
      until timestamptz not null
    )`.execute(db);
  await sql`create index if not exists live_links_by_guild on live_links (guild_id, meeting_id)`.execute(db);
  await sql`create index if not exists live_links_by_meeting on live_links (meeting_id)`.execute(db);
}

/** Notes what a link shows, where that is not the live page. Older versions write none, and find none by its hash. */
export async function addOverlayLinks(db: Kysely<unknown>): Promise<void> {
  await sql`alter table live_links add column if not exists shows text`.execute(db);
}

/**
 * Makes the tables by which processes share the recogniser's credentials. They name a credential by the hash of its client id, and
 * hold no secret of it.
 */
export async function createCredentials(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists stt_credentials (
      hash text primary key,
      learned_sockets int,
      learned_until timestamptz
    )`.execute(db);
  // One row a credential and process that uses it. `sessions` are those that the service may count, for whoever comes after a crash.
  await sql`
    create table if not exists stt_holdings (
      hash text not null references stt_credentials on delete cascade,
      holder uuid not null references members on delete cascade,
      giving boolean not null default false,
      sockets int not null default 0,
      sessions text[] not null default '{}',
      waiting_since timestamptz,
      primary key (hash, holder)
    )`.execute(db);
}
