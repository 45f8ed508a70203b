import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { quiet } from './core/log.ts';
import { loadNative } from './voice/native/native.ts';

const TRIM_EVERY_MS = 60_000;

const native = loadNative(quiet); // another caller logs when it is missing

/**
 * Makes malloc give memory back: 12 MB from the start, and then every minute all memory that is free between pieces in
 * use, which is a third of what the process holds while 50 people talk. This blocks for 1 to 3 ms each time.
 */
export function spareMemory(): void {
  if (native === undefined) return;
  native.spareMemory();
  setInterval(trimMemory, TRIM_EVERY_MS).unref();
}

/** Gives back memory that is free between pieces in use. */
export function trimMemory(): void {
  native?.trimMemory();
}

/**
 * Gives back the memory that only the start needed, for loading modules and for Discord's list of servers.
 *
 * Otherwise V8 keeps twice the memory that is in use then, for hours when nothing happens: with 2,000 servers 100 MB.
 * This blocks for 0.1 to 0.3 s, so it is for a moment in which nobody is heard yet.
 */
export function settleMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  trimMemory();
  native?.forgetPrograms?.(); // half of what Node has in memory of its own program only the start needed
}
