import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { FairPlaces } from '../../core/concurrency/fair-places.ts';
import type { Arrival, Outcome, SignIn, SignInAttempt } from '../../core/live/sign-in.ts';
import type { Log } from '../../core/log.ts';
import { Away, CarefulRequests } from './careful-requests.ts';
import { OwnApplication } from './own-application.ts';

const SCOPES = ['identify', 'guilds'];
const AT_ONCE = { atOnce: 4, waiting: 60, waitingOfOne: 1 }; // people who come back
const ME = z.object({ id: z.string() });
const GUILDS = z.array(ME);

interface Parts {
  readonly token: string; // of the bot, to learn which application it is
  readonly clientSecret: string;
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  readonly redirectUri: string; // where Discord sends people back to
  readonly log: Log;
}

/**
 * Signs people in by OAuth2, with a code and PKCE. The token that Discord gives for the code is used for two questions, given
 * back, and kept nowhere.
 */
export class DiscordSignIn implements SignIn {
  readonly #parts: Parts;
  readonly #application: OwnApplication;
  readonly #requests: CarefulRequests;
  readonly #server: oauth.AuthorizationServer;
  readonly #proof: oauth.ClientAuth;
  readonly #places = new FairPlaces(AT_ONCE);

  constructor(parts: Parts) {
    const { apiUrl, authorizeUrl, clientSecret, redirectUri, log } = parts;
    this.#parts = parts;
    this.#application = new OwnApplication(parts, redirectUri, log);
    this.#requests = new CarefulRequests(log);
    this.#server = {
      issuer: new URL(authorizeUrl).origin,
      token_endpoint: `${apiUrl}/v10/oauth2/token`,
      revocation_endpoint: `${apiUrl}/v10/oauth2/token/revoke`,
    };
    this.#proof = oauth.ClientSecretPost(clientSecret);
  }

  /** Finds out early whether Discord is set up for it, and says in the log if not. Never rejects. */
  async check(): Promise<void> {
    await this.#application.id().catch(() => {}); // whoever signs in asks again
  }

  async begin(): Promise<{ address: string; attempt: SignInAttempt } | 'away'> {
    const { authorizeUrl, redirectUri } = this.#parts;
    let clientId: string;
    try {
      clientId = await this.#application.id();
    } catch (error) {
      this.#complain('Nobody can sign in, as Discord does not say which application the bot is', error);
      return 'away';
    }
    const attempt = { state: oauth.generateRandomState(), verifier: oauth.generateRandomCodeVerifier() };
    const address = new URL(authorizeUrl);
    const query = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: SCOPES.join(' '),
      state: attempt.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    return { address: address.href, attempt };
  }

  async finish(back: URLSearchParams, { state, verifier }: SignInAttempt): Promise<Outcome> {
    try {
      const client = { client_id: await this.#application.id() };
      const given = oauth.validateAuthResponse(this.#server, client, back, state);
      if (!given.get('code')) return 'refused';
      const place = await this.#places.take(state);
      if (place === 'full') return 'away';
      using _place = place;
      return await this.#redeem(client, given, verifier);
    } catch (error) {
      return this.#outcomeOf(error);
    }
  }

  async #redeem(client: oauth.Client, given: URLSearchParams, verifier: string): Promise<Outcome> {
    const { redirectUri } = this.#parts;
    const answer = await this.#requests.ask((options) =>
      oauth.authorizationCodeGrantRequest(this.#server, client, this.#proof, given, redirectUri, verifier, options),
    );
    const token = await oauth.processAuthorizationCodeResponse(this.#server, client, answer);
    try {
      // Somebody may have changed the address: a question that the token does not allow would be a refusal that counts.
      const scopes = token.scope?.split(' ') ?? [];
      if (!SCOPES.every((scope) => scopes.includes(scope))) return 'refused';
      return await this.#whoHas(token.access_token);
    } finally {
      await this.#giveBack(client, token.access_token);
    }
  }

  async #whoHas(accessToken: string): Promise<Arrival> {
    const [me, guilds] = await Promise.all([
      this.#read(accessToken, '/users/@me'),
      this.#read(accessToken, '/users/@me/guilds'),
    ]);
    return { userId: ME.parse(me).id, guildIds: GUILDS.parse(guilds).map(({ id }) => id) };
  }

  async #read(accessToken: string, path: string): Promise<unknown> {
    const answer = await this.#requests.ask(({ signal, headers }) =>
      fetch(`${this.#parts.apiUrl}/v10${path}`, {
        signal,
        headers: { ...headers, authorization: `Bearer ${accessToken}` },
      }),
    );
    return await answer.json();
  }

  /** Where it fails, the token ends by itself after a week, and nobody has it. */
  async #giveBack(client: oauth.Client, accessToken: string): Promise<void> {
    try {
      const answer = await this.#requests.ask((options) =>
        oauth.revocationRequest(this.#server, client, this.#proof, accessToken, options),
      );
      await oauth.processRevocationResponse(answer);
    } catch (error) {
      this.#complain('A token of somebody who signed in could not be given back to Discord', error);
    }
  }

  #outcomeOf(error: unknown): Outcome {
    if (error instanceof oauth.AuthorizationResponseError) {
      return error.error === 'access_denied' ? 'cancelled' : 'refused';
    }
    if (error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant') return 'refused';
    if (error instanceof oauth.OperationProcessingError && error.code === oauth.INVALID_RESPONSE) return 'refused';
    this.#complain('Somebody could not sign in', error);
    return 'away';
  }

  /** Logs no cause of the error: it may hold a code or a token. */
  #complain(what: string, error: unknown): void {
    const name = error instanceof Error ? error.name : 'unknown';
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reason = error instanceof Away ? error.message : undefined;
    this.#parts.log.warn({ error: name, ...(code !== undefined && { code }), ...(reason && { reason }) }, what);
  }
}
