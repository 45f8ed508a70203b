/** Root mean square of a sample that may be speech: -54 dBFS, under quiet speech, over Discord's comfort noise. */
const GATE_RMS = 65;
const STRIDE = 5; // every fifth sample tells the energy as well, at a fifth of the cost; odd, so that no tone hides

/** Whether a frame is loud enough to be speech. */
export function isLoud(samples: Int16Array): boolean {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < samples.length; i += STRIDE) {
    const sample = samples[i] ?? 0;
    sum += sample * sample;
    count += 1;
  }
  return sum > GATE_RMS * GATE_RMS * count;
}
