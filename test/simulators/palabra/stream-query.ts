import { LANGUAGES } from './languages.ts';

const PCM_FORMATS = ['pcm_s16le', 'pcm_f32le', 'pcm_f32be', 'pcm_s32le', 'pcm_s32be', 'mulaw', 'alaw'] as const;
const CONTAINER_FORMATS = ['webm', 'mp3', 'aac', 'ogg', 'flac', 'wav'] as const;
export type PcmFormat = (typeof PCM_FORMATS)[number];
type ContainerFormat = (typeof CONTAINER_FORMATS)[number];

const PARAMETERS = ['token', 'format', 'sample_rate', 'language', 'translate_languages', 'enable_filler_filter'];
const IMPLIED_SAMPLE_RATE_HZ = 16_000;

/** What a client asked for in the socket's URL. */
export interface StreamRequest {
  readonly audio:
    | { readonly format: PcmFormat; readonly sampleRateHz: number }
    | { readonly format: ContainerFormat; readonly sampleRateHz?: never };
  readonly language: string; // or 'auto'
  readonly translateTo: readonly string[];
  readonly fillerFilter: boolean;
}

export interface ReadQuery {
  readonly request: StreamRequest | { readonly refusal: string };
  readonly violations: readonly string[];
}

/** Reads the query by the letter of the API document. A refusal is answered with 400 and the sentence. */
export function readQuery(query: URLSearchParams): ReadQuery {
  const violations: string[] = [];
  for (const name of new Set(query.keys())) {
    if (!PARAMETERS.includes(name)) violations.push(`unknown query parameter: ${name}`);
    if (query.getAll(name).length > 1) violations.push(`query parameter given twice: ${name}`);
  }
  const refuse = (refusal: string): ReadQuery => ({ request: { refusal }, violations });

  const audio = readAudio(query.get('format'), query.get('sample_rate'), violations);
  if ('refusal' in audio) return refuse(audio.refusal);

  const language = query.get('language') ?? 'auto';
  const supported = `Supported languages: ${LANGUAGES.join(', ')}`;
  if (language !== 'auto' && !LANGUAGES.includes(language)) {
    return refuse(`Language '${language}' is not supported. ${supported}, auto`);
  }
  const translateTo = query.get('translate_languages')?.split(',') ?? [];
  const unknown = translateTo.find((target) => !LANGUAGES.includes(target));
  if (unknown === '') violations.push('empty language in translate_languages');
  if (unknown !== undefined) return refuse(`Translation language '${unknown}' is not supported. ${supported}`);
  if (new Set(translateTo).size < translateTo.length) violations.push('language twice in translate_languages');

  const filter = query.get('enable_filler_filter');
  if (filter !== null && filter !== 'true' && filter !== 'false') {
    violations.push('enable_filler_filter is neither true nor false');
  }
  const fillerFilter = filter === null ? language !== 'ja' : filter === 'true';
  return { request: { audio, language, translateTo: [...new Set(translateTo)], fillerFilter }, violations };
}

function readAudio(
  format: string | null,
  sampleRate: string | null,
  violations: string[],
): StreamRequest['audio'] | { readonly refusal: string } {
  const container = CONTAINER_FORMATS.find((known) => known === format);
  if (container !== undefined) {
    if (sampleRate !== null) violations.push(`sample_rate given for the container ${container}`);
    return { format: container };
  }
  const pcm = PCM_FORMATS.find((known) => known === format);
  if (pcm === undefined) return { refusal: format === null ? 'format is required' : 'format is not supported' };
  if (sampleRate === null) {
    if (pcm === 'pcm_s16le') return { format: pcm, sampleRateHz: IMPLIED_SAMPLE_RATE_HZ };
    violations.push(`sample_rate missing for ${pcm}`);
    return { refusal: `sample_rate is required for ${pcm}` };
  }
  const sampleRateHz = /^\d+$/.test(sampleRate) ? Number(sampleRate) : 0;
  if (sampleRateHz >= 8000 && sampleRateHz <= 192_000) return { format: pcm, sampleRateHz };
  violations.push('sample_rate is not a rate in Hz');
  return { refusal: 'sample_rate is not a rate in Hz' };
}
