import opus from '@discordjs/opus';
import { type Coding, type Recording, STRIDE } from '../speech.ts';
import { serve } from './serve.ts';

export interface BareRound {
  readonly coding: Coding;
  readonly speakers: number;
  readonly frames: number;
}

export type BareDecodeCalls = {
  readonly load: (recordings: Readonly<Record<Coding, Recording>>) => void;
  /** CPU time of one frame, in microseconds. */
  readonly round: (round: BareRound) => number;
};

const recordings = new Map<Coding, readonly Buffer[]>();
const decoders = new Map<string, opus.OpusEncoder[]>();

/** Only the decoder, one for each speaker, which every bot in Node needs. */
serve({
  load({ mono, stereo }) {
    recordings.set('mono', mono.map(asBuffer));
    recordings.set('stereo', stereo.map(asBuffer));
  },
  round({ coding, speakers, frames }) {
    const recording = recordings.get(coding) ?? [];
    const key = `${coding} ${speakers}`;
    const each = decoders.get(key) ?? Array.from({ length: speakers }, () => new opus.OpusEncoder(48_000, 1));
    decoders.set(key, each);
    const began = process.cpuUsage();
    for (let i = 0; i < frames; i++) {
      const who = i % speakers;
      const packet = recording[(who * STRIDE + Math.floor(i / speakers)) % recording.length];
      if (packet !== undefined) each[who]?.decode(packet);
    }
    const { user, system } = process.cpuUsage(began);
    return (user + system) / frames;
  },
} satisfies BareDecodeCalls);

function asBuffer(packet: Uint8Array): Buffer {
  return Buffer.from(packet);
}
