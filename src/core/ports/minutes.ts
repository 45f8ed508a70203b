import type { ChannelId, MeetingId } from '../ids.ts';
import type { MeetingRecord, MessagePlace } from '../record.ts';
import type { Summary } from '../summary.ts';

/** Makes the minutes of a meeting that is over and posts them. */
export interface MinutesPoster {
  /**
   * Posts them once, however often it is asked, and also when the process was killed meanwhile.
   *
   * @returns where they stand, the message with the files first
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

/** Has what was important in a meeting written down. */
export interface Summariser {
  /**
   * A summary in the meeting's main language and in each of these, or why there is none. Never rejects.
   *
   * Takes a minute or two at most.
   */
  summarise(record: MeetingRecord, languages: readonly string[], timeZone?: string): Promise<Summary>;
}
