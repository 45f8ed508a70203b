import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { ClusterPlay } from '../../support/cluster/play.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const OLDER = process.env.OLDER_PARLEY; // the folder of an older version, with its node_modules and its addon
const NEW = join(import.meta.dirname, '../../../src/start.js');
const missing = await missingForCluster();

describe.skipIf(missing.length > 0 || OLDER === undefined)(
  'an update, one process after another (needs OLDER_PARLEY)',
  () => {
    it('has both versions serve side by side, also when an older one starts after the tables are new, and loses no word', {
      ...inRealTime,
      timeout: 180_000,
    }, async () => {
      const old = join(OLDER ?? '', 'src/start.js');
      await using play = await ClusterPlay.begin({
        shards: 2,
        meetings: 3,
        takeover: { closesWith: 4006, tells: 'all' },
        startFile: old,
      });
      const [a, b] = [...play.cluster.nodes.values()];
      if (!a || !b) throw new Error('There are no two processes');
      const moves = [];
      const replace = async (node: typeof a, startFile: string) => {
        await play.talkFor(3_000);
        moves.push(...(await play.stop(node)));
        await play.startAgain(node, startFile);
      };
      await replace(a, NEW);
      await replace(b, old); // a machine that is restarted in the middle of the update
      await replace(b, NEW);
      await replace(a, NEW);
      await play.talkFor(3_000);
      expect((await play.finish()).flaws).toEqual([]);
      expect(moves.length).toBeGreaterThanOrEqual(3);
    });
  },
);
