import type { Answerer } from '../core/asking/answerer.ts';
import type { AudioDesk } from '../core/audio/desk.ts';
import type { CoolDowns } from '../core/concurrency/cool-downs.ts';
import type { GuildId } from '../core/ids.ts';
import type { Log } from '../core/log.ts';
import type { Journal, MeetingJournals } from '../core/ports/journal.ts';
import type { LiveLinks } from '../core/ports/live-links.ts';
import type { LiveMeeting, LiveMeetings } from '../core/ports/live-meetings.ts';
import type { Metrics } from '../core/ports/metrics.ts';
import type { LineForwarder, MinutesForwarder, Summariser } from '../core/ports/minutes.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { MeetingHead } from '../core/record.ts';
import type { TranscriptStyle } from '../core/settings.ts';
import type { MeetingMeter } from '../core/usage/meeting-meter.ts';
import type { Budget } from '../core/usage/usage.ts';
import type { PalabraTranscriber } from '../palabra/transcriber.ts';
import type { NativeVoice, RoomCounts } from '../voice/index.ts';

/** What a bot tells other processes, and asks of them. */
interface NeighboursOfBot {
  /** The meetings for commands, with those of other processes. */
  around(meetings: LiveMeetings): LiveMeetings;
  readonly words: {
    began(head: MeetingHead, meeting: Pick<LiveMeeting, 'addListener'>): void;
    over(head: MeetingHead): void;
  };
}

/** What all bots of a process share. */
export interface Shared {
  readonly sampleRateHz: 48_000 | 24_000 | 16_000; // what the recogniser gets
  readonly pricePerMinute?: number; // US dollars for a minute of audio; missing: costs are not shown
  readonly allowedGuilds?: readonly GuildId[]; // missing: every server that invites the bot
  readonly allowsPrivateWebhooks: boolean;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly roomCounts: RoomCounts;
  readonly settings: Settings;
  readonly journal: MeetingJournals & Pick<Journal, 'archive' | 'sessions' | 'apiKeys'>;
  readonly coolDowns: CoolDowns;
  readonly budget: Budget;
  readonly meter: MeetingMeter;
  readonly transcriber: PalabraTranscriber;
  readonly native: NativeVoice | undefined;
  readonly audio: AudioDesk;
  readonly forwarder: MinutesForwarder;
  readonly lines: LineForwarder;
  readonly summariser?: Summariser; // missing: there are no summaries
  readonly answerer?: Answerer; // missing: no model answers questions
  /** The costliest style that Discord takes the requests for now. Missing: any. */
  readonly costliestStyle?: () => TranscriptStyle;
  readonly links?: LiveLinks; // missing: there are no live pages
  readonly publicUrl?: string; // where people reach the pages; missing: there are none
  readonly hasSignIn: boolean; // members can sign in to pages
  readonly neighbours?: NeighboursOfBot; // missing: this process is the only one of its bot
  /** Aborted when the process shuts down. */
  readonly signal: AbortSignal;
  /** Aborted when nothing more is posted: after the last words. */
  readonly posting: AbortSignal;
}
