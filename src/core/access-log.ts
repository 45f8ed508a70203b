import type { ChannelId, GuildId, MeetingId, SpeakerId } from './ids.ts';
import type { Log } from './log.ts';

/** An event that decides who reads what, or where words go. */
export interface AccessEvent {
  /** The request, as an operator would search for it. */
  readonly what:
    | 'meeting read'
    | 'meeting exported'
    | 'meetings searched'
    | 'question answered'
    | 'live page'
    | 'live link'
    | 'overlay'
    | 'sign-in'
    | 'meetings listed'
    | 'api key'
    | 'webhook'
    | 'line corrected'
    | 'speaker renamed'
    | 'settings';
  readonly outcome: 'allowed' | 'refused' | 'changed' | 'ended';
  readonly guildId?: GuildId; // missing: it concerns all of their servers
  readonly userId: SpeakerId;
  readonly by?: 'key'; // a program asked, with a key of the member; missing: they did
  readonly meetingId?: MeetingId;
  readonly channelId?: ChannelId;
}

/** Logs one line for an operator who asks later who saw what. It holds ids only: no names, no words, no addresses. */
export function noteAccess(log: Log, event: AccessEvent): void {
  const { what, outcome, guildId, userId, by, meetingId, channelId } = event;
  const places = {
    ...(by !== undefined && { by }),
    ...(guildId !== undefined && { guildId }),
    ...(meetingId !== undefined && { meetingId }),
    ...(channelId !== undefined && { channelId }),
  };
  log.info({ access: what, outcome, userId, ...places }, `Access: ${what}, ${outcome}`);
}
