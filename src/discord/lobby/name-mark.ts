import { setTimeout as delay } from 'node:timers/promises';
import { type Client, type Guild, type GuildMember, PermissionFlagsBits, Routes } from 'discord.js';
import type { GuildId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { giveWay } from '../messages/importance.ts';

/** The same in every language: a mark that was left behind has to be known after the server chose another one. */
const MARK = '[transcribing]';
const LONGEST = 32; // Discord's, in UTF-16 units
const LAST_RENAMES_MS = 3_000; // at the end of the process

interface NameMarkParts {
  readonly client: Client<true>;
  readonly settings: Pick<Settings, 'guild' | 'changeGuild'>;
  readonly log: Log;
}

/**
 * Puts `[transcribing]` before the bot's nickname while a meeting runs, for everybody who looks at the voice channel.
 *
 * If the bot may not change its nickname, nothing happens. Nobody waits for it, as Discord limits renaming more than
 * anything else. A name that the mark cuts short is kept with the guild's settings, so that a crash does not lose it.
 */
export class NameMark implements AsyncDisposable {
  readonly #parts: NameMarkParts;
  readonly #turns = new Map<GuildId, Promise<void>>(); // the last of each guild's renames
  readonly #renaming = new Map<GuildId, AbortController>(); // while there are turns

  constructor(parts: NameMarkParts) {
    this.#parts = parts;
  }

  put(guildId: GuildId): void {
    this.#inTurn(guildId, (guild, signal) => giveWay(() => this.#put(guild, signal))); // people wait for their answers and panels
  }

  remove(guildId: GuildId): void {
    this.#inTurn(guildId, (guild, signal) => this.#remove(guild, signal));
  }

  /** Another process goes on with the meeting, and looks after the name: a rename that still waits for its turn is not sent. */
  giveUp(guildId: GuildId): void {
    this.#renaming.get(guildId)?.abort(new Error('Another process goes on with the meeting'));
    this.#renaming.delete(guildId);
  }

  /** Removes a mark that a crash left behind in a guild without a running meeting. */
  tidyUp({ id, members }: Guild): void {
    if (members.me?.nickname?.startsWith(MARK)) this.remove(id);
  }

  /** Waits for renames that are under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    const limit = new AbortController();
    const tooLong = delay(LAST_RENAMES_MS, undefined, { signal: limit.signal }).catch(() => {});
    await Promise.race([Promise.all(this.#turns.values()), tooLong]);
    limit.abort();
  }

  #inTurn(guildId: GuildId, rename: (guild: Guild, signal: AbortSignal) => Promise<void>): void {
    const renaming = this.#renaming.get(guildId) ?? new AbortController();
    this.#renaming.set(guildId, renaming);
    const turn = (this.#turns.get(guildId) ?? Promise.resolve()).then(async () => {
      const guild = this.#parts.client.guilds.cache.get(guildId);
      if (!guild?.members.me?.permissions.has(PermissionFlagsBits.ChangeNickname)) return;
      if (renaming.signal.aborted) return;
      await rename(guild, renaming.signal).catch((error: unknown) => {
        this.#parts.log.debug({ err: error, guild: guildId }, 'The nickname could not be changed');
      });
    });
    this.#turns.set(guildId, turn);
    void turn.finally(() => {
      if (this.#turns.get(guildId) !== turn) return;
      this.#turns.delete(guildId);
      if (this.#renaming.get(guildId) === renaming) this.#renaming.delete(guildId);
    });
  }

  async #put(guild: Guild, signal: AbortSignal): Promise<void> {
    const me = await meNow(guild);
    if (me.nickname?.startsWith(MARK)) return;
    const whole = `${MARK} ${me.displayName}`;
    if (whole.length > LONGEST) await this.#parts.settings.changeGuild(guild.id, { nameBefore: me.nickname ?? '' });
    await this.#rename(guild, whole.slice(0, LONGEST).toWellFormed().trimEnd(), signal);
  }

  async #remove(guild: Guild, signal: AbortSignal): Promise<void> {
    const { settings } = this.#parts;
    const me = await meNow(guild);
    const { nameBefore } = await settings.guild(guild.id);
    if (me.nickname?.startsWith(MARK)) {
      const plain = nameBefore ?? me.nickname.slice(MARK.length).trim();
      await this.#rename(guild, plain === '' || plain === me.user.displayName ? null : plain, signal);
    }
    // Somebody gave the bot another name meanwhile: it keeps that one.
    if (nameBefore !== undefined) await settings.changeGuild(guild.id, { nameBefore: undefined });
  }

  /** By a request that can be taken back while it waits: Discord lets few of these through. */
  async #rename({ id }: Guild, nick: string | null, signal: AbortSignal): Promise<void> {
    await this.#parts.client.rest.patch(Routes.guildMember(id, '@me'), { body: { nick }, signal });
  }
}

/** The bot's nickname. The cached one may be older than the bot's own last change. */
async function meNow(guild: Guild): Promise<GuildMember> {
  return await guild.members.fetchMe({ force: true });
}
