import type { MeetingRecord } from '../../src/core/record.ts';
import { readableMeetings, readMeeting } from '../minutes/past-meetings.ts';
import type { Asker, CommandContext } from '../shared/context.ts';

const MINUTE_MS = 60_000;

/** A part of a meeting: what was said in it, and where it begins and ends. */
export interface MissedPart {
  /** Holds only what was said in this part. */
  readonly record: MeetingRecord;
  readonly fromMs: number; // since the meeting began
  readonly toMs: number;
}

/**
 * Finds what a member may want to catch up on: in a meeting that they sit in, everything since they joined; otherwise
 * the whole latest meeting that they may read now. `undefined` when there is none.
 *
 * @param minutes - limits it to this many last minutes
 */
export async function missedPart(
  asker: Asker,
  context: CommandContext,
  minutes: number | undefined,
): Promise<MissedPart | undefined> {
  const running = context.meetings.meetingOf(asker.guildId)?.currentStatus();
  const isInside = running?.speakers.some(({ person }) => person.id === asker.member.id) ?? false;
  const id = isInside ? running?.head.id : (await readableMeetings(asker.member, context))[0]?.id;
  const record = id === undefined ? undefined : await readMeeting(asker.member, context, id);
  if (!record) return undefined;
  const toMs = record.endedMs ?? Date.now() - record.head.beganAt.getTime();
  const joinedMs = record.attendance.find(({ speakerId }) => speakerId === asker.member.id)?.joinedMs;
  const sinceMs = isInside ? (joinedMs ?? 0) : 0;
  const fromMs = Math.max(0, minutes === undefined ? sinceMs : toMs - minutes * MINUTE_MS);
  return { record: partFrom(record, fromMs), fromMs, toMs };
}

function partFrom({ summary: _ofAll, ...record }: MeetingRecord, fromMs: number): MeetingRecord {
  const earlier = new Set(record.finals.flatMap(({ endMs, utteranceId }) => (endMs > fromMs ? [] : utteranceId)));
  const isLater = ({ utteranceId }: { readonly utteranceId: string }) => !earlier.has(utteranceId);
  return { ...record, finals: record.finals.filter(isLater), translations: record.translations.filter(isLater) };
}
