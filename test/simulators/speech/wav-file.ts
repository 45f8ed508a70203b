import { encodePcm } from './encode-pcm.ts';

const CODINGS = {
  pcm_s16le: { tag: 1, bytes: 2 },
  pcm_s32le: { tag: 1, bytes: 4 },
  pcm_f32le: { tag: 3, bytes: 4 },
  alaw: { tag: 6, bytes: 1 },
  mulaw: { tag: 7, bytes: 1 },
} as const;

export interface WavLayout {
  readonly sampleRateHz: number;
  readonly channels?: number; // all the same
  readonly coding?: keyof typeof CODINGS;
  readonly dataBytes?: number; // what the header says, when it is not the truth: 0xffffffff in a stream
}

/** A WAV file of one voice. */
export function wavFile(samples: Int16Array, layout: WavLayout): Buffer {
  const { sampleRateHz, channels = 1, coding = 'pcm_s16le' } = layout;
  const { tag, bytes } = CODINGS[coding];
  const copies = Int16Array.from(
    { length: samples.length * channels },
    (_, i) => samples[Math.floor(i / channels)] ?? 0,
  );
  const data = encodePcm(copies, coding);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * channels * bytes, 28);
  header.writeUInt16LE(channels * bytes, 32);
  header.writeUInt16LE(bytes * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(layout.dataBytes ?? data.length, 40);
  return Buffer.concat([header, data]);
}
