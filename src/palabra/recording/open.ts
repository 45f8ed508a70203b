import { type AudioFormat, type AudioParameters, isPcm } from '../format.ts';
import { ADTS } from './adts.ts';
import { ByteReader } from './byte-reader.ts';
import { detectFormat, TELLING_BYTES } from './detect.ts';
import { framedRecording } from './framed-recording.ts';
import { MP3 } from './mp3.ts';
import { oggRecording } from './ogg-recording.ts';
import { pcmRecording } from './pcm-recording.ts';
import { plainRecording } from './plain-recording.ts';
import { type Recording, RecordingError } from './recording.ts';
import { wavRecording } from './wav-recording.ts';

/** What is known about audio besides its bytes. */
export interface AboutAudio {
  readonly name?: string; // of the file
  readonly sizeBytes?: number;
  readonly durationMs?: number;
  readonly format?: AudioFormat; // instead of what the name and the first bytes say
  readonly sampleRateHz?: number;
}

const HEAD_BYTES = 64 * 1024; // enough for every header that tells a bit rate
const USUAL_BYTES_PER_MS = { flac: 88, webm: 16 }; // when nothing tells: 16 bits of stereo at half size; Opus

/**
 * Opens audio in any of the recogniser's formats.
 *
 * @throws {RecordingError} when it is not such audio, or not enough is known about it
 */
export async function openRecording(source: AsyncIterable<Uint8Array>, about: AboutAudio): Promise<Recording> {
  const reader = new ByteReader(source);
  const head = await reader.peek(TELLING_BYTES);
  if (head.length === 0) throw new RecordingError('There is no audio in it: it is empty.');
  const format = about.format ?? detectFormat(head, about.name);
  if (format === undefined) {
    throw new RecordingError(
      'It is not clear which audio format this is: name it, or use WAV, Ogg, MP3 or FLAC.',
      'unknown-format',
    );
  }
  if (format === 'mp4') {
    throw new RecordingError(
      'The recogniser does not take MP4 or M4A: convert it, for example to MP3 or Ogg.',
      'unsupported-format',
    );
  }
  if (isPcm(format)) return pcmRecording(reader, pcmParameters(format, about.sampleRateHz), about.sizeBytes);
  if (about.sampleRateHz !== undefined) {
    throw new RecordingError(`A sample rate is only for raw PCM: ${format} holds its own.`);
  }
  switch (format) {
    case 'wav':
      return await wavRecording(reader);
    case 'mp3':
      return await framedRecording(reader, MP3, about.durationMs);
    case 'aac':
      return await framedRecording(reader, ADTS, about.durationMs);
    case 'ogg':
      return await oggRecording(reader, about.durationMs);
    case 'flac':
    case 'webm':
      if (detectFormat(head, undefined) !== format) throw new RecordingError(`This is not a ${format} file.`);
      return plainRecording(reader, format, await bytesPerMs(reader, format, about), about.durationMs);
  }
}

function pcmParameters(
  format: Extract<AudioFormat, Parameters<typeof pcmRecording>[1]['format']>,
  sampleRateHz: number | undefined,
): Parameters<typeof pcmRecording>[1] {
  if (format === 'pcm_s16le') return sampleRateHz === undefined ? { format } : { format, sampleRateHz };
  if (sampleRateHz === undefined) throw new RecordingError(`Raw ${format} needs its sample rate.`);
  return { format, sampleRateHz } satisfies AudioParameters;
}

async function bytesPerMs(reader: ByteReader, format: 'flac' | 'webm', about: AboutAudio): Promise<number> {
  const { sizeBytes, durationMs } = about;
  if (sizeBytes !== undefined && durationMs !== undefined && durationMs > 0) return sizeBytes / durationMs;
  try {
    const { parseBuffer } = await import('music-metadata'); // only who reads files needs it
    const { bitrate } = (await parseBuffer(await reader.peek(HEAD_BYTES))).format;
    if (bitrate !== undefined && bitrate > 0) return bitrate / 8000;
  } catch {
    // The head alone may not be enough; the usual speed is near enough for pacing.
  }
  return USUAL_BYTES_PER_MS[format];
}
