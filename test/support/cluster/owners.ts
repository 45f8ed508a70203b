import type { Cluster } from './cluster.ts';
import type { Ownership } from './lease-log.ts';

/** What an owner sent just before it lost the meeting may arrive so much later. */
const ON_ITS_WAY_MS = 150;
/** After a cut TCP sends again what was under way, after pauses that double: the last may be half as long as the cut. */
const AGAIN_MS = 12_000;
const CHANGES = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

/** Who owned the meeting of a guild at a moment, and since when. Undefined: nobody, or it was settled. */
function ownerAt(owners: readonly Ownership[], guildId: string, atMs: number): Ownership | undefined {
  const last = owners.findLast((one) => one.guildId === guildId && one.atMs <= atMs);
  return last?.owner === undefined ? undefined : last;
}

/** Checks that each change of an owner has a higher token than all before it. */
export function tokenFlaws(owners: readonly Ownership[]): string[] {
  let highest = 0n;
  return owners.flatMap(({ owner, token, meetingId }) => {
    if (owner === undefined) return [];
    if (token <= highest) return [`an owner with an old token: ${owner} of ${meetingId}, ${token} after ${highest}`];
    highest = token;
    return [];
  });
}

/** A stretch in which the packets between a process and Discord were dropped. */
export interface Cut {
  readonly address: string;
  readonly sinceMs: number;
  untilMs: number;
}

/** Checks that no process asked Discord for anything where another owned the meeting. */
export function staleFlaws(
  cluster: Pick<Cluster, 'discord' | 'nodeAt' | 'cuts'>,
  owners: readonly Ownership[],
): string[] {
  const { discord, cuts } = cluster;
  const asked = discord.seats.asked.map((ask) => ({ ...ask, what: 'op 4' }));
  const requests = discord.rest.seen
    .filter(({ method }) => CHANGES.has(method))
    // The owner sent it before the cut, and the system delivers it afterwards, whatever becomes of the process.
    .filter(
      ({ address, connectedAtMs, arrivedAtMs }) =>
        !cuts.some(
          (one) => one.address === address && connectedAtMs < one.sinceMs && arrivedAtMs < one.untilMs + AGAIN_MS,
        ),
    )
    .map((one) => ({ ...one, atMs: one.arrivedAtMs, what: `${one.method} ${one.route}` }));
  return [...asked, ...requests].flatMap(({ atMs, address, guildId, what }) => {
    const node = cluster.nodeAt(address)?.name;
    const now = guildId === undefined ? undefined : ownerAt(owners, guildId, atMs);
    if (!now || now.owner === node || atMs - now.atMs < ON_ITS_WAY_MS) return [];
    return [`${what} of ${node}, ${Math.round(atMs - now.atMs)} ms after ${now.owner} had become the owner`];
  });
}
