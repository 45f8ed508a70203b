/**
 * Redis cannot be used as it is configured. The message is one sentence, fit to be shown.
 *
 * It deliberately has no cause: an error of the library may hold the address with its password.
 */
export class RedisError extends Error {
  override readonly name = 'RedisError';
}

/** Reasons that people can act on, by the code of Node or the first word of Redis's own message. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up just now',
  ETIMEDOUT: 'there is no answer in time',
  ECONNRESET: 'the connection was cut',
  WRONGPASS: 'the user name or the password is refused',
  NOAUTH: 'it wants a password',
  NOPERM: 'the user has no right to do this',
  LOADING: 'it is still reading its data',
};
const REFUSALS: readonly (string | undefined)[] = ['WRONGPASS', 'NOAUTH', 'NOPERM'];

/** Why Redis is away, in words that contain nothing secret. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined) return REASONS[code] ?? `error ${code}`;
  // The library gives no code of its own.
  return error instanceof Error && /timeout/i.test(error.message)
    ? 'there is no answer in time'
    : 'the connection was cut';
}

/** Whether Redis refuses this user or password, so that trying again is in vain. */
export function isRefusal(error: unknown): boolean {
  return REFUSALS.includes(codeOf(error));
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{4,}\b/.exec(error.message)?.[0];
}
