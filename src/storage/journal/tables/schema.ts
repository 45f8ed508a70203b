import type { Generated } from 'kysely';
import type { MentionKind } from '../../../core/record.ts';

/** The journal's tables. Times are milliseconds since the meeting began, unless they say otherwise. */
export interface JournalTables {
  readonly meetings: {
    readonly id: string;
    readonly guild_id: string;
    readonly title: string;
    readonly voice_channel_id: string;
    readonly voice_channel_name: string;
    readonly text_channel_id: string;
    readonly started_by: string;
    readonly began_at_ms: number; // since 1970
    readonly ended_ms: number | null;
    readonly ending: string | null;
  };
  /** One row a stay. */
  readonly attendance: {
    readonly meeting_id: string;
    readonly speaker_id: string;
    readonly joined_ms: number;
    readonly display_name: string;
    readonly left_ms: number | null;
  };
  /** What was said, and the same in other languages: one row a text. `id` is what a full-text index can point at. */
  readonly segments: {
    readonly id: Generated<number>;
    readonly meeting_id: string;
    readonly utterance_id: string;
    readonly translated_into: string; // empty for the final itself; part of the key, so not null
    readonly speaker_id: string;
    readonly start_ms: number;
    readonly end_ms: number;
    readonly language: string; // of the text
    readonly confirmed: number; // 0 or 1: SQLite knows no booleans
    readonly placed: Generated<number>; // 1: its times made no sense, and are those of the audio that was sent last
    readonly text: string;
  };
  /** In which message a text stands: one row a text and message, numbered as they were posted. */
  readonly messages: {
    readonly id: Generated<number>;
    readonly meeting_id: string;
    readonly utterance_id: string;
    readonly language: string; // of the thread of its own in which it stands, else empty; part of the key, so not null
    readonly channel_id: string;
    readonly message_id: string;
  };
  /** Where a meeting shows itself. */
  readonly places: {
    readonly meeting_id: string;
    readonly kind: 'panel' | 'thread' | 'language thread' | 'beside voices' | 'minutes';
    readonly language: string; // of a language's thread; of what stands beside voices the voice channel; of minutes their place in the order; else empty; part of the key, so not null
    readonly discord_id: string; // of minutes: channel/message
  };
  /** Meetings that run, or whose minutes are not out: one row a meeting. */
  readonly unsettled: {
    readonly meeting_id: string;
    readonly sign: string | null; // JSON, see journal-signs.ts
  };
  /** Which messages of ours name a member or hold their words, besides transcripts and minutes. Without any text. */
  readonly mentions: {
    readonly guild_id: string;
    readonly speaker_id: string;
    readonly channel_id: string;
    readonly message_id: string;
    readonly what: MentionKind;
    readonly at_ms: number; // since 1970
  };
  readonly gaps: {
    readonly meeting_id: string;
    readonly speaker_id: string; // empty when nobody was heard; part of the key, so not null
    readonly start_ms: number;
    readonly reason: string;
    readonly end_ms: number;
  };
  /** One row a speaker: the sums at the end. */
  readonly accounts: {
    readonly meeting_id: string;
    readonly speaker_id: string;
    readonly heard_ms: number;
    readonly concealed_frames: number;
    readonly undecryptable: number;
    readonly corrupt: number;
    readonly sent_ms: number;
    readonly silence_ms: number;
    readonly sockets: number;
    readonly reconnects: number;
    readonly forced_finals: number;
  };
  /** What was made of a meeting: one row a meeting. */
  readonly summaries: {
    readonly meeting_id: string;
    readonly content: string; // JSON, see journal-summary.ts
  };
  /** Audio sent to the recogniser: one row a server, day and kind. */
  readonly usage: {
    readonly guild_id: string;
    readonly day: string; // 2026-11-23, in UTC
    readonly kind: 'meetings' | 'files';
    readonly sent_ms: number;
  };
  /** How long meetings are kept; no row: for good. Beside them, so that a backup brings its rule along. */
  readonly retention: {
    readonly guild_id: string;
    readonly days: number; // after a meeting's end
  };
}
