import opus from '@discordjs/opus';
import { countOf, type PcmFrame, type VoiceFrame } from '../../src/core/pcm.ts';

/** Decodes one stream's frames, as whoever gets its packets passed on does; leaves others as they are. */
export class FrameDecoder {
  readonly #opus = new opus.OpusEncoder(48_000, 1);

  decode(frame: VoiceFrame): PcmFrame {
    const { packet, sampleRateHz, startMs } = frame;
    if (frame.samples !== undefined) return { ...frame, samples: frame.samples.slice() };
    if (packet === undefined) return { samples: new Int16Array(countOf(frame)), sampleRateHz, startMs };
    const made = this.#opus.decode(Buffer.from(packet));
    return { samples: new Int16Array(Uint8Array.from(made).buffer), sampleRateHz, startMs, packet };
  }
}
