import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { Moves } from '../../src/cluster/moves.ts';
import { quiet } from '../../src/core/log.ts';
import type { MeetingLease } from '../../src/core/ports/journal.ts';
import { openPostgres } from '../../src/storage/journal/database/database.ts';
import { openCluster, type Process } from '../storage/cluster/support/cluster.ts';
import { answersPostgres } from '../storage/support/postgres.ts';
import { Relay } from '../support/cluster/relay.ts';
import { makeHead } from '../support/make.ts';

const head = makeHead();
const LOOK_MS = 20;

/** A process that gives and takes the one meeting there is. */
function giver({ leases }: Process) {
  let lease: MeetingLease | undefined;
  const told: string[] = [];
  const moves = new Moves({ leases, leaseOf: () => lease, tell: (heirId) => void told.push(heirId), log: quiet });
  const house = {
    running: () => (lease ? [head] : []),
    handOver: async (_: unknown, { give }: { give(): Promise<boolean> }) => {
      if (!(await give())) return undefined;
      lease = undefined;
      return 4_000;
    },
  };
  return {
    moves,
    told,
    tail: () => (lease ? moves.tailOf(lease)() : undefined),
    own: (begun: MeetingLease) => {
      lease = begun;
    },
    give: (to: Process) => moves.giveAll({ house }, async () => to.id),
    async take(): Promise<void> {
      while (!lease) {
        lease = await moves.take(head);
        await delay(LOOK_MS);
      }
    },
  };
}

describe.skipIf(!(await answersPostgres()))('a meeting that moves (needs PostgreSQL at 127.0.0.1:5432)', () => {
  it('is gone for the process that gave it, until that one gets it back', async () => {
    await using cluster = await openCluster();
    const ana = await cluster.join('ana');
    const bo = await cluster.join('bo', await cluster.connect());
    const [first, second] = [giver(ana), giver(bo)];
    const begun = await ana.leases.begin(head);
    if (begun === 'already running') throw new Error(begun);
    first.own(begun);
    expect(first.moves.hasGone(head.guildId)).toBe(false);

    await Promise.all([first.give(bo), second.take()]);
    expect(first.told).toEqual([bo.id]); // so that it looks at once
    await first.moves.finished();
    expect(first.moves.hasGone(head.guildId)).toBe(true);
    expect(second.moves.hasGone(head.guildId)).toBe(false);

    await Promise.all([second.give(ana), first.take()]);
    await second.moves.finished();
    expect(first.moves.hasGone(head.guildId)).toBe(false);
    expect(second.moves.hasGone(head.guildId)).toBe(true);
    second.moves.forget([head.guildId]); // its shard is another process's
    expect(second.moves.hasGone(head.guildId)).toBe(false);
  });

  it('is heard where it is while the database is away, and learns afterwards until when it was heard before', async () => {
    await using cluster = await openCluster();
    await using cable = await Relay.to(cluster.url);
    const farther = await openPostgres(cable.through(cluster.url), quiet, { connections: 1, queryMs: 200 });
    await using _farther = { [Symbol.asyncDispose]: () => farther.destroy() };
    const ana = await cluster.join('ana');
    const bo = await cluster.join('bo', farther);
    const [first, second] = [giver(ana), giver(bo)];
    const begun = await ana.leases.begin(head);
    if (begun === 'already running') throw new Error(begun);
    first.own(begun);
    const asked = vi.spyOn(bo.leases, 'tailOf');
    await Promise.all([first.give(bo), second.take()]);

    cable.cut();
    const tail = second.tail();
    await vi.waitFor(() =>
      expect(asked.mock.settledResults).toContainEqual(expect.objectContaining({ type: 'rejected' })),
    );
    await first.moves.finished();
    cable.mend();
    expect(await tail).toBe(4_000);
  });
});
