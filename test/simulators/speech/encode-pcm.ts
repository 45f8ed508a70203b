export type PcmEncoding = 'pcm_s16le' | 'pcm_f32le' | 'pcm_f32be' | 'pcm_s32le' | 'pcm_s32be' | 'mulaw' | 'alaw';

/** Samples as the bytes of a raw PCM format of the API document. */
export function encodePcm(samples: Int16Array, encoding: PcmEncoding): Buffer {
  const size = encoding === 'pcm_s16le' ? 2 : encoding === 'mulaw' || encoding === 'alaw' ? 1 : 4;
  const bytes = Buffer.alloc(samples.length * size);
  for (const [i, sample] of samples.entries()) write(bytes, i * size, sample, encoding);
  return bytes;
}

function write(bytes: Buffer, at: number, sample: number, encoding: PcmEncoding): void {
  switch (encoding) {
    case 'pcm_s16le':
      bytes.writeInt16LE(sample, at);
      break;
    case 'pcm_s32le':
      bytes.writeInt32LE(sample * 65_536, at);
      break;
    case 'pcm_s32be':
      bytes.writeInt32BE(sample * 65_536, at);
      break;
    case 'pcm_f32le':
      bytes.writeFloatLE(sample / 32_768, at);
      break;
    case 'pcm_f32be':
      bytes.writeFloatBE(sample / 32_768, at);
      break;
    case 'mulaw':
      bytes.writeUInt8(toMulaw(sample), at);
      break;
    case 'alaw':
      bytes.writeUInt8(toAlaw(sample), at);
      break;
  }
}

/** ITU-T G.711. */
function toMulaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

/** ITU-T G.711. */
function toAlaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32_767);
  const exponent = Math.max(0, Math.floor(Math.log2(Math.max(1, magnitude))) - 7);
  const mantissa = (magnitude >> (exponent === 0 ? 4 : exponent + 3)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
}
