import type { Log } from '../log.ts';
import type { Archive } from '../ports/archive.ts';
import type { MeetingJournals } from '../ports/journal.ts';
import type { MinutesPoster, Summariser } from '../ports/minutes.ts';
import type { Settings } from '../ports/settings.ts';
import type { MeetingRecord } from '../record.ts';
import { withSummary } from './with-summary.ts';

const POSTING_LIMIT_MS = 15_000; // three of Discord's five-second rate-limit windows

interface Parts {
  readonly journal: MeetingJournals;
  readonly archive: Pick<Archive, 'read'>;
  readonly minutes: MinutesPoster;
  readonly settings: Settings;
  readonly summariser?: Summariser;
  readonly log: Log;
}

/**
 * Posts the minutes of a meeting that is over, unless an earlier process has done so.
 *
 * What Discord did not take in time stays unsettled, so that the next start tries again.
 *
 * @returns the meeting as it was written up, with where its minutes stand
 * @throws when they could not be posted
 */
export async function writeUp(over: MeetingRecord, parts: Parts): Promise<MeetingRecord> {
  const { archive, minutes, settings, log } = parts;
  const { id, guildId, textChannelId } = over.head;
  const journal = parts.journal.of(id);
  const kept = (await archive.read(id)) ?? over;
  if (kept.head.places?.minutes) return kept;
  const guild = await settings.guild(guildId);
  const record = kept.summary ? kept : await withSummary(kept, guild, parts);
  const limit = AbortSignal.timeout(POSTING_LIMIT_MS);
  try {
    const messages = await minutes.post(record, guild.minutesChannelId ?? textChannelId, limit);
    const places = { ...record.head.places, minutes: messages };
    await journal.setPlaces({ minutes: messages }).catch((error: unknown) => {
      log.error({ err: error, meeting: id }, 'The place of the minutes could not be kept');
    });
    return { ...record, head: { ...record.head, places } };
  } catch (error) {
    if (!limit.aborted) await journal.settled(); // nobody takes them, and nobody will
    throw error;
  }
}
