import type { ChannelId, GuildId, MeetingId } from '../ids.ts';
import type { MeetingHead, MeetingRecord, MessagePlace } from '../record.ts';
import type { Summary, SummaryBrief } from '../summary.ts';
import type { LiveMeeting } from './live-meetings.ts';

/** Makes the minutes of a meeting that is over and posts them. */
export interface MinutesPoster {
  /**
   * Posts the minutes once, however often it is called, even if the process was killed in between.
   *
   * @returns their messages, the one with the files first
   * @throws when no channel took them; the message is fit to be shown
   */
  post(record: MeetingRecord, channelId: ChannelId, signal: AbortSignal): Promise<readonly MessagePlace[]>;
}

/** Forwards minutes to the webhooks of servers, in the background. */
export interface MinutesForwarder {
  /**
   * Returns at once. May be called again for the same meeting: a receiver tells by the delivery's id what it already has.
   *
   * @param url - the webhook's address now
   */
  forwardMinutes(meetingId: MeetingId, url: string): void;
}

/** Forwards what is said to the webhooks of servers that want it, line by line, in the background. */
export interface LineForwarder {
  began(head: MeetingHead, meeting: Pick<LiveMeeting, 'addListener'>): void;
  over(head: MeetingHead): void;
  /** Resolves when the change is in force. Never rejects. */
  settingsChanged(guildId: GuildId): Promise<void>;
}

/** Writes down what was important in a meeting. */
export interface Summariser {
  /**
   * A summary in the meeting's main language and in each of `languages`, or why there is none. Never rejects.
   *
   * Takes two minutes at most.
   */
  summarise(
    record: MeetingRecord,
    languages: readonly string[],
    timeZone?: string,
    brief?: SummaryBrief,
  ): Promise<Summary>;
}
