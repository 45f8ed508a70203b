import { StorageError } from './storage-error.ts';

/** Where data is kept, as `SETTINGS_URL` and `DATABASE_URL` name it. */
export type Address =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'redis' | 'postgres'; readonly url: string; readonly place: string }; // `place` is fit to be shown

/** The databases that can keep the journal. */
export type DatabaseKind = 'sqlite' | 'postgres';

const KINDS: Readonly<Record<string, 'redis' | 'postgres'>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/**
 * Parses an address. `sqlite://data/parley.db` is a path in the working directory, `sqlite:///var/parley.db` one
 * from the root, `sqlite://:memory:` a database that ends with the process.
 *
 * @param what - begins the error's sentence: 'settings', 'transcripts'
 * @throws {StorageError} `bad-address`, without the address, as that may contain a password
 */
export function parseAddress(url: string, what: string): Address {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length).replace(/^\/\//, '');
    if (path !== '') return { kind: 'sqlite', path };
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const kind = parsed && KINDS[parsed.protocol];
  if (kind && parsed.hostname !== '') {
    return { kind, url, place: `${parsed.protocol}//${parsed.host}${parsed.pathname.replace(/\/$/, '')}` };
  }
  throw new StorageError(
    'bad-address',
    `Cannot open the ${what}: the address is not one like sqlite://data/parley.db or postgres://user:password@host/database.`,
  );
}
