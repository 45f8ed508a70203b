import type { Insertable, Kysely, Selectable } from 'kysely';
import type { MeetingId } from '../../../core/ids.ts';
import {
  type Attendance,
  GAP_REASONS,
  type Gap,
  MEETING_ENDINGS,
  type MeetingEnding,
  type MeetingHead,
  type SpeakerTally,
} from '../../../core/record.ts';
import type { Correction, FinalSegment, TranslationSegment } from '../../../core/segment.ts';
import type { JournalTables } from './schema.ts';

/** Converts between the core's types and the journal's rows. */

type Row<T extends keyof JournalTables> = Selectable<JournalTables[T]>;
type NewRow<T extends keyof JournalTables> = Insertable<JournalTables[T]>;

/** PostgreSQL refuses NUL characters, and both databases refuse lone surrogates. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

export function fromHead(head: MeetingHead): NewRow<'meetings'> {
  return {
    id: head.id,
    guild_id: head.guildId,
    title: storable(head.title),
    voice_channel_id: head.voiceChannelId,
    voice_channel_name: storable(head.voiceChannelName),
    text_channel_id: head.textChannelId,
    started_by: head.startedBy,
    began_at_ms: head.beganAt.getTime(),
    ended_ms: null,
    ending: null,
  };
}

export function toHead(row: Row<'meetings'>): MeetingHead {
  return {
    id: row.id,
    guildId: row.guild_id,
    title: row.title,
    voiceChannelId: row.voice_channel_id,
    voiceChannelName: row.voice_channel_name,
    textChannelId: row.text_channel_id,
    startedBy: row.started_by,
    beganAt: new Date(row.began_at_ms),
  };
}

/** When and how the meeting ended; an empty object while it runs. */
export function toEnd(row: Row<'meetings'>): { endedMs?: number; ending?: MeetingEnding } {
  if (row.ended_ms === null) return {};
  return { endedMs: row.ended_ms, ending: MEETING_ENDINGS.find((ending) => ending === row.ending) ?? 'failed' };
}

export function fromAttendance(id: MeetingId, stay: Attendance): NewRow<'attendance'> {
  return {
    meeting_id: id,
    speaker_id: stay.speakerId,
    joined_ms: stay.joinedMs,
    display_name: storable(stay.displayName),
    left_ms: stay.leftMs ?? null,
  };
}

export function toAttendance(row: Row<'attendance'>): Attendance {
  return {
    speakerId: row.speaker_id,
    displayName: row.display_name,
    joinedMs: row.joined_ms,
    ...(row.left_ms !== null && { leftMs: row.left_ms }),
  };
}

export function fromSegment(id: MeetingId, segment: FinalSegment | TranslationSegment): NewRow<'segments'> {
  return {
    meeting_id: id,
    utterance_id: segment.utteranceId,
    translated_into: segment.kind === 'translation' ? segment.language : '',
    speaker_id: segment.speakerId,
    start_ms: segment.startMs,
    end_ms: segment.endMs,
    language: segment.language,
    confirmed: segment.kind === 'translation' || segment.confirmed ? 1 : 0,
    placed: segment.kind === 'final' && segment.isPlaced ? 1 : 0,
    text: storable(segment.text),
  };
}

/** A text with its correction, as far as there is one. */
export type SegmentRow = Row<'segments'> & {
  readonly [Column in keyof Omit<Row<'corrections'>, 'segment_id'>]: Row<'corrections'>[Column] | null;
};

/** A query for texts, each with its correction as far as there is one. */
export function segmentsOf(db: Kysely<JournalTables>) {
  return db
    .selectFrom('segments')
    .leftJoin('corrections', 'corrections.segment_id', 'segments.id')
    .selectAll('segments')
    .select(['original', 'corrected_by', 'corrected_by_name', 'corrected_at_ms']);
}

export function toSegment(row: SegmentRow): FinalSegment | TranslationSegment {
  const spoken = {
    utteranceId: row.utterance_id,
    speakerId: row.speaker_id,
    startMs: row.start_ms,
    endMs: row.end_ms,
    text: row.text,
    language: row.language,
  };
  if (row.translated_into !== '') return { kind: 'translation', ...spoken };
  const corrected = toCorrection(row);
  return {
    kind: 'final',
    ...spoken,
    confirmed: row.confirmed === 1,
    ...(row.placed === 1 && { isPlaced: true }),
    ...(corrected && { corrected }),
  };
}

function toCorrection(row: SegmentRow): Correction | undefined {
  const { original, corrected_by, corrected_by_name, corrected_at_ms } = row;
  if (original === null) return undefined;
  return { original, byId: corrected_by ?? '', byName: corrected_by_name ?? '', atMs: corrected_at_ms ?? 0 };
}

export function fromGap(id: MeetingId, gap: Gap): NewRow<'gaps'> {
  return {
    meeting_id: id,
    speaker_id: gap.speakerId ?? '',
    start_ms: gap.startMs,
    reason: gap.reason,
    end_ms: gap.endMs,
  };
}

export function toGap(row: Row<'gaps'>): Gap {
  return {
    ...(row.speaker_id !== '' && { speakerId: row.speaker_id }),
    startMs: row.start_ms,
    endMs: row.end_ms,
    // A newer Parley may have other reasons; a gap must be shown all the same.
    reason: GAP_REASONS.find((reason) => reason === row.reason) ?? 'recogniser unavailable',
  };
}

export function fromTally(id: MeetingId, tally: SpeakerTally): NewRow<'accounts'> {
  return {
    meeting_id: id,
    speaker_id: tally.speakerId,
    heard_ms: tally.heardMs,
    concealed_frames: tally.concealedFrames,
    undecryptable: tally.undecryptable,
    corrupt: tally.corrupt,
    sent_ms: tally.sentMs,
    silence_ms: tally.silenceMs,
    sockets: tally.sockets,
    reconnects: tally.reconnects,
    forced_finals: tally.forcedFinals,
  };
}

export function toTally(row: Row<'accounts'>): SpeakerTally {
  return {
    speakerId: row.speaker_id,
    heardMs: row.heard_ms,
    concealedFrames: row.concealed_frames,
    undecryptable: row.undecryptable,
    corrupt: row.corrupt,
    sentMs: row.sent_ms,
    silenceMs: row.silence_ms,
    sockets: row.sockets,
    reconnects: row.reconnects,
    forcedFinals: row.forced_finals,
  };
}
