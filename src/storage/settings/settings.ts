import type { z } from 'zod';
import type { GuildId, SpeakerId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Settings, SettingsChange } from '../../core/ports/settings.ts';
import type { GuildSettings, MemberSettings } from '../../core/settings.ts';
import { reasonOf, StorageError } from '../storage-error.ts';
import { InTurn } from './in-turn.ts';
import { openSettingsStore, type SettingsStore, unpack } from './store.ts';
import { guildValues, memberValues, UNREADABLE_GUILD, UNREADABLE_MEMBER } from './values.ts';

/**
 * Opens the settings of guilds and members, in SQLite, Redis or PostgreSQL.
 *
 * @throws {StorageError} when the address is malformed or nothing usable is behind it
 */
export async function openSettings(url: string, log: Log, namespace?: string): Promise<Settings> {
  return new KeyvSettings(await openSettingsStore(url, log, namespace), log);
}

const MOST_TRIES = 20; // so many others do not change one guild in the same moment

interface Kind<T> {
  readonly values: z.ZodType<T>;
  readonly unreadable: T; // in place of a stored value that does not match `values`
}
const GUILD: Kind<GuildSettings> = { values: guildValues, unreadable: UNREADABLE_GUILD };
const MEMBER: Kind<MemberSettings> = { values: memberValues, unreadable: UNREADABLE_MEMBER };

class KeyvSettings implements Settings {
  readonly #store: SettingsStore;
  readonly #log: Log;
  readonly #turns = new InTurn(); // two simultaneous changes of one guild must not overwrite each other: here, …
  readonly #subscribers = new Set<(change: SettingsChange) => Promise<void>>();

  constructor(store: SettingsStore, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  guild(guildId: GuildId): Promise<GuildSettings> {
    return this.#read(guildKey(guildId), GUILD);
  }

  async changeGuild(guildId: GuildId, change: object): Promise<GuildSettings> {
    const changed = await this.#change(guildKey(guildId), GUILD, change);
    await this.#notify({ guildId, keys: Object.keys(change) });
    return changed;
  }

  member(guildId: GuildId, userId: SpeakerId): Promise<MemberSettings> {
    return this.#read(memberKey(guildId, userId), MEMBER);
  }

  async changeMember(guildId: GuildId, userId: SpeakerId, change: object): Promise<MemberSettings> {
    const changed = await this.#change(memberKey(guildId, userId), MEMBER, change);
    await this.#notify({ guildId, userId, keys: Object.keys(change) });
    return changed;
  }

  subscribe(subscriber: (change: SettingsChange) => Promise<void>): () => void {
    this.#subscribers.add(subscriber);
    return () => void this.#subscribers.delete(subscriber);
  }

  async #notify(change: SettingsChange): Promise<void> {
    await Promise.all([...this.#subscribers].map((subscriber) => subscriber(change)));
  }

  async #read<T>(key: string, kind: Kind<T>): Promise<T> {
    return this.#parse(key, await this.#try('read', () => this.#store.keyv.get(key)), kind);
  }

  #parse<T>(key: string, stored: unknown, { values, unreadable }: Kind<T>): T {
    const parsed = values.safeParse(stored ?? {});
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
    this.#log.warn({ key, fields }, 'Stored settings cannot be read: the defaults apply');
    return unreadable;
  }

  #change<T extends object>(key: string, kind: Kind<T>, change: object): Promise<T> {
    return this.#turns.run(key, async () => {
      if (this.#store.shared) return await this.#changeShared(key, kind, change);
      const next = changed(await this.#read(key, kind), kind, change);
      await this.#try('write', () => this.#store.keyv.set(key, next));
      return next;
    });
  }

  /** … and where other processes change them, too: what another changed meanwhile is read, and changed again. */
  async #changeShared<T extends object>(key: string, kind: Kind<T>, change: object): Promise<T> {
    const { shared } = this.#store;
    for (let tries = 0; shared && tries < MOST_TRIES; tries += 1) {
      const before = await this.#try('read', () => shared.get(key));
      const next = changed(this.#parse(key, before && unpack(before).value, kind), kind, change);
      if (await this.#try('write', () => shared.replace(key, before, JSON.stringify({ value: next })))) return next;
    }
    throw new StorageError('failed', 'Cannot write the settings: they are changed all the time.');
  }

  async #try<T>(verb: 'read' | 'write', action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw new StorageError('failed', `Cannot ${verb} the settings: ${reasonOf(error)}.`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store.keyv.disconnect();
  }
}

function changed<T extends object>(before: T, { values }: Kind<T>, change: object): T {
  const entries = Object.entries({ ...before, ...change });
  return values.parse(Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
}

function guildKey(guildId: GuildId): string {
  return `guild:${guildId}`;
}

function memberKey(guildId: GuildId, userId: SpeakerId): string {
  return `member:${guildId}:${userId}`;
}
