import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { nodeProblem } from '../src/node-24.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** The first Node of the machine itself that is too old for us: the one that `npm ci` installed is in node_modules. */
async function olderNode(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  for (const path of folders.map((folder) => join(folder, 'node')).filter((path) => existsSync(path))) {
    const { stdout } = await run(path, ['--version']);
    if (Number.parseInt(stdout.slice(1), 10) < 24) return path;
  }
  return undefined;
}

const older = await olderNode();

describe('a Node that is too old', () => {
  it.each([
    ['v20.20.2', 'darwin arm64', 'install it from https://nodejs.org'],
    ['v22.12.0', 'win32 arm64', 'install it from https://nodejs.org'],
    ['v18.0.0', 'linux x64', 'without --omit=optional'],
    ['v23.9.0', 'darwin x64', 'without --omit=optional'],
  ])('ends with a message that says how to get a newer one: %s on %s', (version, machine, how) => {
    expect(nodeProblem(version, machine)).toContain(how);
    expect(nodeProblem(version, machine)).toContain(version);
  });

  it.each(['v24.0.0', 'v24.21.0', 'v26.1.0'])('is not %s', (version) => {
    expect(nodeProblem(version, 'darwin arm64')).toBeUndefined();
  });

  it('is reported before anything else runs, by every script that runs our code', () => {
    const ours = Object.entries(manifest.scripts).filter(([, script]) => /\bnode\b/.test(script));
    expect(ours.length).toBeGreaterThan(5);
    const unguarded = ours.filter(([, script]) => !/--import \.\/src\/node-24\.js|src\/start\.js/.test(script));
    expect(unguarded.map(([name]) => name)).toEqual([]);
  });

  it.skipIf(older === undefined).each(['start', 'demo', 'test', 'postinstall'] as const)(
    'ends npm run %s with one sentence (needs an older Node on the PATH)',
    async (name) => {
      const words = manifest.scripts[name].split(' ').slice(1);
      // An old Node would refuse some of our options before it reads a line of our code: this test is not about that.
      const ending = run(
        older ?? '',
        words.filter((word) => word !== '--expose-gc'),
        { cwd: root },
      );
      await expect(ending).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^Parley needs Node 24 or newer, and this is v\d+\.\d+\.\d+\. [^\n]+\n$/),
      });
    },
  );
});
