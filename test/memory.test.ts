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

describe.skipIf(native === undefined)('memory (skipped where there is no addon)', () => {
  it('that is free between pieces in use goes back to the system within a minute', async () => {
    const options = ['--expose-gc', '--input-type=module-typescript', '--eval', SCRIPT];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    expect(Number(stdout)).toBeGreaterThan(10);
  });
});
