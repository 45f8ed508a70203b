import type { Log } from '../../log.ts';
import type { MeetingJournals } from '../../ports/journal.ts';
import type { TranscriptChannel } from '../../ports/transcript.ts';
import type { Gap, MeetingRecord } from '../../record.ts';
import type { GuildSettings } from '../../settings.ts';
import { recordInOwnWords } from '../../text/glossary.ts';

const RESUME_LIMIT_MS = 20_000; // enough to read some pages of a channel; after that the journal alone has to do

/** The last moment the journal knows of: an unfinished meeting was alive until then at least. */
export function lastNewsMs({ attendance, finals, gaps, lastSign }: MeetingRecord): number {
  return Math.max(
    lastSign?.atMs ?? 0,
    ...attendance.map(({ joinedMs, leftMs }) => leftMs ?? joinedMs),
    ...finals.map(({ endMs }) => endMs),
    ...gaps.map(({ endMs }) => endMs),
  );
}

/**
 * The gaps that a killed process left: speech that it had heard and not turned into text, and everything from then on.
 *
 * @param untilMs - when people were heard again, or the meeting ended
 */
export function lossesOf(record: MeetingRecord, untilMs: number): readonly Gap[] {
  const { finals, lastSign } = record;
  // The gap may overlap finals that came after the last sign: other people's words of that time may be lost.
  const sinceMs = lastSign?.atMs ?? lastNewsMs(record);
  const pending = (lastSign?.pending ?? []).flatMap(({ speakerId, sinceMs: spokenMs }): Gap[] => {
    const endsMs = finals.filter((final) => final.speakerId === speakerId).map(({ endMs }) => endMs);
    const startMs = Math.max(spokenMs, ...endsMs);
    const endMs = Math.min(sinceMs, untilMs);
    return startMs < endMs ? [{ speakerId, startMs, endMs, reason: 'restarted' }] : [];
  });
  return sinceMs < untilMs ? [...pending, { startMs: sinceMs, endMs: untilMs, reason: 'restarted' }] : pending;
}

export interface ReconcileParts {
  readonly channel: TranscriptChannel;
  readonly journal: MeetingJournals;
  readonly log: Log;
}

/** Makes the channel show what the journal holds, and the journal hold what the channel showed. Never rejects. */
export async function reconcile(
  record: MeetingRecord,
  { glossary = [] }: GuildSettings,
  { channel, journal, log }: ReconcileParts,
): Promise<MeetingRecord> {
  const seen = await channel.resumeFrom(recordInOwnWords(record, glossary), AbortSignal.timeout(RESUME_LIMIT_MS));
  try {
    for (const final of seen) await journal.of(record.head.id).write(final);
  } catch (error) {
    log.error({ err: error, meeting: record.head.id }, 'The journal could not be written');
  }
  return { ...record, finals: [...record.finals, ...seen].toSorted((a, b) => a.startMs - b.startMs) };
}
