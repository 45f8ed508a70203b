import type { Channel } from './channel.ts';
import type { Json } from './events.ts';
import type { Member } from './member.ts';
import type { Attachment, Message } from './message.ts';
import { userJson } from './user.ts';

const ACKNOWLEDGE_WITHIN_MS = 3_000; // Discord's: then people read "the application did not respond"
const TOKEN_LIVES_MS = 15 * 60_000; // Discord's: until then answers can be edited and followed up

const TYPES = { command: 2, component: 3, autocomplete: 4, form: 5 } as const;
export type InteractionKind = keyof typeof TYPES;

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** Something a person asked of the bot, and how the bot answered so far. */
export class Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  readonly member: Member;
  readonly channel: Channel;
  readonly source: Message | undefined; // where the button stands
  readonly followUps: Message[] = [];
  readonly #sentAtMs = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #watchers = new Set<() => void>();
  /** How long the bot took to acknowledge; `undefined` until then. */
  acknowledgedAfterMs: number | undefined;
  /** Whether the bot asked for time before it answered. */
  deferred = false;
  /** The answer itself, as it stands now. */
  original: Message | undefined;
  choices: readonly Choice[] | undefined;
  /** A modal the bot opened. */
  form: Json | undefined;
  isExpired = false;

  constructor(kind: InteractionKind, member: Member, channel: Channel, source?: Message) {
    const { world } = member.guild;
    this.id = world.snowflakes.next();
    this.token = world.secret();
    this.kind = kind;
    this.member = member;
    this.channel = channel;
    this.source = source;
    world.interactions.set(this.token, this);
    this.#timer = setTimeout(() => {
      this.isExpired = true;
      world.violations.push(`An interaction (${kind}) was not acknowledged within ${ACKNOWLEDGE_WITHIN_MS} ms`);
      this.changed();
    }, ACKNOWLEDGE_WITHIN_MS);
  }

  get type(): number {
    return TYPES[this.kind];
  }
  get isAcknowledged(): boolean {
    return this.acknowledgedAfterMs !== undefined;
  }
  get isTokenAlive(): boolean {
    return !this.isExpired && performance.now() - this.#sentAtMs < TOKEN_LIVES_MS;
  }
  get ephemeral(): boolean {
    return this.original?.isEphemeral ?? false;
  }
  get content(): string {
    return this.original?.content ?? '';
  }
  get embeds(): readonly Json[] {
    return this.original?.embeds ?? [];
  }
  get components(): readonly Json[] {
    return this.original?.components ?? [];
  }
  get attachments(): readonly Attachment[] {
    return this.original?.attachments ?? [];
  }
  /** The bot removed its answer. */
  get isDeleted(): boolean {
    return this.original?.isDeleted ?? false;
  }
  /** There is something to read, pick or fill in: more than "thinking…". */
  get isAnswered(): boolean {
    if (this.choices !== undefined || this.form !== undefined || this.isDeleted) return true;
    // A button's deferral leaves its message as it was: nothing more has to come.
    if (this.kind === 'component' && this.isAcknowledged && this.original === this.source) return true;
    return this.original !== undefined && !this.original.isLoading;
  }

  acknowledge(): void {
    clearTimeout(this.#timer);
    this.acknowledgedAfterMs = performance.now() - this.#sentAtMs;
  }

  /** The world ends: nobody minds any more whether it is answered. */
  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** Something about the answer is new. */
  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /**
   * Waits until the answer satisfies: `await reply.until((reply) => reply.content.includes('minutes'))`.
   *
   * @throws {Error} when the bot did not acknowledge in time, or nothing satisfied within `timeoutMs`
   */
  async until(satisfies: (reply: this) => boolean, timeoutMs = 15_000): Promise<this> {
    const done = Promise.withResolvers<this>();
    const look = () => {
      if (this.isExpired) done.reject(new Error(`The bot did not acknowledge within ${ACKNOWLEDGE_WITHIN_MS} ms`));
      else if (satisfies(this)) done.resolve(this);
    };
    this.#watchers.add(look);
    const { ended } = this.member.guild.world;
    const end = () => done.reject(ended.reason);
    ended.addEventListener('abort', end, { once: true });
    const timer = setTimeout(() => {
      const state = this.isAcknowledged ? `the answer is ${JSON.stringify(this.content)}` : 'not acknowledged';
      done.reject(new Error(`The answer that was waited for did not come within ${timeoutMs} ms: ${state}`));
    }, timeoutMs);
    try {
      look();
      return await done.promise;
    } finally {
      clearTimeout(timer);
      this.#watchers.delete(look);
      ended.removeEventListener('abort', end);
    }
  }

  metadataJson(): Json {
    return {
      id: this.id,
      type: this.type,
      user: userJson(this.member.user),
      authorizing_integration_owners: { '0': this.member.guild.id },
    };
  }

  /** INTERACTION_CREATE, around what was asked. */
  eventJson(data: Json): Json {
    const { guild } = this.member;
    const permissions = this.member.permissionsIn(this.channel).toString();
    const inGuild = {
      guild_id: guild.id,
      guild: { id: guild.id, locale: guild.locale, features: [] },
      guild_locale: guild.locale,
      member: { ...this.member.json(), permissions },
    };
    const isDirect = this.channel.guild === undefined;
    return {
      id: this.id,
      application_id: guild.world.application.id,
      type: this.type,
      data,
      ...(isDirect ? { user: userJson(this.member.user) } : inGuild),
      channel_id: this.channel.id,
      channel: { ...this.channel.json(), permissions },
      token: this.token,
      version: 1,
      locale: this.member.locale,
      app_permissions: guild.bot.permissionsIn(this.channel).toString(),
      entitlements: [],
      authorizing_integration_owners: { '0': guild.id },
      context: isDirect ? 1 : 0,
      attachment_size_limit: 10 * 1024 * 1024,
      ...(this.source === undefined ? {} : { message: this.source.json() }),
    };
  }
}
