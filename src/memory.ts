import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { quiet } from './core/log.ts';
import { loadNative } from './voice/native/native.ts';

const TRIM_EVERY_MS = 60_000;

const native = loadNative(quiet); // whoever needs it more says when it is missing

/**
 * Has malloc give memory back: 12 MB less from the start, and from then on every minute what is free between pieces in
 * use, a third of what 50 people who talk seem to take. It stands still for 1 to 3 ms meanwhile.
 */
export function spareMemory(): void {
  if (native === undefined) return;
  native.spareMemory();
  setInterval(trimMemory, TRIM_EVERY_MS).unref();
}

/** Gives back what is free between pieces of memory in use. */
export function trimMemory(): void {
  native?.trimMemory();
}

/**
 * Gives back the memory that only the start needed: modules that were read, servers that Discord told of.
 *
 * V8 keeps twice of what lives at that moment, for hours when nothing happens: in 2,000 servers 100 MB. It stands still
 * meanwhile, 0.1 to 0.3 s, so this is for a moment in which nobody is heard yet.
 */
export function settleMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  trimMemory();
}
