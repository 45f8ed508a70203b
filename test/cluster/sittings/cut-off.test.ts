import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { canBeApart } from '../../support/cluster/apart.ts';
import { missingForCluster } from '../../support/cluster/missing.ts';
import { inRealTime } from '../../support/real-time/in-real-time.ts';

const run = promisify(execFile);
const missing = await missingForCluster();

// Packets can be dropped only in a network of our own, and only a process begins in one: so this plays the script.
describe.skipIf(missing.length > 0 || !canBeApart())('a process of a cluster that is cut off', () => {
  it.each(['Redis', 'Discord', 'everything'])(
    'from %s: no word is lost without notice, and nothing is done twice',
    {
      ...inRealTime,
      timeout: 180_000,
    },
    async (what) => {
      const words = ['--import', './src/node-24.js', 'scripts/crash.ts', '--cluster', '--rounds', '1'];
      const played = await run(process.execPath, [...words, '--only', `cut off from ${what}`]).catch(
        (error: unknown) => error,
      );
      expect(played).toMatchObject({ stdout: expect.stringContaining('✓ Nothing was lost') });
    },
  );
});
