import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const adapters = ['voice', 'palabra', 'discord', 'minutes', 'storage', 'summary', 'webhook', 'web'];

/** The room of the house a file stands in: `core`, an adapter, `commands`, or `main` for src's own files. */
function roomOf(path: string): string {
  const [top, second, third] = path.split('/');
  if (top === 'commands') return 'commands';
  return third === undefined ? 'main' : (second ?? 'main');
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, to]) =>
    relative(root, resolve(root, dirname(path), to ?? '')),
  );
}

const files = ['src', 'commands'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(top, name)),
);

/** Rooms that a room may import from besides itself. */
function allowedFrom(room: string): readonly string[] {
  if (room === 'main') return ['core', 'i18n', ...adapters, 'commands', 'main'];
  if (room === 'commands') return ['core', 'i18n', 'discord', 'minutes'];
  // Sentences are a shelf beside the core: every room that speaks to people may take from it.
  if (room === 'i18n') return [];
  return room === 'core' ? [] : ['core', 'i18n'];
}

describe('the layers of the house', () => {
  it('finds files to look at', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('%s imports only from rooms below its own', (path) => {
    const room = roomOf(path);
    const strangers = importsOf(path).filter((to) => roomOf(to) !== room && !allowedFrom(room).includes(roomOf(to)));
    expect(strangers).toEqual([]);
  });
});
