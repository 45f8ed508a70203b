/** `superseded`: another process owns by now what was to be written. Whoever gets it stops, and says nothing to people. */
export type StorageErrorCode = 'bad-address' | 'unreachable' | 'failed' | 'superseded';

/**
 * Settings or transcripts cannot be reached, read or written. The message is one sentence, fit to be shown.
 *
 * It deliberately has no cause: messages of databases may contain addresses with passwords, and the values of a row.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Reasons that people can act on, by the error code of Node, SQLite, PostgreSQL or Redis. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up just now',
  ETIMEDOUT: 'there is no answer in time',
  ECONNRESET: 'the connection was cut',
  EACCES: 'Parley may not write there',
  EPERM: 'Parley may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  '28P01': 'the user name or the password is refused',
  '28000': 'the user name or the password is refused',
  '3D000': 'there is no such database',
  '42501': 'the user has no right to do this',
  '53100': 'the disk is full',
  '53300': 'it takes no more connections',
  '57P01': 'the server is shutting down',
  '57P03': 'the server is starting up',
  WRONGPASS: 'the user name or the password is refused',
  NOAUTH: 'it wants a password',
  'SQLite 5': 'somebody else holds the file locked',
  'SQLite 8': 'the file is read-only',
  'SQLite 11': 'the file is damaged',
  'SQLite 13': 'the disk is full',
  'SQLite 14': 'the file cannot be opened',
  'SQLite 26': 'the file is not a SQLite database',
  'no-write-ahead': 'its disk takes no write-ahead file: choose a local one, not a network share',
  'no-overwriting': 'this SQLite does not overwrite what is deleted',
};

/** Why an action failed, in words that contain nothing secret. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return isTimeout(error) ? 'there is no answer in time' : 'for a reason it does not name';
  return REASONS[code] ?? `error ${code}`;
}

/** The code of a driver's error: `ECONNREFUSED`, an SQLSTATE, `SQLite` and a number, or the first word of Redis's message. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Only the low byte is the result; the other bytes say where in SQLite it arose.
  if ('errcode' in error && typeof error.errcode === 'number') return `SQLite ${error.errcode & 0xff}`;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{4,}\b/.exec(error.message)?.[0];
}

/** pg and Redis give no code when a time limit is exceeded. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && /time(?:d )?-?out/i.test(`${error.name} ${error.message}`);
}
