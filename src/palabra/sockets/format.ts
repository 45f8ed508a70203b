/** Raw samples: the request has to state their rate (for `pcm_s16le` only when it is not 16,000 Hz). */
export const PCM_ENCODINGS = [
  'pcm_s16le',
  'pcm_f32le',
  'pcm_f32be',
  'pcm_s32le',
  'pcm_s32be',
  'mulaw',
  'alaw',
] as const;
/** Containers: their headers state the rate. */
export const CONTAINERS = ['webm', 'mp3', 'aac', 'ogg', 'flac', 'wav'] as const;

export type PcmEncoding = (typeof PCM_ENCODINGS)[number];
export type Container = (typeof CONTAINERS)[number];
export type AudioFormat = PcmEncoding | Container;

/** The audio as the request describes it. The types enforce the API document's rule about `sample_rate`. */
export type AudioParameters =
  | { readonly format: 'pcm_s16le'; readonly sampleRateHz?: number } // missing: 16,000 Hz
  | { readonly format: Exclude<PcmEncoding, 'pcm_s16le'>; readonly sampleRateHz: number }
  | { readonly format: Container };

export const DEFAULT_PCM_RATE_HZ = 16_000;

export function isPcm(format: string): format is PcmEncoding {
  return PCM_ENCODINGS.some((known) => known === format);
}

export function isContainer(format: string): format is Container {
  return CONTAINERS.some((known) => known === format);
}

export function bytesPerSample(encoding: PcmEncoding): number {
  switch (encoding) {
    case 'mulaw':
    case 'alaw':
      return 1;
    case 'pcm_s16le':
      return 2;
    case 'pcm_f32le':
    case 'pcm_f32be':
    case 'pcm_s32le':
    case 'pcm_s32be':
      return 4;
  }
}

/** Silence in an encoding: a zero sample of G.711 is not a zero byte. */
export function silentBytes(encoding: PcmEncoding, samples: number): Uint8Array {
  const bytes = new Uint8Array(samples * bytesPerSample(encoding));
  if (encoding === 'mulaw') bytes.fill(0xff);
  if (encoding === 'alaw') bytes.fill(0xd5);
  return bytes;
}
