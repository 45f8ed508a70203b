import type { Kysely } from 'kysely';

/** The step of the schema with which programs got keys. */
export async function createApiKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('api_keys')
    .ifNotExists()
    .addColumn('key_hash', 'text', (column) => column.primaryKey())
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('made_at_ms', 'double precision', (column) => column.notNull())
    .addColumn('until_ms', 'double precision', (column) => column.notNull())
    .addColumn('used_at_ms', 'double precision')
    .execute();
  await db.schema
    .createIndex('api_keys_by_member')
    .ifNotExists()
    .on('api_keys')
    .columns(['guild_id', 'user_id'])
    .execute();
}
