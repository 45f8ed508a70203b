import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from '../../address.ts';
import { addOverlayLinks, createCluster, createCredentials, createLiveLinks } from '../../cluster/migration.ts';
import { createCorrections, createGivenNames } from '../corrections/migration.ts';
import { createSearch, rebuildSearch } from '../search/migration.ts';
import { createApiKeys } from './create-api-keys.ts';

/**
 * The steps of the journal's schema, oldest first. Both databases run the same, except that only PostgreSQL knows of several processes.
 * A step that has been released is never changed.
 *
 * Older versions run on beside a newer one, and may be started again: so a step only adds. One that takes away or changes what
 * they read or write has a name like `0042-breaking-segments`, and they refuse a database that has it.
 *
 * Every step may be run again: Kysely uses no transaction on SQLite, and a process may be killed in the middle.
 */
export function journalMigrations(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001-meetings': { up: (db) => createMeetings(db, kind) },
    '0002-accounts': { up: createAccounts },
    '0003-search': { up: (db) => createSearch(db, kind) },
    '0004-retention': { up: createRetention },
    '0005-messages': { up: (db) => createMessages(db, kind) },
    '0006-summaries': { up: createSummaries },
    '0007-unsettled': { up: createUnsettled },
    '0010-search-folding': { up: (db) => rebuildSearch(db, kind) },
    '0011-mentions': { up: createMentions },
    '0012-usage': { up: createUsage },
    '0013-placed-segments': { up: addPlaced },
    ...(kind === 'postgres' && {
      '0014-cluster': { up: createCluster },
      '0015-live-links': { up: createLiveLinks },
      '0016-stt-credentials': { up: createCredentials },
      '0018-overlay-links': { up: addOverlayLinks },
    }),
    '0019-sessions': { up: createSessions },
    '0020-corrections': { up: (db) => createCorrections(db, kind) },
    '0021-given-names': { up: createGivenNames },
    '0022-api-keys': { up: createApiKeys },
    '0024-stage-audiences': { up: createStageAudiences },
  };
}

