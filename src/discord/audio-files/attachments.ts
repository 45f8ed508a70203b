import type { Attachment } from 'discord.js';
import type { AudioSource } from '../../core/audio/desk.ts';
import { downloadAttachment } from './download.ts';

const AUDIO_ENDING = /\.(aac|adts|flac|m4a|mp3|oga|ogg|opus|wav|wave|weba|webm)$/i;
/** Types of files with audio, as Discord guesses them from their names. */
const AUDIO_TYPE = /^(audio\/|application\/ogg|video\/(ogg|webm))/i;

/** The files that hold audio, in the order of the message; the recogniser has the last word. */
export function audioAmong(attachments: Iterable<Attachment>, apiUrl: string): AudioSource[] {
  return [...attachments].filter(isAudio).map(({ name, size, duration, url }) => ({
    name,
    sizeBytes: size,
    ...(duration === null ? undefined : { statedMs: duration * 1000 }),
    load: (maxBytes, signal) => downloadAttachment(url, apiUrl, maxBytes, signal),
  }));
}

function isAudio({ name, contentType, waveform }: Attachment): boolean {
  return waveform !== null || AUDIO_TYPE.test(contentType ?? '') || AUDIO_ENDING.test(name);
}
