import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import type { Config } from './config.ts';
import type { Log } from './core/log.ts';
import { parseAddress } from './storage/address.ts';

const READ_BY_OTHERS = 0o004;
const ENTERED_BY_OTHERS = 0o001;

/** Something that is nobody else's to read, and what the operator calls it. */
interface Kept {
  readonly path: string;
  readonly name: string;
}

/** Says at the start what everybody on this machine can read: older versions wrote it so, or somebody copied it so. */
export function warnOfReaders(config: Config, log: Log): void {
  const readable = keptBy(config).filter(({ path }) => isReadableByOthers(path));
  if (readable.length === 0) return;
  log.warn(
    { readable: [...new Set(readable.map(({ name }) => name))] },
    'Everybody on this machine can read these: chmod go-rwx takes that away',
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

/** A database, what SQLite writes beside it, and the folder of them. */
function filesOf(url: string, variable: string): readonly Kept[] {
  const address = parseAddress(url, 'files');
  if (address.kind !== 'sqlite' || address.path === ':memory:') return [];
  const { path } = address;
  const folder = dirname(path);
  // Where the machine keeps them otherwise is not for the log.
  const name = (relative: string, otherwise: string) => (isAbsolute(path) ? `${otherwise} of ${variable}` : relative);
  return [
    ...(folder === '.' ? [] : [{ path: folder, name: name(folder, 'the folder') }]),
    ...['', '-wal', '-shm'].map((end) => ({ path: path + end, name: name(path + end, `the file${end}`) })),
  ];
}

/** By its own mode, and by those of all folders above: what stands in a closed folder is closed. */
export function isReadableByOthers(path: string): boolean {
  try {
    const whole = realpathSync(path);
    if ((statSync(whole).mode & READ_BY_OTHERS) === 0) return false;
    for (let at = whole; at !== dirname(at); at = dirname(at)) {
      if ((statSync(dirname(at)).mode & ENTERED_BY_OTHERS) === 0) return false;
    }
    return process.platform !== 'win32'; // where modes say nothing of others
  } catch {
    return false; // it is not there, or not ours to look at
  }
}
