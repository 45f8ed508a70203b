import type { ShownCorrection } from '../correcting/correction.ts';
import type { ChannelId, SpeakerId } from '../ids.ts';
import type { Notice } from '../notice.ts';
import type { MeetingHead, MeetingRecord, MessagePlace, Places, PostedAt } from '../record.ts';
import type { FinalSegment, TranscriptSegment } from '../segment.ts';
import type { TranscriptLook } from '../settings.ts';
import type { Person } from './people.ts';

/** The channel in which people read a meeting. Methods that return no promise return at once; posting follows within the rate limits. */
export interface TranscriptChannel {
  /** The Discord channel or thread that the transcript goes to now. */
  readonly channelId: ChannelId;
  /** Posts a partial, a final, or a translation of a final (before or after it). Only `grow` needs partials. */
  post(segment: TranscriptSegment, speaker: Person): void;
  /** Puts a corrected final where its line is. `not here`: the line is none of those that this channel can still change. */
  correct(final: FinalSegment): ShownCorrection;
  /** Removes one person's words from messages as far as it can: they are being erased. */
  forget(speakerId: SpeakerId): void;
  /** Takes effect for words from now on. */
  configure(look: TranscriptLook): void;
  /** Posts a sentence of the bot's own, in the language of the server. */
  notice(notice: Notice): void;
  /**
   * Goes on with the transcript of an earlier process: posts finals that it had no time to post, corrects messages that it
   * left incomplete, and posts nothing twice. Call it before anything else is posted. Never rejects.
   *
   * @param record - with the glossary applied, as it is shown
   * @returns the texts that people saw of utterances that the journal does not have, as unconfirmed finals
   */
  resumeFrom(record: MeetingRecord, signal: AbortSignal): Promise<readonly FinalSegment[]>;
  /** Resolves when everything so far is posted, or could not be posted. Never rejects. */
  drained(signal: AbortSignal): Promise<void>;
}

/** Notes which messages show a transcript. Called while posting goes on, so it neither waits nor throws. */
export interface TranscriptKeeper {
  posted(at: PostedAt): void;
  placed(places: Places): void;
  /** A final is now visible: all of it, or the first message of a long one. */
  shown(utteranceId: string): void;
  /** The transcript contains a remark that names this person. */
  remarked(speakerId: SpeakerId, at: MessagePlace): void;
}

export interface TranscriptChannels {
  /**
   * The channel in which a new meeting is written where people chose `head.textChannelId`: a forum gets a post. Missing: the chosen
   * one. Call it once for a meeting.
   *
   * @param language - that is spoken, as the server or its people chose it
   * @throws when Discord takes no post
   */
  homeOf?(head: MeetingHead, look: TranscriptLook, language: string): Promise<ChannelId>;
  /** The meeting did not begin: its home, if one was made for it, is closed. Never rejects. */
  closeHome?(chosen: ChannelId, home: ChannelId): Promise<void>;
  /** @param lost - aborted when another process goes on with the meeting: nothing more is posted here */
  open(head: MeetingHead, look: TranscriptLook, keeper: TranscriptKeeper, lost?: AbortSignal): TranscriptChannel;
}
