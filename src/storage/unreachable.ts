import { codeOf, isTimeout } from './storage-error.ts';

/** Codes of a server that is away: it restarts, is replaced by another, or cannot be reached. SQLite has none of them. */
const AWAY = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND', // the name of a container that is being replaced
  'EAI_AGAIN',
  '08000', // SQLSTATE class 08: connection exceptions
  '08003',
  '08006',
  '25006', // what answers is a stand-by that only reads: it is about to become the server, or another one is
  '53300', // it takes no more connections, as when all clients come back at once
  '57P01', // the server restarts
  '57P02',
  '57P03',
]);

/** The messages of pg when a connection breaks during a statement, or had broken before. */
const BROKEN = /^Connection terminated|^Client (?:has encountered a connection error|was closed)/;

/** Whether an error says that the database cannot be reached, which the passing of time may mend. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return AWAY.has(code);
  return isTimeout(error) || isBroken(error); // pg gives no code for these
}

/** Whether a connection broke during a statement, or had broken before it. */
export function isBroken(error: unknown): boolean {
  return codeOf(error) === undefined && error instanceof Error && BROKEN.test(error.message);
}
