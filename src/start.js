import './node-24.js'; // first, as older Nodes cannot run the rest: it explains what to do, and ends
import { lstatSync, mkdirSync } from 'node:fs';
import module from 'node:module';

// First of all: nobody else may read what the bot writes from here on, its databases above all.
process.umask(0o077);

const folder = process.env.NODE_COMPILE_CACHE || ownFolder('data', 'data/.cache');
// This file is not TypeScript: without a cache, Node would load its type stripper for it, and keep its 15 MB for good.
if (folder !== undefined) module.enableCompileCache(folder);
await import('./main.ts');

/**
 * The folder of the compile cache. Its code is run, so the cache is kept where nobody else can write, and not in the
 * system's shared folder. Where that is impossible, as in a read-only container, there is no cache: the bot starts half
 * a second later.
 *
 * @param {string[]} folders - each within the one before
 */
function ownFolder(...folders) {
  try {
    for (const path of folders) mkdirSync(path, { recursive: true });
    return folders.every(isOurs) ? folders.at(-1) : undefined;
  } catch {
    return undefined;
  }
}

/** Windows has other access rights, and no user ids. */
function isOurs(/** @type {string} */ path) {
  const { mode, uid } = lstatSync(path);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}
