import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { native } from './support/native.ts';

/** Makes 20 MB of holes of 20 kB between pieces in use, and lets a minute pass. Returns how many MB were given back. */
const SCRIPT = `
  import { mock } from 'node:test';
  import { spareMemory } from './src/memory.ts';
  mock.timers.enable({ apis: ['setInterval'] });
  spareMemory();
  const pieces = Array.from({ length: 2_000 }, () => Buffer.allocUnsafeSlow(20_000).fill(1));
  globalThis.kept = pieces.filter((_, i) => i % 2 === 0);
  pieces.length = 0;
  gc();
  gc();
  const before = process.memoryUsage.rss();
  mock.timers.tick(60_000);
  console.log((before - process.memoryUsage.rss()) / 1e6);
`;

/** Lets programs go, and then uses much of Node. Prints how many kB of files were in memory. */
const FORGETTING = `
  import { readFileSync } from 'node:fs';
  import { settleMemory } from './src/memory.ts';
  const filesKb = () => Number(/RssFile:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  const before = filesKb();
  settleMemory();
  const after = filesKb();
  const words = new Function('return ["compiled", "and run again"].join(", ")')();
  console.log(JSON.stringify({ before, after, words }));
`;

describe.skipIf(native === undefined)('memory (skipped where there is no addon)', () => {
  it('that is free between pieces in use goes back to the system within a minute', async () => {
    const options = ['--expose-gc', '--input-type=module-typescript', '--eval', SCRIPT];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    expect(Number(stdout)).toBeGreaterThan(10);
  });

  it.skipIf(native?.forgetPrograms === undefined)(
    'of programs’ files goes back, and comes again when it is needed',
    async () => {
      const options = ['--input-type=module-typescript', '--eval', FORGETTING];
      const { stdout } = await promisify(execFile)(process.execPath, options);
      const { before, after, words } = JSON.parse(stdout) as { before: number; after: number; words: string };
      expect(before - after).toBeGreaterThan(5_000);
      expect(words).toBe('compiled, and run again');
    },
  );
});
