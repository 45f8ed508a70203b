import { Latest } from '../../core/latest.ts';
import { Visits } from '../../core/live/visits.ts';
import type { Log } from '../../core/log.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { ApiKey, ApiKeys } from '../../core/programs/keys.ts';
import { later, Problem } from '../problem.ts';
import type { PageContext } from '../server.ts';

const MOST_KEYS_COUNTED = 10_000;
const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i;
const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="Parley"' };
const WRONG = { 'WWW-Authenticate': 'Bearer realm="Parley", error="invalid_token"' };

export interface DoorParts {
  readonly apiKeys: Pick<ApiKeys, 'keyOf'>;
  readonly settings: Pick<Settings, 'guild'>;
  readonly publicUrl: string; // where programs reach us
  readonly log: Log;
}

/**
 * Lets programs in that have a key. Every request asks the database for it, and the settings whether keys work in its server,
 * so that revoking and switching off hold at once in all processes. A key says who asks; what they may read is asked later.
 */
export class ProgramDoor {
  readonly #parts: DoorParts;
  readonly #origin: string;
  readonly #visits = new Latest<string, Visits>(MOST_KEYS_COUNTED);

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#origin = new URL(parts.publicUrl).origin;
  }

  /** @throws {Problem} when the program may not ask */
  async admit(context: PageContext): Promise<ApiKey> {
    const origin = context.req.header('origin');
    // No page of another site asks in somebody's browser, whatever its name resolves to.
    if (origin !== undefined && origin !== this.#origin)
      throw new Problem('other-site', 'Pages of other sites may not ask');
    const [, secret] = BEARER.exec(context.req.header('authorization') ?? '') ?? [];
    if (secret === undefined) {
      throw new Problem('key-missing', 'Send a key of /api key as "Authorization: Bearer …"', CHALLENGE);
    }
    const key = await this.#keyOf(secret);
    context.env.key = key ? 'right' : 'wrong';
    if (!key) throw new Problem('key-unknown', 'The key is unknown, revoked, or its time is over', WRONG);
    const visits = this.#visits.get(key.id) ?? new Visits();
    this.#visits.set(key.id, visits);
    if (!visits.visit()) throw later('too-many-requests', 'The key is used too often: once a second is fine', 1_000);
    const { api: isOn = true } = await this.#parts.settings.guild(key.guildId);
    if (!isOn) throw new Problem('switched-off', 'Whoever manages the server has switched keys off there');
    return key;
  }

  async #keyOf(secret: string): Promise<ApiKey | undefined> {
    try {
      return await this.#parts.apiKeys.keyOf(secret);
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'The key of a program could not be looked up');
      throw later('later', 'Keys cannot be looked up just now', 10_000);
    }
  }
}
