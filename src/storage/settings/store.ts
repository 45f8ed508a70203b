import type KeyvPostgres from '@keyv/postgres';
import type KeyvRedis from '@keyv/redis';
import Keyv, { type DeserializedData } from 'keyv';
import type { ClientConfig } from 'pg';
import type { Log } from '../../core/log.ts';
import { type Address, parseAddress } from '../address.ts';
import { patiently } from '../patiently.ts';
import { openSqliteFile } from '../sqlite-file.ts';
import { reasonOf, StorageError } from '../storage-error.ts';
import { type CompareAndSet, inPostgres, inRedis, TABLE } from './compare-and-set.ts';
import { KeyvSqlite } from './keyv-sqlite.ts';

const NAMESPACE = 'parley';
const CONNECT_LIMIT_MS = 5_000;
const COMMAND_LIMIT_MS = 5_000; // somebody waits for the answer to a slash command
const LONGEST_RETRY_MS = 2_000;

/** Where settings are kept. */
export interface SettingsStore {
  readonly keyv: Keyv<unknown>;
  readonly shared?: CompareAndSet; // missing: no other process writes here
}

/**
 * Opens the store of the settings and makes sure that it answers.
 *
 * @param namespace - separates several Parleys in one Redis or PostgreSQL
 * @throws {StorageError} when the address is malformed or nothing usable is behind it
 */
export async function openSettingsStore(url: string, log: Log, namespace = NAMESPACE): Promise<SettingsStore> {
  const address = parseAddress(url, 'settings');
  let store: SettingsStore | undefined;
  try {
    store = await openStore(address, namespace);
    store.keyv.on('error', (error: unknown) =>
      log.warn({ reason: reasonOf(error) }, 'The settings store reported an error'),
    );
    await store.keyv.get('is it there?'); // the adapters connect at the first use
    return store;
  } catch (error) {
    await store?.keyv.disconnect().catch(() => {}); // the first error is the one that people need
    const place = address.kind === 'sqlite' ? address.path : address.place;
    throw new StorageError('unreachable', `Cannot open the settings in ${place}: ${reasonOf(error)}.`);
  }
}

async function openStore(address: Address, namespace: string): Promise<SettingsStore> {
  const options = { namespace, throwOnErrors: true, deserialize: unpack };
  switch (address.kind) {
    case 'sqlite': {
      const open = async () => new KeyvSqlite(openSqliteFile(address.path));
      return { keyv: new Keyv(await patiently(open, AbortSignal.timeout(CONNECT_LIMIT_MS)), options) };
    }
    case 'redis': {
      const { adapter, shared } = await openRedis(address.url, namespace);
      return { keyv: new Keyv(adapter, { ...options, useKeyPrefix: false }), shared };
    }
    case 'postgres': {
      const adapter = await openPostgres(address.url);
      return { keyv: new Keyv(adapter, options), shared: inPostgres(adapter, namespace) };
    }
  }
}

/** Keyv's own function would throw; here the reader of the settings judges values that cannot be unpacked. */
export function unpack<Value>(packed: string): DeserializedData<Value> {
  let unpacked: unknown;
  try {
    unpacked = JSON.parse(packed);
  } catch {
    // The value below, which matches no settings, says so.
  }
  const isPacked = typeof unpacked === 'object' && unpacked !== null && 'value' in unpacked;
  return (isPacked ? unpacked : { value: 'unreadable' }) as DeserializedData<Value>; // Keyv does not check the type
}

async function openRedis(
  url: string,
  namespace: string,
): Promise<{ adapter: KeyvRedis<unknown>; shared: CompareAndSet }> {
  const { createClient, default: Adapter } = await import('@keyv/redis'); // 7 MB that users of SQLite do not need
  let hasConnected = false;
  const client = createClient({
    url,
    name: namespace, // in Redis's list of clients
    disableOfflineQueue: true, // a clear error now, not an answer when Redis is back
    commandOptions: { timeout: COMMAND_LIMIT_MS },
    socket: {
      connectTimeout: CONNECT_LIMIT_MS,
      // At the start one failure is enough; later Redis may restart as often as it likes.
      reconnectStrategy: (attempts) => hasConnected && Math.min(100 * 2 ** attempts, LONGEST_RETRY_MS),
    },
  });
  client.on('error', () => {}); // the adapter adds its own listener only after this first connection
  await client.connect();
  hasConnected = true;
  return {
    adapter: new Adapter<unknown>(client, { namespace, throwOnErrors: true }),
    shared: inRedis(client, namespace),
  };
}

async function openPostgres(url: string): Promise<KeyvPostgres> {
  const [{ default: Adapter }, { default: pg }] = await Promise.all([import('@keyv/postgres'), import('pg')]);
  /** A client that may break while it is idle, for example while it is being closed, without ending the process. */
  class CalmClient extends pg.Client {
    constructor(config?: ClientConfig) {
      super(config);
      this.on('error', () => {}); // the next query fails with the error
    }
  }
  return new Adapter({
    uri: url,
    table: TABLE,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: COMMAND_LIMIT_MS,
    // The adapter does not listen to idle connections, and one that breaks would end the process: so keep none.
    maxUses: 1,
    Client: CalmClient,
  });
}
