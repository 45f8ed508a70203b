import type { Kysely } from 'kysely';
import type { DatabaseKind } from '../../address.ts';

/** The corrections of texts, which go with their texts. */
export async function createCorrections(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('corrections')
    .ifNotExists()
    .addColumn('segment_id', kind === 'sqlite' ? 'integer' : 'bigint', (column) =>
      column.primaryKey().references('segments.id').onDelete('cascade'),
    )
    .addColumn('original', 'text', (column) => column.notNull())
    .addColumn('corrected_by', 'text', (column) => column.notNull())
    .addColumn('corrected_by_name', 'text', (column) => column.notNull())
    .addColumn('corrected_at_ms', 'double precision', (column) => column.notNull())
    .execute();
  // For the line that a message shows.
  await db.schema.createIndex('messages_by_message').ifNotExists().on('messages').column('message_id').execute();
  // For what one person corrected.
  await db.schema.createIndex('corrections_by_person').ifNotExists().on('corrections').column('corrected_by').execute();
}

/** Names that somebody put right, beside those that Discord showed. */
export async function createGivenNames(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('given_names')
    .ifNotExists()
    .addColumn('meeting_id', 'text', (column) => column.notNull().references('meetings.id').onDelete('cascade'))
    .addColumn('speaker_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('given_by', 'text', (column) => column.notNull())
    .addColumn('given_by_name', 'text', (column) => column.notNull())
    .addColumn('given_at_ms', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('given_names_key', ['meeting_id', 'speaker_id'])
    .execute();
}
