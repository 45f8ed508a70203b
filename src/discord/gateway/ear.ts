import { type Client, Status } from 'discord.js';

const ANSWER_LIMIT_MS = 1_300;

/**
 * Tells whether Discord is heard by a client's gateway connection. A connection that Discord cannot reach seems open for as
 * long as a minute.
 */
export class Ear {
  readonly #client: Client<true>;
  #deafSinceMs: number | undefined; // of performance.now()

  constructor(client: Client<true>) {
    this.#client = client;
  }

  /** For how long questions have had no answer. */
  get deafForMs(): number {
    return this.#deafSinceMs === undefined ? 0 : performance.now() - this.#deafSinceMs;
  }

  /**
   * Asks Discord by the gateway for an answer of one small message. What it had to say before has come before the answer, as
   * that of who sits in a voice channel.
   *
   * @returns whether it came in time; `undefined` when nothing can be asked: the bot is in no server, or has no connection
   */
  async ask(): Promise<boolean | undefined> {
    const client = this.#client;
    const guild = client.guilds.cache.find(({ shard }) => shard.status === Status.Ready);
    if (!guild) return undefined;
    const askedMs = performance.now();
    try {
      await guild.members.fetch({ user: [client.user.id], time: ANSWER_LIMIT_MS });
      this.#deafSinceMs = undefined;
      return true;
    } catch {
      this.#deafSinceMs ??= askedMs;
      return false;
    }
  }
}
