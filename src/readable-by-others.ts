import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import type { Config } from './config.ts';
import type { Log } from './core/log.ts';
import { parseAddress } from './storage/address.ts';

const READ_BY_OTHERS = 0o004;
const ENTERED_BY_OTHERS = 0o001;

/** A file or folder that nobody else should read, and the name that the operator knows it by. */
interface Kept {
  readonly path: string;
  readonly name: string;
}

/** Warns at the start of private files that everybody on this machine can read, as older versions or copies may be. */
export function warnOfReaders(config: Config, log: Log): void {
  const readable = keptBy(config).filter(({ path }) => isReadableByOthers(path));
  if (readable.length === 0) return;
  log.warn(
    { readable: [...new Set(readable.map(({ name }) => name))] },
    'Everybody on this machine can read these files: chmod go-rwx makes them private',
  );
}

function keptBy({ databaseUrl, settingsUrl, secretFiles }: Config): readonly Kept[] {
  return [
    { path: '.env', name: '.env' },
    ...filesOf(databaseUrl, 'DATABASE_URL'),
    ...filesOf(settingsUrl, 'SETTINGS_URL'),
    ...secretFiles.map(({ path, variable }) => ({ path, name: `the file of ${variable}` })),
  ];
}

/** A database, the files that SQLite writes beside it, and their folder. */
function filesOf(url: string, variable: string): readonly Kept[] {
  const address = parseAddress(url, 'files');
  if (address.kind !== 'sqlite' || address.path === ':memory:') return [];
  const { path } = address;
  const folder = dirname(path);
  // Absolute paths of the machine do not belong in the log.
  const name = (relative: string, otherwise: string) => (isAbsolute(path) ? `${otherwise} of ${variable}` : relative);
  return [
    ...(folder === '.' ? [] : [{ path: folder, name: name(folder, 'the folder') }]),
    ...['', '-wal', '-shm'].map((end) => ({ path: path + end, name: name(path + end, `the file${end}`) })),
  ];
}

/** Whether others can read it, by its own mode and by those of all folders above: a closed folder closes all in it. */
export function isReadableByOthers(path: string): boolean {
  try {
    const whole = realpathSync(path);
    if ((statSync(whole).mode & READ_BY_OTHERS) === 0) return false;
    for (let at = whole; at !== dirname(at); at = dirname(at)) {
      if ((statSync(dirname(at)).mode & ENTERED_BY_OTHERS) === 0) return false;
    }
    return process.platform !== 'win32'; // Windows does not keep rights in modes
  } catch {
    return false; // it does not exist, or we may not look at it
  }
}
