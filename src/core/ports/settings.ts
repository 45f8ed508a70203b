import type { GuildId, SpeakerId } from '../ids.ts';
import type { GuildSettings, MemberSettings } from '../settings.ts';

type Change<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What guilds and members chose. Reading an unknown guild or member gives the defaults. */
export interface Settings extends AsyncDisposable {
  guild(guildId: GuildId): Promise<GuildSettings>;
  /** A key given as `undefined` goes back to its default. */
  changeGuild(guildId: GuildId, change: Change<GuildSettings>): Promise<GuildSettings>;
  member(guildId: GuildId, userId: SpeakerId): Promise<MemberSettings>;
  changeMember(guildId: GuildId, userId: SpeakerId, change: Change<MemberSettings>): Promise<MemberSettings>;
}
