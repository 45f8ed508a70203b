import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { KeyvStoreAdapter, StoredData } from 'keyv';
import { patiently } from '../patiently.ts';

/** Keeps Keyv's entries in a table of a SQLite file. Keyv puts its namespace before every key, and packs the values. */
export class KeyvSqlite implements KeyvStoreAdapter {
  readonly opts = { dialect: 'sqlite', url: 'sqlite:' }; // these tell Keyv that it may iterate
  namespace: string | undefined;
  readonly #file: DatabaseSync;
  readonly #closing = new AbortController();
  readonly #get: StatementSync;
  readonly #set: StatementSync;
  readonly #delete: StatementSync;
  readonly #list: StatementSync;
  readonly #clear: StatementSync;

  /** Owns the file from now on: `disconnect` closes it. */
  constructor(file: DatabaseSync) {
    this.#file = file;
    file.exec('CREATE TABLE IF NOT EXISTS keyv (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at_ms REAL) STRICT');
    const isAlive = '(expires_at_ms IS NULL OR expires_at_ms > ?)';
    this.#get = file.prepare(`SELECT value FROM keyv WHERE key = ? AND ${isAlive}`);
    this.#set = file.prepare('INSERT OR REPLACE INTO keyv (key, value, expires_at_ms) VALUES (?, ?, ?)');
    this.#delete = file.prepare('DELETE FROM keyv WHERE key = ?');
    this.#list = file.prepare(
      `SELECT key, value FROM keyv WHERE substr(key, 1, length(?1)) = ?1 AND ${isAlive.replace('?', '?2')} ORDER BY key`,
    );
    this.#clear = file.prepare('DELETE FROM keyv WHERE substr(key, 1, length(?1)) = ?1');
  }

  async get<Value>(key: string): Promise<StoredData<Value> | undefined> {
    const row = await this.#run(() => this.#get.get(key, Date.now()));
    return row?.value as Value | undefined; // Keyv's types promise the unpacked value, although Keyv unpacks it later
  }

  /** @param ttlMs - how long the entry lives; missing: for ever */
  async set(key: string, value: string, ttlMs?: number): Promise<boolean> {
    await this.#run(() => this.#set.run(key, value, ttlMs === undefined ? null : Date.now() + ttlMs));
    return true;
  }

  async delete(key: string): Promise<boolean> {
    const { changes } = await this.#run(() => this.#delete.run(key));
    return changes > 0;
  }

  async clear(): Promise<void> {
    await this.#run(() => this.#clear.run(this.#prefix(this.namespace)));
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    const rows = await this.#run(() => this.#list.all(this.#prefix(namespace), Date.now()));
    for (const { key, value } of rows) yield [String(key), String(value)];
  }

  async disconnect(): Promise<void> {
    this.#closing.abort();
    this.#file.close();
  }

  /** Keyv listens for errors here; this adapter throws them instead. */
  on(): this {
    return this;
  }

  #prefix(namespace: string | undefined): string {
    return namespace === undefined ? '' : `${namespace}:`;
  }

  #run<T>(action: () => T): Promise<T> {
    return patiently(async () => action(), this.#closing.signal);
  }
}
