import { vi } from 'vitest';
import { quiet } from '../../src/core/log.ts';
import { decodingOf } from '../../src/voice/decoding/choose-decoding.ts';
import { loadNative } from '../../src/voice/index.ts';
import type { NativeVoice } from '../../src/voice/native/native.ts';

/** The addon as `npm ci` made it; `undefined` where there was no C compiler. */
export const native = loadNative(quiet);

/** Both ways in which packets become voice: the addon's, where there is one, and JavaScript's. */
export const WAYS = [
  ...(native ? [{ way: 'natively', native }] : []),
  { way: 'in JavaScript', native: undefined },
] as const;

/** And beside JavaScript, as while many people talk. */
export const WAYS_TO_DECODE = [...WAYS, ...(native ? [{ way: 'on a thread', native: busy(native) }] : [])] as const;

/** And not at all, as where packets are passed on. */
export const WAYS_TO_HEAR = [
  ...WAYS_TO_DECODE.map((way) => ({ ...way, isPassedOn: false })),
  { way: 'by packets that are passed on', native: undefined, isPassedOn: true },
] as const;

/** The addon, believing for good that a hundred people talk. */
export function busy(addon: NativeVoice): NativeVoice {
  const mine = { ...addon };
  const decoder = decodingOf(48_000, mine).createDecoder();
  const garbage = Buffer.from([0xfb, 1]); // 20 ms, by its looks
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  for (let i = 0; i < 5_000; i++) decoder.decode(garbage, () => {});
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers(); // no time passes for its timer any more
  return mine;
}
