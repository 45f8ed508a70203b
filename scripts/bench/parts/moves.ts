import { quiet } from '../../../src/core/log.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import type { Cluster } from '../../../test/support/cluster/cluster.ts';
import { missingForCluster } from '../../../test/support/cluster/missing.ts';
import { ClusterPlay } from '../../../test/support/cluster/play.ts';
import type { Moves } from '../report/figures.ts';
import { percentile } from '../report/statistics.ts';

const MEETINGS = 10; // that move at the same time
const SENTENCES = 1_500; // more than they say in all

/**
 * Moves meetings between two processes of a cluster, on the local PostgreSQL and Redis, while one person talks in each:
 * one process after the other gets SIGTERM and is started again.
 *
 * @throws when PostgreSQL or Redis is missing
 */
export async function measureMoves(count: number): Promise<Moves> {
  const missing = await missingForCluster();
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
  await using play = await ClusterPlay.begin({ meetings: MEETINGS, speakers: 1, sentences: SENTENCES });
  const unheardMs: number[] = [];
  while (unheardMs.length < count) {
    const { owner } = await play.someOwner();
    unheardMs.push(...(await play.stop(owner)).map(({ deafForMs }) => deafForMs));
    await play.startAgain(owner);
  }
  const notedMs = await notedGapsMs(play.cluster);
  return {
    moves: unheardMs.length,
    unheardP50Ms: percentile(unheardMs, 50),
    unheardP95Ms: percentile(unheardMs, 95),
    notedGaps: notedMs.length,
    notedP50Ms: notedMs.length === 0 ? 0 : percentile(notedMs, 50),
    notedP95Ms: notedMs.length === 0 ? 0 : percentile(notedMs, 95),
  };
}

/** The gaps that the journal tells everybody of. */
async function notedGapsMs({ databaseUrl, meetings }: Cluster): Promise<number[]> {
  await using journal = await openJournal(databaseUrl, quiet);
  const records = await Promise.all(
    meetings.map(async ({ guild }) => {
      const [head] = await journal.archive.list(guild.id, 1);
      return head && (await journal.archive.read(head.id));
    }),
  );
  const gaps = records.flatMap((record) => record?.gaps ?? []);
  return gaps.filter(({ speakerId }) => speakerId === undefined).map(({ startMs, endMs }) => endMs - startMs);
}
