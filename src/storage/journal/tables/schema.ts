import type { Generated } from 'kysely';
import type { MentionKind } from '../../../core/record.ts';

/** The journal's tables. Times are milliseconds since the meeting began unless noted otherwise. */
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
  /** One row per stay. */
  readonly attendance: {
    readonly meeting_id: string;
    readonly speaker_id: string;
    readonly joined_ms: number;
    readonly display_name: string;
    readonly left_ms: number | null;
  };
  /** Finals and translations: one row per text. The full-text index refers to `id`. */
  readonly segments: {
    readonly id: Generated<number>;
    readonly meeting_id: string;
    readonly utterance_id: string;
    readonly translated_into: string; // empty for a final; part of the key, so not null
    readonly speaker_id: string;
    readonly start_ms: number;
    readonly end_ms: number;
    readonly language: string; // of the text
    readonly confirmed: number; // 0 or 1: SQLite has no booleans
    readonly placed: Generated<number>; // 1: its times made no sense, so they are those of the audio sent last
    readonly text: string;
  };
  /** Finals that somebody corrected: one row per final, whose `text` is the corrected one. */
  readonly corrections: {
    readonly segment_id: number;
    readonly original: string; // as it was recognised
    readonly corrected_by: string; // empty: whoever it was had that erased, as for the name
    readonly corrected_by_name: string;
    readonly corrected_at_ms: number; // since 1970
  };
  /** Names that were put right after a meeting: one row per meeting and speaker. */
  readonly given_names: {
    readonly meeting_id: string;
    readonly speaker_id: string;
    readonly name: string;
    readonly given_by: string; // empty: whoever it was had that erased, as for their name
    readonly given_by_name: string;
    readonly given_at_ms: number; // since 1970
  };
  /** Which messages show a text: one row per text and message, numbered in the order of posting. */
  readonly messages: {
    readonly id: Generated<number>;
    readonly meeting_id: string;
    readonly utterance_id: string;
    readonly language: string; // of the language's own thread, otherwise empty; part of the key, so not null
    readonly channel_id: string;
    readonly message_id: string;
  };
  /** The messages and threads that show a meeting, and the event that it is held for. */
  readonly places: {
    readonly meeting_id: string;
    readonly kind: 'panel' | 'thread' | 'language thread' | 'beside voices' | 'voice status' | 'minutes' | 'occasion';
    readonly language: string; // a language's thread: its code; a message beside voices, or a status: the voice channel; minutes: their position; otherwise empty; part of the key, so not null
    readonly discord_id: string; // for minutes: channel/message; for a status and for the event that the meeting is held for: JSON
  };
  /** Meetings that run, or whose minutes are not posted: one row per meeting. */
  readonly unsettled: {
    readonly meeting_id: string;
    readonly sign: string | null; // JSON, see signs.ts
  };
  /** The bot's messages that name a member or hold their words, besides transcripts and minutes. Without any text. */
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
    readonly speaker_id: string; // empty when everybody was affected; part of the key, so not null
    readonly start_ms: number;
    readonly reason: string;
    readonly end_ms: number;
  };
  /** Speakers' tallies at the end: one row per speaker. */
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
  /** Meetings on a stage: one row per meeting. */
  readonly stage_audiences: {
    readonly meeting_id: string;
    readonly most: number; // people who listened at a time
  };
  /** Summaries: one row per meeting. */
  readonly summaries: {
    readonly meeting_id: string;
    readonly content: string; // JSON, see summary.ts
  };
  /** Audio sent to the recogniser: one row per server, day and kind. */
  readonly usage: {
    readonly guild_id: string;
    readonly day: string; // 2026-11-23, in UTC
    readonly kind: 'meetings' | 'files';
    readonly sent_ms: number;
  };
  /** Members who have signed in: one row a browser. */
  readonly sessions: {
    readonly key_hash: string; // of what the browser holds
    readonly user_id: string;
    readonly guild_ids: string; // the servers that they were in when they signed in, with spaces between them
    readonly began_at_ms: number; // since 1970, as the two below
    readonly seen_at_ms: number; // to the hour
    readonly until_ms: number;
  };
  /** Keys of members' programs: one row a key. */
  readonly api_keys: {
    readonly key_hash: string; // of what the program holds
    readonly guild_id: string;
    readonly user_id: string;
    readonly name: string;
    readonly made_at_ms: number; // since 1970, as the two below
    readonly until_ms: number;
    readonly used_at_ms: number | null; // to the minute; null: never
  };
  /** How long meetings are kept; no row: for good. It is in this database so that a backup includes the rule. */
  readonly retention: {
    readonly guild_id: string;
    readonly days: number; // after a meeting's end
  };
}
