import { describe, expect, it } from 'vitest';
import { Clicks } from '../../../scripts/crash/cluster/clicks.ts';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const DEAF_AT_MOST_MS = 2_000;
const missing = await missingForCluster();

describe.skipIf(missing.length > 0)('another number of shards while people talk', () => {
  it('moves one meeting of four within two seconds, disturbs no other, and answers every click once', {
    ...inRealTime,
    timeout: 120_000,
  }, async () => {
    // Of the first four servers of six shards, two stay where they are whoever takes which of three, and one of the others does.
    await using play = await ClusterPlay.begin({
      shards: 2,
      spread: 6,
      meetings: 4,
      takeover: { closesWith: 4006, tells: 'all' },
    });
    await play.talkFor(3_000);
    const clicks = new Clicks(play);
    const crossings = await play.reshard(3);
    await play.talkFor(3_000);
    expect(await clicks.end()).toEqual([]);
    const { meetings } = play.cluster;
    expect(meetings.map((meeting) => play.arrivalsIn(meeting)).toSorted()).toEqual([1, 1, 1, 2]);
    expect(crossings.map(({ deafForMs }) => deafForMs < DEAF_AT_MOST_MS)).toEqual([true]);
    expect((await play.finish()).flaws).toEqual([]);
  });
});
