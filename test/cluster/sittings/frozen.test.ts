import { describe, expect, it } from 'vitest';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const FROZEN_MS = 8_000; // others take over after four and a half at most
const AWAKE_MS = 3_000; // time for everything that it wanted to do when it froze
const HEARS_WITHIN_MS = 6_000;
const missing = await missingForCluster();

describe.skipIf(missing.length > 0)('a process of a cluster that freezes while people talk', () => {
  it('is replaced within six seconds, and touches nothing when it wakes', {
    ...inRealTime,
    timeout: 120_000,
  }, async () => {
    await using play = await ClusterPlay.begin({
      meetings: 1,
      takeover: { closesWith: 'nothing', tells: 'all' },
      isWatched: false, // it stands still by order
    });
    await play.talkFor(3_000);
    const { owner } = await play.someOwner();
    const crossings = await play.freeze(owner, FROZEN_MS);
    await play.talkFor(AWAKE_MS);
    expect((await play.finish()).flaws).toEqual([]);
    expect(crossings.map(({ hearsAfterMs }) => hearsAfterMs < HEARS_WITHIN_MS)).toEqual([true]);
  });
});
