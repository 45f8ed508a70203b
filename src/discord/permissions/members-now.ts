import { type Client, DiscordAPIError, type Guild, type GuildMember, RESTJSONErrorCodes, Status } from 'discord.js';
import type { GuildId, SpeakerId } from '../../core/ids.ts';

const COLLECT_MS = 50; // so that those who are asked for together are asked for with one command
const MOST_AT_ONCE = 100; // members in one command: Discord's limit
/** A gateway connection takes 120 commands a minute, and joins and names need most of them. */
const COMMANDS_AT_ONCE = 5;
const ONE_MORE_EVERY_MS = 2_000;
const ANSWER_LIMIT_MS = 3_000;
const REQUESTS_AT_ONCE = 4;

type Answer = Promise<GuildMember | undefined>;

interface Waiter {
  readonly resolve: (member: GuildMember | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks Discord for members with the roles that they have now, which it does not report without a privileged intent.
 *
 * Members are asked for through the gateway, up to a hundred of a server with one command. While the gateway is away each
 * is asked for with a request.
 */
export class MembersNow {
  readonly #client: Client<true>;
  readonly #asked = new Map<string, Answer>(); // those without an answer yet
  readonly #waiting = new Map<GuildId, Map<SpeakerId, Waiter>>(); // the server that waits longest first
  #timer: NodeJS.Timeout | undefined;
  #paidUntilMs = 0; // when all commands so far would be paid for, at one every two seconds

  constructor(client: Client<true>) {
    this.#client = client;
  }

  /**
   * @returns `undefined`: they have left the server, or the bot has
   * @throws when Discord cannot be asked
   */
  memberNow(guildId: GuildId, userId: SpeakerId): Answer {
    const key = `${guildId} ${userId}`;
    const asked = this.#asked.get(key);
    if (asked) return asked;
    const { promise, resolve, reject } = Promise.withResolvers<GuildMember | undefined>();
    const answer = promise.finally(() => this.#asked.delete(key));
    this.#asked.set(key, answer);
    const ofGuild = this.#waiting.get(guildId) ?? new Map<SpeakerId, Waiter>();
    this.#waiting.set(guildId, ofGuild.set(userId, { resolve, reject }));
    this.#plan();
    return answer;
  }

  #plan(): void {
    if (this.#timer || this.#waiting.size === 0) return;
    const freeAtMs = this.#paidUntilMs - (COMMANDS_AT_ONCE - 1) * ONE_MORE_EVERY_MS;
    const waitMs = Math.max(COLLECT_MS, freeAtMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#askForNext();
      this.#plan();
    }, waitMs).unref();
  }

  #askForNext(): void {
    const [next] = this.#waiting;
    if (!next) return;
    const [guildId, ofGuild] = next;
    this.#waiting.delete(guildId);
    const batch = new Map([...ofGuild].slice(0, MOST_AT_ONCE));
    for (const userId of batch.keys()) ofGuild.delete(userId);
    if (ofGuild.size > 0) this.#waiting.set(guildId, ofGuild); // behind the other servers
    this.#paidUntilMs = Math.max(this.#paidUntilMs, performance.now()) + ONE_MORE_EVERY_MS;
    void this.#askFor(guildId, batch);
  }

  async #askFor(guildId: GuildId, batch: ReadonlyMap<SpeakerId, Waiter>): Promise<void> {
    const guild = this.#client.guilds.cache.get(guildId);
    if (!guild) {
      for (const { resolve } of batch.values()) resolve(undefined);
      return;
    }
    try {
      if (guild.shard.status !== Status.Ready) throw new Error('The gateway is away');
      const members = await guild.members.fetch({ user: [...batch.keys()], time: ANSWER_LIMIT_MS });
      for (const [userId, { resolve }] of batch) resolve(members.get(userId));
    } catch {
      await this.#request(guild, [...batch]);
    }
  }

  async #request(guild: Guild, batch: [SpeakerId, Waiter][]): Promise<void> {
    const next = async () => {
      for (let one = batch.shift(); one; one = batch.shift()) {
        const [userId, { resolve, reject }] = one;
        await requested(guild, userId).then(resolve, reject);
      }
    };
    await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, next));
  }
}

async function requested(guild: Guild, userId: SpeakerId): Answer {
  try {
    return await guild.members.fetch({ user: userId, force: true });
  } catch (error) {
    const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember;
    if (isGone) return undefined;
    throw error;
  }
}
