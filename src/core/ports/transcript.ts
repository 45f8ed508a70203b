import type { ChannelId, SpeakerId } from '../ids.ts';
import type { Notice } from '../notice.ts';
import type { MeetingHead, MeetingRecord, MessagePlace, Places, PostedAt } from '../record.ts';
import type { FinalSegment, TranscriptSegment } from '../segment.ts';
import type { TranscriptLook } from '../settings.ts';
import type { Person } from './people.ts';

/** Where people read. Every method returns at once; posting happens behind it, within the rate limits. */
export interface TranscriptChannel {
  /** Where it is written now. */
  readonly channelId: ChannelId;
  /** What is being said, a final, or a translation of one (before or after it). Only `grow` needs partials. */
  post(segment: TranscriptSegment, speaker: Person): void;
  /** Takes back what it can of one person's words: they are being erased. */
  forget(speakerId: SpeakerId): void;
  /** In force for what is said from now on. */
  configure(look: TranscriptLook): void;
  /** Something of the bot's own, in the language of whoever reads there. */
  notice(notice: Notice): void;
  /**
   * Takes up what an earlier process left behind: says what it had no time to say, corrects what it left half said, and
   * posts nothing twice. To be called before anything else is posted. Never rejects.
   *
   * @param record - in the words in which it is shown
   * @returns what people saw of utterances that the journal does not know, not confirmed
   */
  resumeFrom(record: MeetingRecord, signal: AbortSignal): Promise<readonly FinalSegment[]>;
  /** Resolves when everything so far stands in the channel, or could not be posted. Never rejects. */
  drained(signal: AbortSignal): Promise<void>;
}

/** Keeps where a transcript stands; called while posting goes on, so neither waits nor throws. */
export interface TranscriptKeeper {
  posted(at: PostedAt): void;
  placed(places: Places): void;
  /** A final can be read now, the whole of it or, when it is long, its first piece. */
  shown(utteranceId: string): void;
  /** A remark about this person stands in the transcript, by name. */
  remarked(speakerId: SpeakerId, at: MessagePlace): void;
}

export interface TranscriptChannels {
  open(head: MeetingHead, look: TranscriptLook, keeper: TranscriptKeeper): TranscriptChannel;
}
