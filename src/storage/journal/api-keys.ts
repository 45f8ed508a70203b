import type { Kysely, Selectable } from 'kysely';
import type { GuildId, SpeakerId } from '../../core/ids.ts';
import { hashOf, newSecret } from '../../core/live/pass.ts';
import { type ApiKey, type ApiKeys, type KeyWish, MOST_KEYS, type NewApiKey } from '../../core/programs/keys.ts';
import type { Attempts } from '../attempts.ts';
import { inTransaction } from './tables/in-transaction.ts';
import type { JournalTables } from './tables/schema.ts';

type KeyRow = Selectable<JournalTables['api_keys']>;

/** Says whose key it is to people, and to scanners that look for keys in public places. */
const PREFIX = 'parley_';
const SECRET = /^parley_[\w-]{43}$/; // what is anything else is not looked up
const DAY_MS = 24 * 60 * 60_000;
const NOTED_EVERY_MS = 60_000; // so that not every question costs a write

/** The keys of all processes that share the database. Only hashes of their secrets are in it. */
export class DatabaseApiKeys implements ApiKeys {
  readonly #db: Kysely<JournalTables>;
  readonly #attempts: Attempts;

  constructor(db: Kysely<JournalTables>, attempts: Attempts) {
    this.#db = db;
    this.#attempts = attempts;
  }

  async make({ guildId, userId, name, days }: KeyWish): Promise<NewApiKey | 'too many'> {
    const secret = `${PREFIX}${newSecret()}`;
    const nowMs = Date.now();
    const row = {
      ...{ key_hash: idOf(secret), guild_id: guildId, user_id: userId, name },
      ...{ made_at_ms: nowMs, until_ms: nowMs + days * DAY_MS, used_at_ms: null },
    };
    const isMade = await this.#attempts.attempt('write', () => inTransaction(this.#db, (step) => insertKey(step, row)));
    return isMade ? { ...toKey(row), secret } : 'too many';
  }

  async keyOf(secret: string): Promise<ApiKey | undefined> {
    if (!SECRET.test(secret)) return undefined;
    const id = idOf(secret);
    const nowMs = Date.now();
    const row = await this.#attempts.attempt('read', () =>
      this.#db
        .selectFrom('api_keys')
        .selectAll()
        .where('key_hash', '=', id)
        .where('until_ms', '>', nowMs)
        .executeTakeFirst(),
    );
    if (!row) return undefined;
    if (nowMs - (row.used_at_ms ?? Number.NEGATIVE_INFINITY) >= NOTED_EVERY_MS) {
      await this.#attempts.attempt('write', () =>
        this.#db.updateTable('api_keys').set({ used_at_ms: nowMs }).where('key_hash', '=', id).execute(),
      );
    }
    return toKey(row);
  }

  async listOf(guildId: GuildId, userId: SpeakerId): Promise<readonly ApiKey[]> {
    const rows = await this.#attempts.attempt('read', () =>
      this.#db
        .selectFrom('api_keys')
        .selectAll()
        .where('guild_id', '=', guildId)
        .where('user_id', '=', userId)
        .where('until_ms', '>', Date.now())
        .orderBy('made_at_ms')
        .orderBy('key_hash')
        .execute(),
    );
    return rows.map(toKey);
  }

  async revoke({ id, guildId, userId }: Pick<ApiKey, 'id' | 'guildId' | 'userId'>): Promise<boolean> {
    const { numDeletedRows } = await this.#attempts.attempt('erase', () =>
      this.#db
        .deleteFrom('api_keys')
        .where('key_hash', '=', id)
        .where('guild_id', '=', guildId)
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow(),
    );
    return Number(numDeletedRows) > 0;
  }

  async revokeAllOf(guildId: GuildId, userId: SpeakerId): Promise<number> {
    const { numDeletedRows } = await this.#attempts.attempt('erase', () =>
      this.#db
        .deleteFrom('api_keys')
        .where('guild_id', '=', guildId)
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow(),
    );
    return Number(numDeletedRows);
  }
}

/** Erases the keys whose time is over. */
export async function deleteOldKeys(db: Kysely<JournalTables>, now: Date): Promise<void> {
  await db.deleteFrom('api_keys').where('until_ms', '<=', now.getTime()).execute();
}

/** @returns whether the member had room for it; the same key again counts once */
async function insertKey(db: Kysely<JournalTables>, row: KeyRow): Promise<boolean> {
  const { count } = await db
    .selectFrom('api_keys')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('guild_id', '=', row.guild_id)
    .where('user_id', '=', row.user_id)
    .where('until_ms', '>', row.made_at_ms)
    .where('key_hash', '!=', row.key_hash)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_KEYS) return false;
  await db
    .insertInto('api_keys')
    .values(row)
    .onConflict((conflict) => conflict.column('key_hash').doNothing())
    .execute();
  return true;
}

function idOf(secret: string): string {
  return hashOf(secret).toString('base64url');
}

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.key_hash,
    guildId: row.guild_id,
    userId: row.user_id,
    name: row.name,
    madeAtMs: row.made_at_ms,
    untilMs: row.until_ms,
    ...(row.used_at_ms !== null && { usedAtMs: row.used_at_ms }),
  };
}
