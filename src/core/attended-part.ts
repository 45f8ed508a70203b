import type { SpeakerId } from './ids.ts';
import type { MeetingRecord } from './record.ts';

/**
 * The part of a meeting that one person attended: what was said while they were there. `undefined` when they never were.
 *
 * It has no summary, as that was made from the whole meeting.
 */
export function attendedPart(record: MeetingRecord, personId: SpeakerId): MeetingRecord | undefined {
  const stays = record.attendance.filter(({ speakerId }) => speakerId === personId);
  if (stays.length === 0) return undefined;
  const wasThere = (span: { readonly startMs: number; readonly endMs: number }) =>
    stays.some(({ joinedMs, leftMs = Number.POSITIVE_INFINITY }) => span.startMs < leftMs && span.endMs > joinedMs);
  const finals = record.finals.filter(wasThere);
  const heard = new Set(finals.map(({ utteranceId }) => utteranceId));
  const isHeard = ({ utteranceId }: { readonly utteranceId: string }) => heard.has(utteranceId);
  const isMet = (other: { readonly joinedMs: number; readonly leftMs?: number }) =>
    wasThere({ startMs: other.joinedMs, endMs: other.leftMs ?? Number.POSITIVE_INFINITY });
  const {
    summary: _ofEverything,
    tallies: _ofEverybody,
    stageAudience: _ofAllTime,
    lastSign: _ofAllPending,
    ...rest
  } = record;
  return {
    ...rest,
    attendance: record.attendance.filter(isMet),
    finals,
    translations: record.translations.filter(isHeard),
    gaps: record.gaps.filter(wasThere),
    messages: record.messages.filter(isHeard),
  };
}
