/**
 * Texts as sound and back: `speak` gives each byte of a text as tones, and `SpeechReader` reads them, as a recogniser does.
 *
 * A sound that is lost, doubled, swapped or shifted shows in the text that is read, and in its times. `encodeSpeech` gives the
 * same as Opus packets; `oggFile`, `webmFile`, `wavFile` and `encodePcm` put it into the formats in which people have recordings.
 */
export { characterErrors } from './character-errors.ts';
export { encodePcm, type PcmEncoding } from './encode-pcm.ts';
export { oggFile } from './ogg-file.ts';
export { encodeSpeech, type SpeechCoding } from './opus.ts';
export { type EndedEvent, type ReaderEvent, SpeechReader } from './reader.ts';
export { speak, spokenDurationMs, spokenWords } from './speak.ts';
export { type WavLayout, wavFile } from './wav-file.ts';
export { webmFile } from './webm-file.ts';
