import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { User } from '../world/user.ts';

const CODE_LIVES_MS = 60_000; // Discord does not say how long; standards ask for ten minutes at most
const TOKEN_LIVES_S = 604_800;

/** What somebody has allowed an application, and with which request. */
export interface Consent {
  readonly user: User;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: string | undefined; // S256; missing: without PKCE
}

interface Code extends Consent {
  readonly untilMs: number;
}

/** An access token, with the refresh token that belongs to it. */
export interface Grant {
  readonly user: User;
  readonly scopes: readonly string[];
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInS: number;
}

/** The codes and tokens that people have given an application. A code is worth one token, once. */
export class Grants {
  readonly #codes = new Map<string, Code>();
  readonly #grants = new Set<Grant>();

  /** The tokens that work now. */
  get working(): readonly Grant[] {
    return [...this.#grants];
  }

  /** Somebody has allowed it. @returns the code that the browser takes back */
  allow(consent: Consent): string {
    const code = randomBytes(15).toString('base64url');
    this.#codes.set(code, { ...consent, untilMs: Date.now() + CODE_LIVES_MS });
    return code;
  }

  /**
   * Gives a token for a code. The code is used up, also when something about the request is wrong.
   *
   * @returns the grant, or the name of the parameter that is wrong
   */
  redeem(
    code: string,
    { redirectUri, verifier }: { readonly redirectUri: string; readonly verifier: string | undefined },
  ): Grant | 'code' | 'redirect_uri' | 'code_verifier' {
    const given = this.#codes.get(code);
    this.#codes.delete(code);
    if (given === undefined || given.untilMs < Date.now()) return 'code';
    if (given.redirectUri !== redirectUri) return 'redirect_uri';
    if (!isProof(verifier, given.challenge)) return 'code_verifier';
    const grant: Grant = {
      user: given.user,
      scopes: given.scopes,
      accessToken: randomBytes(22).toString('base64url'),
      refreshToken: randomBytes(22).toString('base64url'),
      expiresInS: TOKEN_LIVES_S,
    };
    this.#grants.add(grant);
    return grant;
  }

  grantOf(accessToken: string): Grant | undefined {
    return this.working.find((grant) => grant.accessToken === accessToken);
  }

  /** Ends every grant of whoever this token belongs to. */
  revoke(token: string): void {
    const meant = this.working.find((grant) => grant.accessToken === token || grant.refreshToken === token);
    for (const grant of this.working) if (grant.user === meant?.user) this.#grants.delete(grant);
  }
}

/** Whether a verifier is the one whose hash came with the request for the code; without a hash none may be given. */
function isProof(verifier: string | undefined, challenge: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const hash = createHash('sha256').update(verifier).digest('base64url');
  return hash.length === challenge.length && timingSafeEqual(Buffer.from(hash), Buffer.from(challenge));
}
