import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { staleFlaws } from '../../support/cluster/owners.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const AWAY_MS = 6_000; // longer than a process counts on itself, and than an offer stands
const LOOK_MS = 5;
const missing = await missingForCluster();

describe.skipIf(missing.length > 0)('a meeting that has just been offered when the database stops answering', () => {
  it('stays or moves: one process has it, the bot never leaves the channel, and no word is lost', {
    ...inRealTime,
    timeout: 150_000,
  }, async () => {
    await using play = await ClusterPlay.begin({ meetings: 1, takeover: { closesWith: 4006, tells: 'all' } });
    const { nodes, meetings, leases, discord } = play.cluster;
    await play.talkFor(3_000);
    const { owner } = await play.someOwner();
    const relays = [...nodes.values()].map(({ postgres }) => postgres);
    const stopping = play.stop(owner); // SIGTERM
    stopping.catch(() => {}); // awaited below
    const guildId = meetings[0]?.guild.id ?? '';
    while ((await leases.offerIn(guildId)) === undefined) await delay(LOOK_MS);
    for (const relay of relays) relay.cut();
    await delay(AWAY_MS);
    for (const relay of relays) relay.mend();
    await stopping;
    await play.startAgain(owner);
    await play.talkFor(3_000);
    const { flaws } = await play.finish();
    // A process may own the meeting in the table and not know it yet: until it asks for the seat in the channel, the other acts.
    const asks = (node: string | undefined, sinceMs: number) =>
      discord.seats.asked.find(({ address, atMs }) => atMs >= sinceMs && play.cluster.nodeAt(address)?.name === node);
    const owners = (await leases.read()).map((one) => ({ ...one, atMs: asks(one.owner, one.atMs)?.atMs ?? one.atMs }));
    const stale = staleFlaws(play.cluster, owners);
    expect([...flaws.filter((flaw) => !flaw.includes('had become the owner')), ...stale]).toEqual([]);
  });
});
