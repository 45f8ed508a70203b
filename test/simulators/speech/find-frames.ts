import { PILOTS } from './alphabet.ts';
import { strongest, type ToneFrame, type ToneMeter } from './tone-meter.ts';

const PROBED_FRAMES = 4;
const EARLIEST_MS = -4; // the energy may be noticed late ...
const LATEST_MS = 16; // ... and speech that is cut into begins anywhere in a frame

const CLEAR_PURITY = 0.45; // a frame of which the first or last 55 % is missing
const CLEAR_BALANCE = 0.005; // after a lost packet Opus may give a tone far too little
export const AUDIBLE_POWER = 1e-4; // -40 dBFS

/** How much audio `findFrames` looks at from where it starts. */
export const PROBED_MS = LATEST_MS + PROBED_FRAMES * 20;

/** Whether it is speech, and enough of it to go by. */
export function isClear({ power, purity, balance }: ToneFrame): boolean {
  return power > AUDIBLE_POWER && purity > CLEAR_PURITY && balance > CLEAR_BALANCE;
}

/**
 * Finds where 20 ms frames of speech begin near a rise of energy, to about half a millisecond.
 *
 * A pilot is strongest when the measured frame is exactly its own.
 *
 * @returns the start of the first frame and its pilot; `undefined` when it is not speech
 */
export function findFrames(
  meter: ToneMeter,
  samples: Float64Array,
  rise: number,
): { start: number; pilot: number } | undefined {
  const stepSamples = meter.frameSamples / 40; // 0.5 ms
  let best = { score: 0, start: rise, step: 0 };
  const lastStep = LATEST_MS * 2;
  for (let step = EARLIEST_MS * 2; step <= lastStep; step++) {
    const start = rise + Math.round(step * stepSamples);
    if (start < 0) continue;
    let score = 0;
    for (let i = 0; i < PROBED_FRAMES; i++) {
      score += Math.max(...meter.pilotsAt(samples, start + i * meter.frameSamples));
    }
    if (score > best.score * 1.001) best = { score, start, step };
  }
  if (best.step === lastStep) return undefined; // the true place is further on
  let clear = 0;
  let first = -1;
  let disagree = 0;
  for (let i = 0; i < PROBED_FRAMES; i++) {
    const frame = meter.measure(samples, best.start + i * meter.frameSamples);
    if (!isClear(frame)) continue;
    const pilotThen = (strongest(frame.pilots) - i + PILOTS) % PILOTS;
    if (first === -1) first = pilotThen;
    else if (pilotThen !== first) disagree++;
    clear++;
  }
  return clear - disagree >= 2 ? { start: best.start, pilot: first } : undefined;
}
