import type { PcmFormat } from './stream-query.ts';

export const BYTES_PER_SAMPLE: Readonly<Record<PcmFormat, number>> = {
  pcm_s16le: 2,
  pcm_f32le: 4,
  pcm_f32be: 4,
  pcm_s32le: 4,
  pcm_s32be: 4,
  mulaw: 1,
  alaw: 1,
};

/** Turns raw PCM of any kind into 16-bit samples. `bytes` must hold whole samples. */
export function decodePcm(bytes: Buffer, format: PcmFormat): Int16Array {
  if (format === 'pcm_s16le') return decodeNative(bytes);
  const size = BYTES_PER_SAMPLE[format];
  const samples = new Int16Array(Math.floor(bytes.length / size));
  for (let i = 0; i < samples.length; i++) samples[i] = decodeSample(bytes, i * size, format);
  return samples;
}

/** The usual case is fast: every machine this runs on is little-endian. */
function decodeNative(bytes: Buffer): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / 2));
  new Uint8Array(samples.buffer).set(bytes.subarray(0, samples.byteLength));
  return samples;
}

function decodeSample(bytes: Buffer, at: number, format: Exclude<PcmFormat, 'pcm_s16le'>): number {
  switch (format) {
    case 'pcm_s32le':
      return bytes.readInt32LE(at) >> 16;
    case 'pcm_s32be':
      return bytes.readInt32BE(at) >> 16;
    case 'pcm_f32le':
      return fromFloat(bytes.readFloatLE(at));
    case 'pcm_f32be':
      return fromFloat(bytes.readFloatBE(at));
    case 'mulaw':
      return fromMulaw(bytes.readUInt8(at));
    case 'alaw':
      return fromAlaw(bytes.readUInt8(at));
  }
}

function fromFloat(value: number): number {
  return Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
}

/** ITU-T G.711: the byte is inverted; sign, 3 bits of exponent, 4 of mantissa, a bias of 132. */
function fromMulaw(coded: number): number {
  const byte = ~coded & 0xff;
  const magnitude = ((((byte & 0x0f) << 3) + 132) << ((byte >> 4) & 7)) - 132;
  return byte & 0x80 ? -magnitude : magnitude;
}

/** ITU-T G.711: every second bit is inverted; a set sign bit means positive. */
function fromAlaw(coded: number): number {
  const byte = coded ^ 0x55;
  const exponent = (byte >> 4) & 7;
  const mantissa = ((byte & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return byte & 0x80 ? magnitude : -magnitude;
}
