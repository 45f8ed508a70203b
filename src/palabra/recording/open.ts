import { type AudioFormat, type AudioParameters, type Container, isContainer, isPcm } from '../sockets/format.ts';
import { ByteReader } from './byte-reader.ts';
import { detectFormat, FORMAT_BYTES } from './detect.ts';
import { ADTS } from './framed/adts.ts';
import { MP3 } from './framed/mp3.ts';
import { framedRecording } from './framed/recording.ts';
import { oggRecording } from './ogg/recording.ts';
import { pcmRecording } from './pcm-recording.ts';
import { plainRecording } from './plain-recording.ts';
import { type Recording, RecordingError } from './recording.ts';
import { skipTags } from './tags.ts';
import { wavRecording } from './wav-recording.ts';

/** Facts about audio besides its bytes. */
export interface AboutAudio {
  readonly name?: string; // the file's name
  readonly sizeBytes?: number;
  readonly durationMs?: number;
  readonly format?: AudioFormat; // overrides the name and the first bytes
  readonly sampleRateHz?: number;
}

const PORTION_BYTES = 64 * 1024;
/**
 * The bytes of a millisecond where no header says. Too slow rather than too fast: the recogniser does not transcribe
 * audio that is rushed.
 */
const USUAL_BYTES_PER_MS: Readonly<Record<Container, number>> = {
  aac: 16, // 128 kbit/s
  flac: 88, // 16 bits of stereo at half size
  mp3: 16,
  ogg: 4, // a voice message
  wav: 32, // 16 bits of one channel at 16,000 Hz
  webm: 16,
};

/**
 * The format of audio: by its first bytes, and by its name where these do not say.
 *
 * @throws {RecordingError} when the recogniser does not accept it
 */
export function formatOf(head: Uint8Array, about: AboutAudio): AudioFormat {
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
  if (isContainer(format) && !isFramed(format) && detectFormat(head, undefined) !== format) {
    throw new RecordingError(`This is not a ${format} file.`);
  }
  return format;
}

/** MP3 and AAC are rows of frames, and something else may come before the first one. */
function isFramed(format: Container): boolean {
  return format === 'mp3' || format === 'aac';
}

/**
 * Opens audio in any of the recogniser's formats.
 *
 * @throws {RecordingError} when it is not such audio, or too little is known about it
 */
export async function openRecording(source: AsyncIterable<Uint8Array>, aboutAll: AboutAudio): Promise<Recording> {
  const reader = new ByteReader(source);
  const start = await reader.peek(FORMAT_BYTES);
  // The bytes behind a tag decide; where they do not say, it is MP3, as most tags are before MP3.
  const tagBytes = aboutAll.format === undefined ? await skipTags(reader) : 0;
  const { sizeBytes } = aboutAll;
  const about = sizeBytes === undefined ? aboutAll : { ...aboutAll, sizeBytes: sizeBytes - tagBytes };
  const format = formatOf(await identifyingHead(reader, start, tagBytes > 0), about);
  if (isPcm(format)) return pcmRecording(reader, pcmParameters(format, about.sampleRateHz), about.sizeBytes);
  if (about.sampleRateHz !== undefined) {
    throw new RecordingError(`A sample rate is only for raw PCM: ${format} holds its own.`);
  }
  return await openContainer(reader, format, about);
}

/** The bytes that identify the format: those behind the tags, unless only the tag identifies it. */
async function identifyingHead(reader: ByteReader, start: Uint8Array, isTagged: boolean): Promise<Uint8Array> {
  const head = await reader.peek(FORMAT_BYTES);
  const isTelling = !isTagged || head.length === 0 || detectFormat(head, undefined) !== undefined;
  return isTelling ? head : start;
}

async function openContainer(reader: ByteReader, format: Container, about: AboutAudio): Promise<Recording> {
  switch (format) {
    case 'wav':
      return await wavRecording(reader, about.sizeBytes);
    case 'mp3':
      return await framedRecording(reader, MP3, about.durationMs);
    case 'aac':
      return await framedRecording(reader, ADTS, about.durationMs);
    case 'ogg':
      return await oggRecording(reader, about.durationMs);
    case 'flac':
    case 'webm':
      return plainRecording(reader, format, bytesPerMs(format, about), about.durationMs);
  }
}

/** A container that was not surveyed: passed on as it is, at a usual speed. */
export function unreadRecording(bytes: Uint8Array, format: Container): Recording {
  return plainRecording(new ByteReader(inCopies(bytes)), format, USUAL_BYTES_PER_MS[format]);
}

/** Copies each portion, as the file's memory may be shared with a thread. */
async function* inCopies(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PORTION_BYTES) yield new Uint8Array(bytes.subarray(at, at + PORTION_BYTES));
}

export async function* inOnePortion(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function pcmParameters(
  format: Extract<AudioFormat, Parameters<typeof pcmRecording>[1]['format']>,
  sampleRateHz: number | undefined,
): Parameters<typeof pcmRecording>[1] {
  if (format === 'pcm_s16le') return sampleRateHz === undefined ? { format } : { format, sampleRateHz };
  if (sampleRateHz === undefined) throw new RecordingError(`Raw ${format} needs its sample rate.`);
  return { format, sampleRateHz } satisfies AudioParameters;
}

function bytesPerMs(format: Container, { sizeBytes, durationMs }: AboutAudio): number {
  const isKnown = sizeBytes !== undefined && durationMs !== undefined && durationMs > 0;
  return isKnown ? sizeBytes / durationMs : USUAL_BYTES_PER_MS[format];
}
