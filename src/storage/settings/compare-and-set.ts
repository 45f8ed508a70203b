import type KeyvPostgres from '@keyv/postgres';

/**
 * Replaces an entry only if nobody else has meanwhile. Keyv has nothing like it, so this goes past Keyv to what is behind
 * it, with the keys and the packed values that Keyv writes.
 */
export interface CompareAndSet {
  get(key: string): Promise<string | undefined>;
  /** @returns false when the entry is no longer `before`; `undefined`: there was none */
  replace(key: string, before: string | undefined, after: string): Promise<boolean>;
}

export const TABLE = 'parley_settings';

export function inPostgres(adapter: KeyvPostgres, namespace: string): CompareAndSet {
  const nameOf = (key: string) => `${namespace}:${key}`;
  return {
    get: (key) => adapter.get(nameOf(key)) as Promise<string | undefined>, // the packed value: Keyv unpacks it
    async replace(key, before, after) {
      const rows =
        before === undefined
          ? await adapter.query(
              `INSERT INTO ${TABLE} (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING RETURNING key`,
              [nameOf(key), after],
            )
          : await adapter.query(`UPDATE ${TABLE} SET value = $3 WHERE key = $1 AND value = $2 RETURNING key`, [
              nameOf(key),
              before,
              after,
            ]);
      return rows.length > 0;
    },
  };
}

/** What is needed of a Redis client. */
interface Client {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { readonly NX: true }): Promise<unknown>;
  eval(script: string, given: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>;
}

const REPLACE = `if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

export function inRedis(client: Client, namespace: string): CompareAndSet {
  const nameOf = (key: string) => `${namespace}::${key}`;
  return {
    get: async (key) => (await client.get(nameOf(key))) ?? undefined,
    async replace(key, before, after) {
      if (before === undefined) return (await client.set(nameOf(key), after, { NX: true })) !== null;
      return (await client.eval(REPLACE, { keys: [nameOf(key)], arguments: [before, after] })) === 1;
    },
  };
}
