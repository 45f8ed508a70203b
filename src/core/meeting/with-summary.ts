import type { Log } from '../log.ts';
import type { Archive } from '../ports/archive.ts';
import type { MeetingJournals } from '../ports/journal.ts';
import type { Summariser } from '../ports/minutes.ts';
import type { MeetingRecord } from '../record.ts';
import type { GuildSettings } from '../settings.ts';
import { isWorthSummingUp } from '../text/worth-summing-up.ts';

interface Parts {
  readonly summariser?: Summariser;
  readonly journal: MeetingJournals;
  readonly archive: Pick<Archive, 'read'>;
  readonly log: Log;
}

/** The same record with a summary, which is kept; without one where no model is asked, or too little was said. Never rejects. */
export async function withSummary(
  record: MeetingRecord,
  { translateTo, timeZone }: Pick<GuildSettings, 'translateTo' | 'timeZone'>,
  { summariser, journal, archive, log }: Parts,
): Promise<MeetingRecord> {
  if (!summariser || !isWorthSummingUp(record.finals)) return record;
  const meeting = record.head.id;
  const summary = await summariser.summarise(record, translateTo, timeZone);
  try {
    // Somebody may have had their words erased while the model still wrote about them.
    if (await journal.of(meeting).summarised(summary, record.finals.length)) return { ...record, summary };
    return (await archive.read(meeting)) ?? record;
  } catch (error) {
    log.error({ err: error, meeting }, 'A summary could not be kept');
    return { ...record, summary };
  }
}
