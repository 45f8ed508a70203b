import { type Kysely, sql } from 'kysely';
import type { DatabaseKind } from '../../address.ts';
import type { JournalTables } from '../tables/schema.ts';
import { indexSegment, type SearchIndex, searchIndexOf } from './index-texts.ts';

const BATCH = 500; // texts held in memory at once

/** Makes the full-text index and fills it with all texts so far. */
export async function createSearch(db: Kysely<JournalTables>, kind: DatabaseKind): Promise<void> {
  if (kind === 'sqlite') await createFts5(db);
  else await createTsvector(db);
  await fill(db, kind);
}

/** Fills the index again, after a change of the rules by which a text becomes words. */
export async function rebuildSearch(db: Kysely<JournalTables>, kind: DatabaseKind): Promise<void> {
  if (kind === 'sqlite') {
    await sql`DROP TABLE IF EXISTS segment_words`.execute(db);
    await createFts5(db);
  } else await sql`TRUNCATE segment_words`.execute(db);
  await fill(db, kind);
}

async function fill(db: Kysely<JournalTables>, kind: DatabaseKind): Promise<void> {
  for (let beforeId: number | undefined = Number.MAX_SAFE_INTEGER; beforeId !== undefined; ) {
    const before: number = beforeId;
    const next = (step: Kysely<JournalTables>) => fillBatch(step, searchIndexOf(kind), before);
    // On PostgreSQL all steps already run in one transaction.
    beforeId = await (db.isTransaction ? next(db) : db.transaction().execute(next));
  }
}

/** Indexes the newest texts before `beforeId`: in this order FTS5 only appends. @returns the oldest of them */
async function fillBatch(db: Kysely<JournalTables>, index: SearchIndex, beforeId: number): Promise<number | undefined> {
  const rows = await db
    .selectFrom('segments')
    .innerJoin('meetings', 'meetings.id', 'segments.meeting_id')
    .select(['segments.id', 'guild_id', 'speaker_id', 'language', 'text'])
    .where('segments.id', '<', beforeId)
    .orderBy('segments.id', 'desc')
    .limit(BATCH)
    .execute();
  for (const row of rows) await indexSegment(db, index, Number(row.id), row.guild_id, row);
  const oldest = rows.at(-1);
  return oldest && Number(oldest.id); // pg gives 64-bit numbers as text
}

async function createFts5(db: Kysely<JournalTables>): Promise<void> {
  // `wordsOf` has made the words: this tokenizer only splits them at the spaces.
  await sql`CREATE VIRTUAL TABLE IF NOT EXISTS segment_words USING fts5(scope, words, tokenize = 'ascii')`.execute(db);
  // Deleted words leave the index at once, not at a later merge.
  await sql`INSERT INTO segment_words (segment_words, rank) VALUES ('secure-delete', 1)`.execute(db);
  await sql`
    CREATE TRIGGER IF NOT EXISTS segments_deleted AFTER DELETE ON segments
    BEGIN DELETE FROM segment_words WHERE rowid = -old.id; END`.execute(db);
}

async function createTsvector(db: Kysely<JournalTables>): Promise<void> {
  await sql`
    CREATE TABLE IF NOT EXISTS segment_words (
      segment_id bigint PRIMARY KEY REFERENCES segments (id) ON DELETE CASCADE,
      words tsvector NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX IF NOT EXISTS segment_words_by_word ON segment_words USING gin (words)`.execute(db);
}
