import type { ChannelId, GuildId, SpeakerId } from '../ids.ts';

/** Where meetings are held and written. Whoever may read one meeting there may read all of them. */
export interface MeetingPlace {
  readonly voiceChannelId: ChannelId;
  readonly textChannelId: ChannelId;
}

/**
 * What a member may read now: for each place that was asked about, whether they may read its meetings. `gone`: they are no
 * member of the server (any more), or the bot is not. `away`: nobody could say just now.
 */
export type RightsNow = readonly boolean[] | 'gone' | 'away';

/** Knows what members may read, whichever process serves their server. */
export interface MemberRights {
  /** Never rejects. */
  whereMayRead(guildId: GuildId, userId: SpeakerId, places: readonly MeetingPlace[]): Promise<RightsNow>;
}
