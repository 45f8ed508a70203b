import { BYTES_PER_SAMPLE, decodePcm } from './pcm-decoder.ts';
import type { PcmFormat } from './stream-query.ts';

interface WavFormat {
  readonly pcm: PcmFormat;
  readonly channels: number;
  readonly sampleRateHz: number;
}

/** Reads a WAV file as it arrives. As decoders do, it hears no more than the header promises. */
export class WavDecoder {
  #unread = Buffer.alloc(0);
  #format: WavFormat | undefined;
  #dataBytesLeft: number | undefined; // infinite in a stream whose length nobody knew

  /**
   * @returns one channel of audio, or what is wrong with the file
   */
  decode(bytes: Buffer): { readonly samples: Int16Array; readonly sampleRateHz: number } | { readonly wrong: string } {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    if (this.#dataBytesLeft === undefined) {
      const wrong = this.#readHeader();
      if (wrong !== undefined) return { wrong };
    }
    if (this.#dataBytesLeft === undefined || this.#format === undefined) {
      return { samples: new Int16Array(), sampleRateHz: 48_000 };
    }
    const { pcm, channels, sampleRateHz } = this.#format;
    const blockBytes = BYTES_PER_SAMPLE[pcm] * channels;
    if (this.#dataBytesLeft < blockBytes && this.#unread.length > 1) return { wrong: 'audio after the end of the WAV' };
    const usable = Math.min(this.#unread.length, this.#dataBytesLeft);
    const wholeBytes = usable - (usable % blockBytes);
    const interleaved = decodePcm(this.#unread.subarray(0, wholeBytes), pcm);
    this.#unread = this.#unread.subarray(wholeBytes);
    this.#dataBytesLeft -= wholeBytes;
    return { samples: mixDown(interleaved, channels), sampleRateHz };
  }

  /** Returns what is wrong with it; the header may need more bytes. */
  #readHeader(): string | undefined {
    const file = this.#unread;
    if (file.length < 12) return undefined;
    if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') return 'not a WAV file';
    for (let at = 12; at + 8 <= file.length; ) {
      const name = file.toString('latin1', at, at + 4);
      const size = file.readUInt32LE(at + 4);
      if (name === 'data') {
        if (this.#format === undefined) return 'a WAV file without a known format';
        this.#dataBytesLeft = size === 0 || size >= 0x7fff_0000 ? Number.POSITIVE_INFINITY : size;
        this.#unread = file.subarray(at + 8);
        return undefined;
      }
      if (at + 8 + size > file.length) return undefined;
      if (name === 'fmt ') this.#format = readFormat(file.subarray(at + 8, at + 8 + size));
      at += 8 + size + (size % 2);
    }
    return undefined;
  }
}

function readFormat(chunk: Buffer): WavFormat | undefined {
  if (chunk.length < 16) return undefined;
  const coding =
    chunk.readUInt16LE(0) === 0xfffe && chunk.length >= 26 ? chunk.readUInt16LE(24) : chunk.readUInt16LE(0);
  const bits = chunk.readUInt16LE(14);
  const pcm = { '1/16': 'pcm_s16le', '1/32': 'pcm_s32le', '3/32': 'pcm_f32le', '6/8': 'alaw', '7/8': 'mulaw' } as const;
  const name = `${coding}/${bits}`;
  const known = Object.entries(pcm).find(([key]) => key === name)?.[1];
  const channels = chunk.readUInt16LE(2);
  if (known === undefined || channels === 0) return undefined;
  return { pcm: known, channels, sampleRateHz: chunk.readUInt32LE(4) };
}

function mixDown(interleaved: Int16Array, channels: number): Int16Array {
  if (channels === 1) return interleaved;
  return Int16Array.from({ length: interleaved.length / channels }, (_, i) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += interleaved[i * channels + channel] ?? 0;
    return Math.round(sum / channels);
  });
}
