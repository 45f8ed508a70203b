import { describe, expect, it } from 'vitest';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const DEAF_AT_MOST_MS = 2_000;
const missing = await missingForCluster();

describe.skipIf(missing.length > 0)('a rolling restart of a cluster while people talk', () => {
  it('of six people in three servers costs each meeting at most two seconds a move, and no word that was said outside of them', {
    ...inRealTime,
    timeout: 120_000,
  }, async () => {
    await using play = await ClusterPlay.begin({
      shards: 2,
      meetings: 3, // of two people each
      takeover: { closesWith: 4014, tells: 'asker' },
    });
    await play.talkFor(3_000);
    const moves = [];
    for (const node of play.cluster.nodes.values()) {
      moves.push(...(await play.stop(node)));
      await play.startAgain(node);
    }
    await play.talkFor(2_000);
    expect((await play.finish()).flaws).toEqual([]);
    expect(moves.map(({ deafForMs }) => deafForMs).filter((ms) => ms > DEAF_AT_MOST_MS)).toEqual([]);
    expect(moves.length).toBeGreaterThanOrEqual(3);
  });
});
