import { onOneLine } from '../../core/text/plain-text.ts';
import type { AudioParameters } from './format.ts';

/** The parameters in a stream's address, besides the token. */
export interface StreamParameters {
  readonly audio: AudioParameters;
  readonly language?: string; // default of the server: 'auto'
  readonly translateTo?: readonly string[];
  readonly fillerFilter?: boolean; // default of the server: on, except for Japanese
}

/** Text with its times, in ms since the session began. Both times are missing when they make no sense. */
export interface SpokenText {
  readonly text: string;
  readonly startMs?: number;
  readonly endMs?: number;
}

export interface Transcription {
  readonly kind: 'transcription';
  readonly id: string;
  readonly language: string;
  readonly isFinal: boolean;
  readonly segment?: SpokenText; // the whole utterance so far
  readonly delta?: SpokenText; // only what was added
}

export interface Translation {
  readonly kind: 'translation';
  readonly id: string; // the id of the final that it translates
  readonly language: string;
  readonly text: string;
}

/** A message of the server. Unknown and malformed ones are counted, and otherwise ignored. */
export type ServerMessage =
  | Transcription
  | Translation
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed'; readonly because: 'binary' | 'not JSON' | 'fields missing' };

/**
 * The text frame that asks for the final at once. The API document does not mention it, so it is sent only when
 * configured.
 */
export const FINALIZE = JSON.stringify({ message_type: 'finalize' });
const MAX_ID_CHARACTERS = 200;
const MAX_TEXT_CHARACTERS = 10_000; // ten minutes of reading aloud without a pause
const MAX_TIME_S = 24 * 60 * 60; // no session lasts that long
const LANGUAGE = /^[a-z0-9_-]{1,35}$/iu; // RFC 5646 asks for room for 35 characters
const FINALIZE_MARK = /<fin>/gu;

/**
 * The address of a stream. It contains the token: it must never reach a log, an error or a `cause`.
 *
 * @param base - scheme and host, and perhaps a path to put before: `wss://api.palabra.ai`
 */
export function streamAddress(base: string, token: string, parameters: StreamParameters): URL {
  const url = new URL(`${base.replace(/\/+$/u, '')}/asr/v1/speech-to-text/stream`);
  const { audio, language, translateTo, fillerFilter } = parameters;
  url.searchParams.set('token', token);
  if (language !== undefined) url.searchParams.set('language', language);
  url.searchParams.set('format', audio.format);
  if ('sampleRateHz' in audio && audio.sampleRateHz !== undefined) {
    url.searchParams.set('sample_rate', String(audio.sampleRateHz));
  }
  if (translateTo !== undefined && translateTo.length > 0) {
    url.searchParams.set('translate_languages', translateTo.join(','));
  }
  if (fillerFilter !== undefined) url.searchParams.set('enable_filler_filter', String(fillerFilter));
  return url;
}

/** Whether the server may rewrite the tail of an utterance that is still growing. */
export function tailMayChange(parameters: StreamParameters, language: string): boolean {
  return parameters.fillerFilter ?? !language.toLowerCase().startsWith('ja');
}

/** Reads one text frame. Never throws: whatever the server sends, the stream goes on. */
export function parseMessage(text: string): ServerMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: 'malformed', because: 'not JSON' }; // the error would quote spoken words
  }
  if (!isRecord(message)) return { kind: 'malformed', because: 'fields missing' };
  if (message.message_type === 'transcription') return transcription(message);
  if (message.message_type === 'translated_transcription') return translation(message);
  return { kind: 'unknown' };
}

/**
 * The utterance after a message. A `segment` replaces it. A delta without a segment is appended, unless the server may
 * still rewrite the tail: then it is ignored.
 */
export function grow(
  before: SpokenText | undefined,
  message: Transcription,
  mayChange: boolean,
): SpokenText | undefined {
  const { segment, delta } = message;
  if (segment !== undefined) return segment;
  if (delta === undefined || mayChange) return before;
  if (before === undefined) return delta;
  const text = bounded(before.text + delta.text, message.isFinal);
  if (before.endMs === undefined || delta.endMs === undefined) return { ...before, text };
  return { ...before, text, endMs: Math.max(before.endMs, delta.endMs) };
}

function transcription(message: Record<string, unknown>): ServerMessage {
  const { transcription_id: id, language, is_eos: isFinal } = message;
  const segment = spokenText(message.segment, isFinal === true);
  const delta = spokenText(message.delta, isFinal === true);
  if (!isId(id) || typeof isFinal !== 'boolean') return MISSING;
  if (segment === undefined && delta === undefined) return MISSING;
  return {
    kind: 'transcription',
    id,
    language: isLanguage(language) ? language : '',
    isFinal,
    ...(segment && { segment }),
    ...(delta && { delta }),
  };
}

function translation(message: Record<string, unknown>): ServerMessage {
  const { transcription_id: id, language, segment } = message;
  if (!isId(id) || !isLanguage(language)) return MISSING;
  if (!isRecord(segment) || typeof segment.text !== 'string') return MISSING;
  return { kind: 'translation', id, language, text: textOf(segment.text, true).trim() };
}

const MISSING = { kind: 'malformed', because: 'fields missing' } as const;

function spokenText(value: unknown, isFinal: boolean): SpokenText | undefined {
  if (!isRecord(value)) return undefined;
  const { text, start_time: startS, end_time: endS } = value;
  if (typeof text !== 'string') return undefined;
  const said = { text: textOf(text, isFinal) }; // words count even when their times make no sense
  if (!isTime(startS) || !isTime(endS) || endS < startS) return said;
  return { ...said, startMs: Math.max(0, startS) * 1000, endMs: Math.max(0, endS) * 1000 };
}

/** One line of characters that can be shown, so that journal, search, channel and documents hold the same text. */
function textOf(text: string, isFinal: boolean): string {
  return bounded(onOneLine(text.replace(FINALIZE_MARK, '')), isFinal);
}

/** Shortens a text that is too long: a final keeps its beginning, a partial its newest words. */
function bounded(text: string, isFinal: boolean): string {
  if (text.length <= MAX_TEXT_CHARACTERS) return text;
  const room = MAX_TEXT_CHARACTERS - 1;
  return isFinal ? `${text.slice(0, room).toWellFormed()}…` : `…${text.slice(-room).toWellFormed()}`;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID_CHARACTERS;
}

function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && LANGUAGE.test(value);
}

/** Whether a time is plausible: positions in the audio are computed from it. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_TIME_S;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
