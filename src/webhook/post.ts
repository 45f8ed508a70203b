import { type Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { type Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { lookUpPublic, PrivateAddressError, refusePrivateLiteral } from './public-address.ts';
import { signatureOf } from './signature.ts';

const MOST_ANSWER_BYTES = 16_384; // of an answer whose connection is used again; nobody reads it

/** The webhook to which a server wants to have something sent. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

/** One attempt to deliver something. */
export interface Attempt {
  readonly webhook: Webhook;
  readonly body: string; // JSON
  readonly id: string; // the same at every attempt
  readonly allowPrivate: boolean; // allows hosts in private networks, and plain http
  readonly agent?: HttpAgent | HttpsAgent; // whose connections are used again; missing: a new connection
}

/**
 * Posts a signed body to a webhook.
 *
 * @returns the status of the answer. Redirects are not followed, as they could lead anywhere.
 * @throws {PrivateAddressError} when the address is one that the bot must not reach
 */
export async function postSigned(
  { webhook, body, id, allowPrivate, agent }: Attempt,
  signal: AbortSignal,
): Promise<number> {
  const url = new URL(webhook.url);
  if (!allowPrivate) refusePrivateLiteral(url);
  const isPlain = url.protocol === 'http:';
  if (isPlain && !allowPrivate) throw new PrivateAddressError();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = (isPlain ? requestHttp : requestHttps)(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Parley',
      'x-parley-delivery': id,
      'x-parley-signature': signatureOf(body, webhook.secret, new Date()),
    },
    signal,
    agent: agent ?? false,
    ...(!allowPrivate && { lookup: lookUpPublic }), // asked when a connection is made, so a name cannot change in between
  });
  request.on('response', (response) => {
    const status = response.statusCode ?? 0;
    if (agent) void readAway(response).then(() => resolve(status));
    else {
      response.destroy();
      resolve(status);
    }
  });
  request.on('error', reject);
  request.end(body);
  return promise;
}

/** Reads an answer to its end, so that the connection can be used again; gives the connection up when it is long. Never rejects. */
async function readAway(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += chunk.length;
      if (bytes > MOST_ANSWER_BYTES) break; // which destroys it
    }
  } catch {
    // The status has come, and counts.
  }
}

/** Addresses with a name or a password, which earlier versions allowed, are not sent to. */
export function hasCredentials({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** Whether the receiver's trouble may pass. A request that it refused would be refused again. */
export function isTemporary(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** The reason of a failed attempt for the log: no address and no text. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
