/** The table "Audio formats" of the API document, written out by hand. */
export const AUDIO_FORMATS_OF_THE_DOCUMENT = {
  raw: ['pcm_s16le', 'pcm_f32le', 'pcm_f32be', 'pcm_s32le', 'pcm_s32be', 'mulaw', 'alaw'],
  containers: ['webm', 'mp3', 'aac', 'ogg', 'flac', 'wav'],
} as const;
