import { join } from 'node:path';
import { seededRandom } from '../../../test/simulators/discord/voice/index.ts';
import { canStartPostgres } from '../../../test/storage/support/postgres-server.ts';
import { missingForCluster } from '../../../test/support/cluster/missing.ts';
import { CLUSTER_FAULTS, RESTARTS } from './faults.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { playClusterSitting, TAKEOVERS } from './sitting.ts';
import { flawsOfSitting, showClusterSitting } from './table.ts';

const ROUNDS_PER_SITTING = 4;

interface CrashOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly keepIn: string | undefined; // a folder for the logs of all processes
  readonly only: string; // faults whose names contain this
  readonly closesWith: string | undefined; // only the ways of Discord that close an old voice connection with this
  readonly isApart: boolean; // the network is our own: packets may be dropped
}

/**
 * Lets as many faults as there are rounds befall clusters of three processes.
 *
 * @returns the defects that it found
 */
export async function crashClusters(
  { rounds, seed, keepIn, only, closesWith, isApart }: CrashOptions,
  say: (text: string) => void,
): Promise<string[]> {
  const missing = await missingForCluster();
  if (missing.length > 0) return missing.map((what) => `A cluster cannot be played here. ${what}`);
  const network = isApart ? NETWORK_FAULTS : [];
  const restarts = (await canStartPostgres()) ? RESTARTS : [];
  const known = [...CLUSTER_FAULTS, ...restarts, ...network].filter(({ name }) => name.includes(only));
  if (known.length === 0) return [`No fault that can be played here is called "${only}".`];
  const takeovers = TAKEOVERS.filter((one) => closesWith === undefined || `${one.closesWith}` === closesWith);
  if (takeovers.length === 0) return [`No old voice connection is closed with "${closesWith}".`];
  const random = seededRandom(seed);
  const order = Array.from({ length: rounds }, (_, round) => round);
  const faults = order.map((round) => known[round % known.length]).filter((one) => one !== undefined);
  const shuffled = faults
    .map((fault) => ({ fault, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ fault }) => fault);
  const flaws: string[] = [];
  for (let sitting = 0; sitting * ROUNDS_PER_SITTING < rounds; sitting += 1) {
    const own = shuffled.slice(sitting * ROUNDS_PER_SITTING, (sitting + 1) * ROUNDS_PER_SITTING);
    const takeover = takeovers[sitting % takeovers.length];
    if (!takeover) continue;
    const folder = keepIn === undefined ? undefined : join(keepIn, `sitting-${sitting + 1}`);
    const played = await playClusterSitting(own, takeover, seed + sitting, folder);
    say(showClusterSitting(played));
    flaws.push(...flawsOfSitting(played));
  }
  return flaws;
}
