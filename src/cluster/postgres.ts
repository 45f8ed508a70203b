import { parseAddress } from '../storage/address.ts';
import { StorageError } from '../storage/storage-error.ts';

/**
 * The address of the database in which a cluster keeps who owns what.
 *
 * @throws {StorageError} when it is malformed, or not one of PostgreSQL
 */
export function postgresUrlOf(databaseUrl: string): string {
  const address = parseAddress(databaseUrl, 'transcripts');
  if (address.kind !== 'postgres') throw new StorageError('bad-address', 'A cluster needs a database in PostgreSQL.');
  return address.url;
}