async function createMeetings(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('meetings')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('voice_channel_id', 'text', (column) => column.notNull())
    .addColumn('voice_channel_name', 'text', (column) => column.notNull())
    .addColumn('text_channel_id', 'text', (column) => column.notNull())
    .addColumn('started_by', 'text', (column) => column.notNull())
    .addColumn('began_at_ms', 'double precision', (column) => column.notNull())
    .addColumn('ended_ms', 'double precision')
    .addColumn('ending', 'text')
    .execute();
  await db.schema
    .createIndex('meetings_by_guild')
    .ifNotExists()
    .on('meetings')
    .columns(['guild_id', 'began_at_ms'])
    .execute();
  await db.schema
    .createTable('attendance')
    .ifNotExists()
    .addColumn('meeting_id', 'text', (column) => column.notNull().references('meetings.id').onDelete('cascade'))
    .addColumn('speaker_id', 'text', (column) => column.notNull())
    .addColumn('joined_ms', 'double precision', (column) => column.notNull())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('left_ms', 'double precision')
    .addPrimaryKeyConstraint('attendance_key', ['meeting_id', 'speaker_id', 'joined_ms'])
    .execute();
  await db.schema
    .createTable('segments')
    .ifNotExists()
    // `autoincrement` never gives a deleted text's number to a new text, so the index cannot mix them up.
    .addColumn('id', kind === 'sqlite' ? 'integer' : 'bigserial', (column) =>
      kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
    )
    .addColumn('meeting_id', 'text', (column) => column.notNull().references('meetings.id').onDelete('cascade'))
    .addColumn('utterance_id', 'text', (column) => column.notNull())
    .addColumn('translated_into', 'text', (column) => column.notNull())
    .addColumn('speaker_id', 'text', (column) => column.notNull())
    .addColumn('start_ms', 'double precision', (column) => column.notNull())
    .addColumn('end_ms', 'double precision', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('confirmed', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addUniqueConstraint('segments_key', ['meeting_id', 'utterance_id', 'translated_into'])
    .execute();
  // For one person's words: search by speaker, and erasure.
  await db.schema
    .createIndex('segments_by_speaker')
    .ifNotExists()
    .on('segments')
    .columns(['speaker_id', 'meeting_id'])
    .execute();
  await db.schema
    .createTable('gaps')
    .ifNotExists()
    .addColumn('meeting_id', 'text', (column) => column.notNull().references('meetings.id').onDelete('cascade'))
    .addColumn('speaker_id', 'text', (column) => column.notNull())
    .addColumn('start_ms', 'double precision', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('end_ms', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('gaps_key', ['meeting_id', 'speaker_id', 'start_ms', 'reason'])
    .execute();
}

async function createAccounts(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('accounts')
    .ifNotExists()
    .addColumn('meeting_id', 'text', (column) => column.notNull().references('meetings.id').onDelete('cascade'))
    .addColumn('speaker_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('accounts_key', ['meeting_id', 'speaker_id']);
  for (const name of ['heard_ms', 'sent_ms', 'silence_ms']) {
    table = table.addColumn(name, 'double precision', (column) => column.notNull());
  }
  for (const name of ['concealed_frames', 'undecryptable', 'corrupt', 'sockets', 'reconnects', 'forced_finals']) {
    table = table.addColumn(name, 'integer', (column) => column.notNull());
  }
  await table.execute();
}

async function createRetention(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('retention')
    .ifNotExists()
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('days', 'double precision', (column) => column.notNull())
    .execute();
}

async function createMessages(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('messages')
    .ifNotExists()
    .addColumn('id', kind === 'sqlite' ? 'integer' : 'bigserial', (column) =>
      kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
    )
    .addColumn('meeting_id', 'text', (column) => column.notNull().references('meetings.id').onDelete('cascade'))
    .addColumn('utterance_id', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addUniqueConstraint('messages_key', ['meeting_id', 'utterance_id', 'language', 'message_id'])
    .execute();
  await db.schema
    .createTable('places')
    .ifNotExists()
    .addColumn('meeting_id', 'text', (column) => column.notNull().references('meetings.id').onDelete('cascade'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('discord_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('places_key', ['meeting_id', 'kind', 'language'])
    .execute();
}

async function createSummaries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('summaries')
    .ifNotExists()
    .addColumn('meeting_id', 'text', (column) => column.primaryKey().references('meetings.id').onDelete('cascade'))
    .addColumn('content', 'text', (column) => column.notNull())
    .execute();
}

async function createUnsettled(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('unsettled')
    .ifNotExists()
    .addColumn('meeting_id', 'text', (column) => column.primaryKey().references('meetings.id').onDelete('cascade'))
    .addColumn('sign', 'text')
    .execute();
}

async function createMentions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mentions')
    .ifNotExists()
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('speaker_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('mentions_key', ['guild_id', 'speaker_id', 'message_id', 'what'])
    .execute();
}

/** Apart from the meetings: erasing a meeting does not give back what it cost. */
async function createUsage(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('usage')
    .ifNotExists()
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('sent_ms', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_key', ['guild_id', 'day', 'kind'])
    .execute();
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .ifNotExists()
    .addColumn('key_hash', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('guild_ids', 'text', (column) => column.notNull())
    .addColumn('began_at_ms', 'double precision', (column) => column.notNull())
    .addColumn('seen_at_ms', 'double precision', (column) => column.notNull())
    .addColumn('until_ms', 'double precision', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sessions_by_user').ifNotExists().on('sessions').column('user_id').execute();
}

async function createStageAudiences(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('stage_audiences')
    .ifNotExists()
    .addColumn('meeting_id', 'text', (column) => column.primaryKey().references('meetings.id').onDelete('cascade'))
    .addColumn('most', 'integer', (column) => column.notNull())
    .execute();
}

/** Checks first, as SQLite has no "if not exists" for columns, and an earlier start may have been killed half-way. */
async function addPlaced(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables();
  const segments = tables.find(({ name }) => name === 'segments');
  if (segments?.columns.some(({ name }) => name === 'placed')) return;
  await db.schema
    .alterTable('segments')
    .addColumn('placed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
