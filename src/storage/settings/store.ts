import type KeyvPostgres from '@keyv/postgres';
import type KeyvRedis from '@keyv/redis';
import Keyv, { type DeserializedData } from 'keyv';
import type { ClientConfig } from 'pg';
import type { Log } from '../../core/log.ts';
import { type Address, parseAddress } from '../address.ts';
import { patiently } from '../patiently.ts';
import { openSqliteFile } from '../sqlite-file.ts';
import { reasonOf, StorageError } from '../storage-error.ts';
import { KeyvSqlite } from './keyv-sqlite.ts';

const NAMESPACE = 'parley';
const CONNECT_LIMIT_MS = 5_000;
const COMMAND_LIMIT_MS = 5_000; // somebody waits for the answer to a slash command
const LONGEST_RETRY_MS = 2_000;

/**
 * Opens the store that settings are kept in and makes sure that it answers.
 *
 * @param namespace - keeps several Parleys apart in one Redis or PostgreSQL
 * @throws {StorageError} when the address is malformed or nothing usable is behind it
 */
export async function openSettingsStore(url: string, log: Log, namespace = NAMESPACE): Promise<Keyv<unknown>> {
  const address = parseAddress(url, 'settings');
  let store: Keyv<unknown> | undefined;
  try {
    store = await openStore(address, namespace);
    store.on('error', (error: unknown) => log.warn({ reason: reasonOf(error) }, 'The settings store reports trouble'));
    await store.get('is it there?'); // the adapters connect at the first use
    return store;
  } catch (error) {
    await store?.disconnect().catch(() => {}); // what went wrong first is what people need to know
    const place = address.kind === 'sqlite' ? address.path : address.place;
    throw new StorageError('unreachable', `Cannot open the settings in ${place}: ${reasonOf(error)}.`);
  }
}

async function openStore(address: Address, namespace: string): Promise<Keyv<unknown>> {
  const options = { namespace, throwOnErrors: true, deserialize: unpack };
  switch (address.kind) {
    case 'sqlite': {
      const open = async () => new KeyvSqlite(openSqliteFile(address.path));
      return new Keyv(await patiently(open, AbortSignal.timeout(CONNECT_LIMIT_MS)), options);
    }
    case 'redis':
      return new Keyv(await openRedis(address.url, namespace), { ...options, useKeyPrefix: false });
    case 'postgres':
      return new Keyv(await openPostgres(address.url), options);
  }
}

/** Keyv's own would throw; what cannot be unpacked is for the reader of the settings to judge. */
function unpack<Value>(packed: string): DeserializedData<Value> {
  let unpacked: unknown;
  try {
    unpacked = JSON.parse(packed);
  } catch {
    // Said by the value below, which is like no settings.
  }
  const isPacked = typeof unpacked === 'object' && unpacked !== null && 'value' in unpacked;
  return (isPacked ? unpacked : { value: 'unreadable' }) as DeserializedData<Value>; // Keyv believes what it is told
}

async function openRedis(url: string, namespace: string): Promise<KeyvRedis<unknown>> {
  const { createClient, default: Adapter } = await import('@keyv/redis'); // 7 MB that SQLite's users do without
  let hasConnected = false;
  const client = createClient({
    url,
    name: namespace, // in Redis's list of clients
    disableOfflineQueue: true, // a clear error now rather than an answer when Redis is back
    commandOptions: { timeout: COMMAND_LIMIT_MS },
    socket: {
      connectTimeout: CONNECT_LIMIT_MS,
      // At the start one failure is an answer; later Redis may restart as often as it likes.
      reconnectStrategy: (attempts) => hasConnected && Math.min(100 * 2 ** attempts, LONGEST_RETRY_MS),
    },
  });
  client.on('error', () => {}); // the adapter adds its own listener, but only after this first connection
  await client.connect();
  hasConnected = true;
  return new Adapter<unknown>(client, { namespace, throwOnErrors: true });
}

async function openPostgres(url: string): Promise<KeyvPostgres> {
  const [{ default: Adapter }, { default: pg }] = await Promise.all([import('@keyv/postgres'), import('pg')]);
  /** One that breaks while nobody asks it anything, say while it is being closed: that would end the process, too. */
  class CalmClient extends pg.Client {
    constructor(config?: ClientConfig) {
      super(config);
      this.on('error', () => {}); // whoever asks next is told
    }
  }
  return new Adapter({
    uri: url,
    table: 'parley_settings',
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: COMMAND_LIMIT_MS,
    // The adapter does not listen for idle connections that break, which would end the process: so keep none.
    maxUses: 1,
    Client: CalmClient,
  });
}
