import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

/** What a failed request means. */
export type Failure = LastingFailure | { readonly kind: 'try again' }; // Discord or the network is in trouble

/** A failure that the same request would meet again. */
export type LastingFailure =
  | { readonly kind: 'channel gone'; readonly because: GoneReason } // nothing can be posted there any more
  | { readonly kind: 'message gone' } // somebody deleted it
  | { readonly kind: 'too large' }
  | { readonly kind: 'refused'; readonly code: number | string } // Discord does not take this content
  | { readonly kind: 'webhook gone' } // somebody deleted it
  | { readonly kind: 'webhook moved'; readonly isTidy: boolean } // it writes in another channel now; tidy: no message is left there
  | { readonly kind: 'rate limited'; readonly waitMs: number; readonly isOfMessage: boolean } // the limit is of that message alone
  | { readonly kind: 'crowded out'; readonly waitMs: number } // of what may wait: requests that must go leave no room
  | { readonly kind: 'logged out' };

/** Why nothing can be posted somewhere: each is the name of a phrase. */
export type GoneReason = 'deleted' | 'leftServer' | 'unseen' | 'directClosed' | 'unwritable' | 'forbidden' | 'archived';

const CHANNEL_GONE: Readonly<Record<number, GoneReason>> = {
  10003: 'deleted',
  10004: 'leftServer',
  50001: 'unseen',
  50007: 'directClosed',
  50008: 'unwritable',
  50013: 'forbidden',
  50024: 'unwritable', // not in a channel of this kind
  50083: 'archived',
  160005: 'unwritable', // the thread is locked
};
const UNKNOWN_MESSAGE = 10_008;
const UNKNOWN_WEBHOOK = 10_015;
const WRONG_WEBHOOK_TOKEN = 50_027;
const TOO_LARGE = 40_005;

/** Refusals to change what somebody else wrote. */
const OTHERS_MESSAGE: readonly (number | string)[] = [50_003, 50_005, 50_013];

/** A failure that is understood already, without the address of the request: a webhook's address holds its token. */
export class KnownFailure extends Error {
  override readonly name = 'KnownFailure';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`Discord refused a request: ${failure.kind}`);
    this.failure = failure;
  }
}

/** Tells what a failed request means. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DiscordAPIError) {
    if (error.code === UNKNOWN_WEBHOOK || error.code === WRONG_WEBHOOK_TOKEN) return { kind: 'webhook gone' };
    if (error.status === 401) return { kind: 'logged out' };
    const because = CHANNEL_GONE[Number(error.code)];
    if (because !== undefined) return { kind: 'channel gone', because };
    if (error.code === UNKNOWN_MESSAGE) return { kind: 'message gone' };
    if (error.code === TOO_LARGE || error.status === 413) return { kind: 'too large' };
    if (error.status === 429 || error.status >= 500) return { kind: 'try again' };
    if (error.status === 403 || error.status === 404) return { kind: 'channel gone', because: 'unwritable' };
    return { kind: 'refused', code: error.code };
  }
  if (error instanceof RateLimitError)
    return { kind: 'rate limited', waitMs: error.retryAfter, isOfMessage: error.sublimitTimeout > 0 };
  if (error instanceof KnownFailure) return error.failure;
  if (error instanceof HTTPError) return { kind: 'try again' };
  const isLoggedOut = error instanceof Error && error.message.startsWith('Expected token to be set');
  return { kind: isLoggedOut ? 'logged out' : 'try again' };
}

/**
 * Whether Discord refuses a change because the bot did not write the message itself, as when a webhook of its own wrote
 * it.
 */
export function isOthersMessage(error: unknown): boolean {
  return error instanceof DiscordAPIError && OTHERS_MESSAGE.includes(error.code);
}
