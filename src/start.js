import './node-24.js'; // before anything that an older Node does not have: it says so in words, and ends
import { lstatSync, mkdirSync } from 'node:fs';
import module from 'node:module';

// First of all: whatever the bot writes from here on, databases above all, is nobody else's to read.
process.umask(0o077);

const folder = process.env.NODE_COMPILE_CACHE || ownFolder('data', 'data/.cache');
// Not TypeScript: what Node strips of its types before there is a cache takes the stripper into memory, for good. It is 15 MB.
if (folder !== undefined) module.enableCompileCache(folder);
await import('./main.ts');

/**
 * What is compiled is run, so it is kept where nobody else can write, and not in the system's shared folder. Where that
 * cannot be, as in a container that can only be read, nothing is kept: the bot starts half a second later.
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

/** Windows keeps apart who may what in another way, and says so by no user number. */
function isOurs(/** @type {string} */ path) {
  const { mode, uid } = lstatSync(path);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}
