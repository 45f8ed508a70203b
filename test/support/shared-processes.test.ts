import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// A process that runs many files loads a module once.

it('a helper of tests registers no hook when it is loaded: it would serve the first file alone', () => {
  const helpers = globSync('test/**/*.ts', {
    exclude: ['test/**/*.test.ts', 'test/**/*.played.ts', 'test/support/real-time/in-real-time.ts'], // each its own process
  });
  const hooking = helpers.filter((file) => /^(before|after)(All|Each)\(/m.test(readFileSync(file, 'utf8')));
  expect(helpers).not.toHaveLength(0);
  expect(hooking).toEqual([]);
});

it('a test puts nothing in the place of a module, which another file may have loaded before', () => {
  const mocking = globSync('test/**/*.test.ts').filter((file) =>
    /^ *vi\.(do)?[mM]ock\(/m.test(readFileSync(file, 'utf8')),
  );
  expect(mocking).toEqual([]);
});
