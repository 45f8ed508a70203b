import type { MeetingId } from '../../core/ids.ts';
import type { Journal, MeetingJournal, MeetingLease } from '../../core/ports/journal.ts';
import type { Metrics } from '../../core/ports/metrics.ts';
import { StorageError } from '../storage-error.ts';

type Told = Pick<Metrics, 'journal' | 'cluster'>;

/** The same journal, which tells how long its writes take, and which of them came too late. */
export function measuredJournal(journal: Journal, metrics: Told): Journal {
  return {
    archive: journal.archive,
    usage: journal.usage,
    sessions: journal.sessions,
    apiKeys: journal.apiKeys,
    held: journal.held,
    begin: async (head) => measured(await timed('begin', metrics, journal.begin(head)), metrics),
    of: (id: MeetingId, lease?: MeetingLease) => measured(journal.of(id, lease), metrics),
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  };
}

function measured(journal: MeetingJournal, metrics: Told): MeetingJournal {
  return {
    joined: (attendance) => timed('joined', metrics, journal.joined(attendance)),
    left: (speakerId, leftMs) => timed('left', metrics, journal.left(speakerId, leftMs)),
    write: (segment) => timed('write', metrics, journal.write(segment)),
    gap: (gap) => timed('gap', metrics, journal.gap(gap)),
    posted: (at) => timed('posted', metrics, journal.posted(at)),
    setPlaces: (places) => timed('setPlaces', metrics, journal.setPlaces(places)),
    retitle: (title) => timed('retitle', metrics, journal.retitle(title)),
    tally: (tally) => timed('tally', metrics, journal.tally(tally)),
    stageAudience: (most) => timed('stageAudience', metrics, journal.stageAudience(most)),
    alive: (sign) => timed('alive', metrics, journal.alive(sign)),
    end: (endedMs, ending) => timed('end', metrics, journal.end(endedMs, ending)),
    settled: () => timed('settled', metrics, journal.settled()),
    summarised: (summary, fromFinals) => timed('summarised', metrics, journal.summarised(summary, fromFinals)),
  };
}

/** @throws what the write threw */
async function timed<T>(operation: string, { journal, cluster }: Told, write: Promise<T>): Promise<T> {
  const sinceMs = performance.now();
  try {
    return await write;
  } catch (error) {
    if (error instanceof StorageError && error.code === 'superseded') cluster.fencedWrite();
    throw error;
  } finally {
    journal.wrote(operation, performance.now() - sinceMs);
  }
}
