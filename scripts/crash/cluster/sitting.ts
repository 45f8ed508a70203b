import type { ClusterVerdict } from '../../../test/support/cluster/examine.ts';
import { ClusterPlay } from '../../../test/support/cluster/play.ts';
import { beginToWatch, longestStall, type Stall } from '../../../test/support/real-time/stalls.ts';
import { type ClusterFault, RESTARTS, type Struck } from './faults.ts';
import { keepTraces } from './traces.ts';

const TALK_MS = 2_000; // before each fault
const SENTENCES = 400; // six people say less in four rounds of half a minute each

type Takeover = NonNullable<NonNullable<Parameters<typeof ClusterPlay.begin>[0]>['takeover']>;

/** What Discord may do when a voice channel is taken over: it is not documented, so all of it has to be good. */
export const TAKEOVERS: readonly Takeover[] = ([4006, 4014, 'nothing'] as const).flatMap((closesWith) =>
  (['all', 'asker'] as const).map((tells) => ({ closesWith, tells })),
);

export interface ClusterRound extends Struck {
  readonly fault: string;
  readonly atMs: number; // since 1970
}

/** What came of several faults in meetings of one cluster. */
export interface ClusterSitting {
  readonly takeover: Takeover;
  readonly rounds: readonly ClusterRound[];
  readonly verdict: ClusterVerdict;
  readonly stall: Stall | undefined; // the longest of the machine, which can explain missing words
}

/**
 * Plays meetings from beginning to minutes on three processes, while one fault comes after another.
 *
 * @param keepIn - a folder for what happened, for whoever looks for the cause of a flaw
 */
export async function playClusterSitting(
  faults: readonly ClusterFault[],
  takeover: Takeover,
  seed: number,
  keepIn?: string,
): Promise<ClusterSitting> {
  await using play = await ClusterPlay.begin({
    processes: 3,
    shards: 3,
    meetings: 3,
    speakers: 2,
    takeover,
    ownPostgres: faults.some((fault) => RESTARTS.includes(fault)),
    seed,
    sentences: SENTENCES,
    isWatched: true,
  });
  const beganAtMs = beginToWatch();
  const rounds: ClusterRound[] = [];
  try {
    for (const fault of faults) {
      await play.talkFor(TALK_MS);
      const atMs = Date.now();
      rounds.push({ fault: fault.name, atMs, ...(await fault.strike(play)) });
    }
    await play.talkFor(TALK_MS);
    const verdict = await play.finish();
    return { takeover, rounds, verdict, stall: longestStall(beganAtMs) };
  } finally {
    if (keepIn !== undefined) await keepTraces(play.cluster, keepIn, rounds);
  }
}
