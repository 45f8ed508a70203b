import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { MeetingId } from '../../core/ids.ts';
import type { SignInAttempt } from '../../core/live/sign-in.ts';
import type { NewSession } from '../../core/ports/sessions.ts';

const SESSION = 'session';
const ATTEMPT = 'signing-in';
const ATTEMPT_LASTS_S = 600; // to read what Discord asks, and perhaps to log in there
const SECRET = /^[\w-]{43}$/;
const WORDS = /^([\w-]{43})\.([\w-]{43})\.([\w-]{0,64})$/;

/** An attempt to sign in, and where its owner wanted to go. */
export interface OpenAttempt extends SignInAttempt {
  readonly to?: MeetingId; // missing: to their meetings
}

/**
 * The two cookies of people who sign in. Both are `HttpOnly`, so that no script reads them, and `Lax`, so that other sites' forms
 * come without them, while the way back from Discord comes with them.
 *
 * Where pages are served over TLS they are `Secure`, and their prefix `__Host-` binds them to this host alone. Over plain HTTP,
 * which is allowed for this very machine only, some browsers would refuse that.
 */
export class SignInCookies {
  readonly #options: {
    readonly prefix?: 'host';
    readonly httpOnly: true;
    readonly sameSite: 'Lax';
    readonly path: '/';
  };
  readonly #prefix: 'host' | undefined;

  /** @param publicUrl - where people reach our pages */
  constructor(publicUrl: string) {
    this.#prefix = publicUrl.startsWith('https:') ? 'host' : undefined;
    this.#options = {
      ...(this.#prefix !== undefined && { prefix: this.#prefix }),
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
    };
  }

  /** @returns the secret of a session, `malformed` when it can be none */
  sessionIn(context: Context): string | 'malformed' | undefined {
    const secret = this.#get(context, SESSION);
    return secret === undefined || SECRET.test(secret) ? secret : 'malformed';
  }

  keepSession(context: Context, { secret, latestMs }: NewSession): void {
    const maxAge = Math.max(0, Math.ceil((latestMs - Date.now()) / 1_000));
    setCookie(context, SESSION, secret, { ...this.#options, maxAge });
  }

  dropSession(context: Context): void {
    deleteCookie(context, SESSION, this.#options);
  }

  attemptIn(context: Context): OpenAttempt | undefined {
    const [, state, verifier, to] = WORDS.exec(this.#get(context, ATTEMPT) ?? '') ?? [];
    if (state === undefined || verifier === undefined) return undefined;
    return { state, verifier, ...(to && { to }) };
  }

  keepAttempt(context: Context, { state, verifier, to = '' }: OpenAttempt): void {
    setCookie(context, ATTEMPT, `${state}.${verifier}.${to}`, { ...this.#options, maxAge: ATTEMPT_LASTS_S });
  }

  dropAttempt(context: Context): void {
    deleteCookie(context, ATTEMPT, this.#options);
  }

  #get(context: Context, name: string): string | undefined {
    // Without a prefix of their own, types tell the two calls apart.
    return this.#prefix === undefined ? getCookie(context, name) : getCookie(context, name, this.#prefix);
  }
}

/** Where somebody wants to go afterwards: `?to=` and a meeting's id. Anything else counts as missing, so it leads to no other site. */
export function destinationIn(context: Context): Pick<OpenAttempt, 'to'> {
  const to = context.req.query('to') ?? '';
  return /^[\w-]{1,64}$/.test(to) ? { to } : {};
}
