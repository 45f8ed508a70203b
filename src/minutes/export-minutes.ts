import type { MeetingRecord } from '../core/record.ts';
import { renderAside } from './documents/aside.ts';
import { fileStem } from './file-stem.ts';
import { drawableLocale } from './fonts/drawable-locale.ts';
import { buildMinutes } from './model/build-minutes.ts';
import type { MinutesModel, View } from './model/minutes-model.ts';
import { renderMarkdown } from './text/markdown.ts';
import { renderJson } from './text/minutes-json.ts';
import { renderPlainText } from './text/plain-text.ts';
import { renderSrt } from './text/srt.ts';
import { renderWebVtt } from './text/webvtt.ts';

export const EXPORT_FORMATS = ['md', 'txt', 'vtt', 'srt', 'json', 'docx', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions extends View {
  readonly format: ExportFormat;
}

export interface ExportedMinutes {
  readonly name: string; // of the file: only Latin letters, digits, hyphens and dots
  readonly bytes: Buffer;
}

/**
 * The minutes of a meeting as a file.
 *
 * Without a `language`, captions (`vtt`, `srt`) hold only the spoken text; all other formats also hold every
 * translation. A worker thread makes Word and PDF documents, so that they do not delay running meetings.
 *
 * @param signal - stops the making of a document
 * @throws {ExportError} when a document cannot be made
 * @throws the signal's reason
 */
export async function exportMinutes(
  record: MeetingRecord,
  { format, ...view }: ExportOptions,
  signal?: AbortSignal,
): Promise<ExportedMinutes> {
  signal?.throwIfAborted();
  const model = buildMinutes(record, { ...view, ...localeIn(format, view) });
  const name = [fileStem(model), ...codeOf(view.language), format].join('.');
  if (format === 'docx' || format === 'pdf')
    return { name, bytes: await renderAside(record.head.guildId, model, format, signal) };
  return { name, bytes: Buffer.from(renderText(record, model, format)) };
}

function renderText(record: MeetingRecord, model: MinutesModel, format: Exclude<ExportFormat, 'docx' | 'pdf'>): string {
  switch (format) {
    case 'md':
      return renderMarkdown(model);
    case 'txt':
      return renderPlainText(model);
    case 'vtt':
      return renderWebVtt(model);
    case 'srt':
      return renderSrt(model);
    case 'json':
      return renderJson(record, model);
  }
}

/** JSON is for programs, so it is always in English. A PDF uses a language only when a font has its letters. */
function localeIn(format: ExportFormat, { locale = 'en-US' }: View): Pick<View, 'locale'> {
  if (format === 'json') return { locale: 'en-US' };
  return { locale: format === 'pdf' ? drawableLocale(locale) : locale };
}

/**
 * The language part of a file name, where players look for it: `name.es.vtt`. People can type anything as a language.
 */
function codeOf(language: string | undefined): string[] {
  const code =
    language
      ?.toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, '')
      .slice(0, 12) ?? '';
  return code === '' ? [] : [code];
}
