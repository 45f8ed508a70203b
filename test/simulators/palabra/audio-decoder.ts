import opus from '@discordjs/opus';
import prism from 'prism-media';
import { OggInspector } from './ogg-inspector.ts';
import { BYTES_PER_SAMPLE, decodePcm } from './pcm-decoder.ts';
import type { PcmFormat, StreamRequest } from './stream-query.ts';
import { WavDecoder } from './wav-decoder.ts';

const OPUS_RATE_HZ = 48_000;

export interface HeardAudio {
  samples(samples: Int16Array, sampleRateHz: number): void;
  violation(what: string): void;
  undecodable(what: string): void;
}

/** Turns the bytes of a socket into samples. `write` calls back at once, or soon after for ogg and webm. */
export interface AudioDecoder {
  write(bytes: Buffer): void;
  end(): void;
}

/** @param isStrict - Ogg has to be as live streams are; recorded files may be of any kind */
export function audioDecoder(audio: StreamRequest['audio'], heard: HeardAudio, isStrict: boolean): AudioDecoder {
  switch (audio.format) {
    case 'wav':
      return wav(heard);
    case 'ogg': {
      const decoder = opusPackets(new prism.opus.OggDemuxer(), heard);
      return isStrict ? inspected(decoder, heard) : decoder;
    }
    case 'webm':
      return opusPackets(new prism.opus.WebmDemuxer(), heard);
    case 'mp3':
    case 'aac':
    case 'flac':
      return undecodable(audio.format, heard);
    default:
      return pcm(audio.format, audio.sampleRateHz, heard);
  }
}

function pcm(format: PcmFormat, sampleRateHz: number, heard: HeardAudio): AudioDecoder {
  let unread = Buffer.alloc(0);
  const size = BYTES_PER_SAMPLE[format];
  return {
    write(bytes) {
      if (bytes.length % size !== 0) heard.violation('a message ends inside a sample');
      const all = Buffer.concat([unread, bytes]);
      const whole = all.length - (all.length % size);
      unread = all.subarray(whole);
      heard.samples(decodePcm(all.subarray(0, whole), format), sampleRateHz);
    },
    end() {},
  };
}

function wav(heard: HeardAudio): AudioDecoder {
  const decoder = new WavDecoder();
  let isWrong = false;
  return {
    write(bytes) {
      if (isWrong) return;
      const decoded = decoder.decode(bytes);
      if ('wrong' in decoded) {
        isWrong = true;
        heard.violation(decoded.wrong);
      } else heard.samples(decoded.samples, decoded.sampleRateHz);
    },
    end() {},
  };
}

function opusPackets(demuxer: NodeJS.ReadWriteStream & { destroy(): void }, heard: HeardAudio): AudioDecoder {
  const decoder = new opus.OpusEncoder(OPUS_RATE_HZ, 1);
  demuxer.on('error', () => heard.violation('a container that cannot be read'));
  demuxer.on('data', (packet: Buffer) => {
    try {
      const decoded = decoder.decode(packet);
      heard.samples(decodePcm(decoded, 'pcm_s16le'), OPUS_RATE_HZ);
    } catch {
      heard.violation('an Opus packet that cannot be decoded'); // the next one may be fine
    }
  });
  return { write: (bytes) => void demuxer.write(bytes), end: () => demuxer.destroy() };
}

function inspected(decoder: AudioDecoder, heard: HeardAudio): AudioDecoder {
  const inspector = new OggInspector((what) => heard.violation(what));
  return {
    write(bytes) {
      inspector.inspect(bytes);
      decoder.write(bytes);
    },
    end: () => decoder.end(),
  };
}

function undecodable(format: string, heard: HeardAudio): AudioDecoder {
  let isReported = false;
  return {
    write() {
      if (!isReported) heard.undecodable(format);
      isReported = true;
    },
    end() {},
  };
}
