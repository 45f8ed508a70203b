import { setTimeout as delay } from 'node:timers/promises';
import { type CutOff, cut } from '../../../test/support/cluster/cuts.ts';
import type { ClusterPlay } from '../../../test/support/cluster/play.ts';
import { type ClusterFault, type Struck, undisturbed } from './faults.ts';

const AWAY_MS = 20_000;
const SOON_MS = 6_000; // heard again by others
const AGAIN_MS = 8_000; // TCP sends again after pauses that double: some connections go on only so much later

/** Nobody takes over: it can do without Redis, and without Discord it gives its servers to others after 15 s. */
async function isNotReplaced(play: ClusterPlay, what: CutOff): Promise<Struck> {
  const { owner } = await play.someOwner();
  const struck = await undisturbed(play, owner.name, async () => {
    {
      using _away = cut(play.cluster, owner, what);
      await delay(AWAY_MS);
    }
    await delay(AGAIN_MS);
  });
  await play.cluster.untilSpread();
  return struck;
}

/** To the others it is dead: they take over, and what it still wanted to do when it is back comes too late. */
async function isReplaced(play: ClusterPlay): Promise<Struck> {
  const { owner } = await play.someOwner();
  const crossings = await play.isolate(owner, AWAY_MS);
  await delay(AGAIN_MS);
  await play.cluster.untilSpread();
  const flaws = crossings
    .filter(({ hearsAfterMs }) => hearsAfterMs > SOON_MS)
    .map(({ meeting, hearsAfterMs }) => `${meeting.guild.name}: heard again after ${Math.round(hearsAfterMs)} ms`);
  return { node: owner.name, crossings, flaws };
}

/** Faults that drop the packets of one process: they need a network of our own. */
export const NETWORK_FAULTS: readonly ClusterFault[] = [
  { name: 'one cut off from Redis for 20 s', strike: (play) => isNotReplaced(play, 'Redis') },
  { name: 'one cut off from Discord for 20 s', strike: (play) => isNotReplaced(play, 'Discord') },
  { name: 'one cut off from everything for 20 s', strike: isReplaced },
];
