import type { GuildId, SpeakerId } from '../ids.ts';
import type { GuildSettings, MemberSettings } from '../settings.ts';

type Change<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Settings that have changed, of a guild or of one of its members. */
export interface SettingsChange {
  readonly guildId: GuildId;
  readonly userId?: SpeakerId; // missing: the guild's own
  readonly keys: readonly string[]; // of `GuildSettings` or `MemberSettings`
}

/** What guilds and members chose. An unknown guild or member has the defaults. */
export interface Settings extends AsyncDisposable {
  guild(guildId: GuildId): Promise<GuildSettings>;
  /**
   * A key given as `undefined` goes back to its default.
   *
   * Resolves when the change is kept and every subscriber has applied it.
   *
   * @throws what a subscriber threw: the change is kept all the same
   */
  changeGuild(guildId: GuildId, change: Change<GuildSettings>): Promise<GuildSettings>;
  member(guildId: GuildId, userId: SpeakerId): Promise<MemberSettings>;
  /** As `changeGuild`. */
  changeMember(guildId: GuildId, userId: SpeakerId, change: Change<MemberSettings>): Promise<MemberSettings>;
  /** Calls the subscriber after each change that this process makes, once it is kept. @returns what ends that */
  subscribe(subscriber: (change: SettingsChange) => Promise<void>): () => void;
}
