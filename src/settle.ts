import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back the memory that only the start needed: modules that were read, servers that Discord told of.
 *
 * V8 keeps twice of what lives at that moment, for hours when nothing happens: in 2,000 servers 100 MB. It stands still
 * meanwhile, 0.1 to 0.3 s, so this is for a moment in which nobody is heard yet.
 */
export function settle(): void {
  setFlagsFromString('--expose-gc');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
