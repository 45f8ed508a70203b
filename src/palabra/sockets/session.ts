import { SttError } from '../../core/errors.ts';
import type { Limits } from '../limits.ts';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The right to open one socket. Its token and its id are secrets. */
export interface Session {
  readonly token: string;
  readonly id?: string; // missing: the service named none, so there is nothing to end
  /** Frees the session on the server. Tries once and never rejects: the session expires there in any case. */
  end(): Promise<void>;
}

const BODY = JSON.stringify({
  data: { subscriber_count: 0, publisher_count: 1, publisher_can_subscribe: true }, // the API document's example
});
const MAX_ANSWER_BYTES = 64 * 1024;
const BALANCE_USED_UP = 100_050;

/**
 * Exchanges credentials for the token of one socket.
 *
 * @throws {SttError} refused, used up, unavailable; or the signal's reason
 */
export async function openSession(
  apiUrl: string,
  credentials: ClientCredentials,
  limits: Pick<Limits, 'restMs'>,
  signal: AbortSignal,
): Promise<Session> {
  const { status, body } = await ask(
    `${baseOf(apiUrl)}/session-storage/session`,
    { method: 'POST', headers: { ...headersOf(credentials), 'Content-Type': 'application/json' }, body: BODY },
    limits.restMs,
    signal,
  );
  if (status !== 200 && status !== 201) throw refusal(status, body);
  const data = field(body, 'data');
  const token = field(data, 'publisher');
  const id = field(data, 'id');
  if (typeof token !== 'string' || token === '') {
    throw new SttError(
      'service-unavailable',
      'Cannot open a Palabra session: the answer holds no token. Check PALABRA_API_URL.',
    );
  }
  if (typeof id !== 'string' && typeof id !== 'number') return { token, end: async () => {} };
  return { token, id: `${id}`, end: () => endSession(apiUrl, credentials, `${id}`, limits) };
}

/** Frees a session on the server, whoever opened it. Tries once and never rejects: it expires there in any case. */
export async function endSession(
  apiUrl: string,
  credentials: ClientCredentials,
  id: string,
  limits: Pick<Limits, 'restMs'>,
): Promise<void> {
  const address = `${baseOf(apiUrl)}/session-storage/sessions/${encodeURIComponent(id)}`;
  try {
    await ask(address, { method: 'DELETE', headers: headersOf(credentials) }, limits.restMs);
  } catch {
    // The session expires on the server in any case.
  }
}

function baseOf(apiUrl: string): string {
  return apiUrl.replace(/\/+$/u, '');
}

function headersOf({ clientId, clientSecret }: ClientCredentials): Record<string, string> {
  return { ClientId: clientId, ClientSecret: clientSecret };
}

/** A platform key is used as the token: there is no session to open or to end. */
export function keySession(apiKey: string): Session {
  return { token: apiKey, end: async () => {} };
}

async function ask(
  address: string,
  init: RequestInit,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<{ status: number; body: unknown }> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  try {
    const response = await fetch(address, { ...init, redirect: 'error', signal: either });
    return { status: response.status, body: parsed(await beginningOf(response)) };
  } catch (error) {
    signal?.throwIfAborted();
    const why = timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : `no connection${systemCode(error)}`;
    // No `cause`: it may carry the request, which contains the secret.
    throw new SttError('service-unavailable', `Cannot open a Palabra session: ${why}.`);
  }
}

/** The beginning of the body: an answer has a few hundred bytes, and the rest of a longer one is not read. */
async function beginningOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    bytes += part.length;
    if (bytes > MAX_ANSWER_BYTES) break; // which closes the connection
  }
  return Buffer.concat(parts).toString('utf8');
}

function refusal(status: number, body: unknown): SttError {
  const errors = field(body, 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (Number(field(first, 'error_code')) === BALANCE_USED_UP || status === 402) {
    return new SttError('balance-used-up', 'Palabra says that the balance is used up. Top it up to go on.');
  }
  if (status === 401 || status === 403) return keyRefused(status);
  if (status === 409) return new SttError('limit-reached', 'Palabra allows no more sessions at once (409).');
  if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
    return new SttError('bad-request', `Palabra refused to open a session (${status}). Check PALABRA_API_URL.`);
  }
  return new SttError('service-unavailable', `Cannot open a Palabra session: the service answered ${status}.`);
}

export function keyRefused(status: number): SttError {
  return new SttError(
    'key-refused',
    `Palabra refused the credentials (${status}). Check PALABRA_CLIENT_ID and PALABRA_CLIENT_SECRET, or PALABRA_API_KEY.`,
  );
}

/** The system's error code, such as ` (ECONNREFUSED)`. Never the message, which may quote addresses. */
export function systemCode(error: unknown): string {
  const code = field(error, 'code') ?? field(field(error, 'cause'), 'code');
  return typeof code === 'string' ? ` (${code})` : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's error page; the status says enough
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
