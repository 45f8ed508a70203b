import { quiet } from '../../src/core/log.ts';
import { loadNative } from '../../src/voice/index.ts';

/** The addon as `npm ci` made it; `undefined` where there was no C compiler. */
export const native = loadNative(quiet);

/** Both ways in which packets become voice: the addon's, where there is one, and JavaScript's. */
export const WAYS = [
  ...(native ? [{ way: 'natively', native }] : []),
  { way: 'in JavaScript', native: undefined },
] as const;
