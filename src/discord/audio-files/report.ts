import type { AudioProgress } from '../../core/audio/desk.ts';
import type { AudioText, HeardUtterance } from '../../core/audio/text.ts';
import { nearest, sameLanguage } from '../../core/text/language.ts';
import type { Words } from '../../i18n/words.ts';
import { escapeInline, escapeLineStart, escapeName } from '../formatting/escape.ts';
import { MAX_CONTENT } from '../formatting/limits.ts';
import { splitAtWords } from '../formatting/split.ts';

const MAX_PIECE = 1_800; // leaves room for the head, a language and a backslash
const BAR_CELLS = 12;
const SHOWN_NAME = 80;

/** One file of a message, as far as it is done. */
export interface ReportedFile {
  readonly name: string;
  readonly text: AudioText;
  heardMs?: number;
  /** Remarks, escaped: why there is no text, or not all of it. */
  remark?: string;
}

/** The options of all files. */
export interface ReportHead {
  readonly author: string;
  readonly translateTo: readonly string[];
}

/** The files so far as messages, with every translation. */
export function reportOf(files: readonly ReportedFile[], head: ReportHead, words: Words): string[] {
  const lines = files.flatMap((file) => linesOf(file, files.length > 1, head, words));
  return packed(lines);
}

/** Shows how far the transcription has got, with the newest words. */
export function progressOf(
  files: readonly ReportedFile[],
  count: number,
  progress: AudioProgress,
  head: ReportHead,
  words: Words,
): string {
  const current = files.at(-1);
  const which = count > 1 ? `${files.length}/${count} · ` : '';
  const top = `🎙️ **${escapeName(head.author)}** · ${which}${phaseOf(progress, words)}`;
  const said = current === undefined ? '' : spokenIn(current.text.utterances());
  const pieces = splitAtWords(escapeInline(said), MAX_PIECE);
  const last = pieces.at(-1) ?? '';
  return last === '' ? top : `${top}\n${escapeLineStart(last)} …`;
}

function phaseOf(progress: AudioProgress, words: Words): string {
  if (progress.phase !== 'hearing') return words.t(progress.phase === 'waiting' ? 'audio.waiting' : 'audio.loading');
  const { sentMs, ofMs } = progress;
  if (ofMs === undefined || ofMs <= 0) return clock(sentMs);
  const full = Math.min(BAR_CELLS, Math.round((BAR_CELLS * sentMs) / ofMs));
  return `${'▰'.repeat(full)}${'▱'.repeat(BAR_CELLS - full)} ${clock(sentMs)} / ${clock(ofMs)}`;
}

function linesOf(file: ReportedFile, isOneOfSeveral: boolean, head: ReportHead, words: Words): string[] {
  const { text, heardMs, remark } = file;
  const name = escapeInline(splitAtWords(file.name, SHOWN_NAME)[0] ?? '');
  const parts = [
    `**${escapeName(head.author)}**`,
    isOneOfSeveral ? name : '',
    heardMs === undefined ? '' : clock(heardMs),
  ];
  const top = `🎙️ ${parts.filter((part) => part !== '').join(' · ')}`;
  const utterances = text.utterances();
  const doubt = text.isDoubtful ? [`-# ${words.t('audio.unconfirmed')}`] : [];
  const silent = remark === undefined ? [words.t('audio.silent')] : [];
  return [
    top,
    ...(utterances.length === 0 ? silent : piecesOf(spokenIn(utterances))),
    ...head.translateTo.flatMap((language) => translationLines(utterances, language)),
    ...doubt,
    ...(remark === undefined ? [] : [`ℹ️ ${remark}`]),
  ];
}

/** One file in one language; an utterance that was spoken in this language stays as it is. */
function translationLines(utterances: readonly HeardUtterance[], language: string): string[] {
  const into = (translations: HeardUtterance['translations']) => nearest(language, translations, ([code]) => code)?.[1];
  const translated = utterances.map(({ said, translations }) => into(translations) ?? inside(said, language));
  const isWorthIt = utterances.some(({ translations }) => into(translations) !== undefined);
  if (!isWorthIt) return [];
  const text = translated.filter((part) => part !== '').join(' ');
  return splitAtWords(escapeInline(text), MAX_PIECE).map((piece) => `> **${escapeInline(language)}** · ${piece}`);
}

function inside(said: HeardUtterance['said'], language: string): string {
  return sameLanguage(said.language, language) ? said.text : '';
}

function spokenIn(utterances: readonly HeardUtterance[]): string {
  return utterances.map(({ said }) => said.text).join(' ');
}

function piecesOf(text: string): string[] {
  return splitAtWords(escapeInline(text), MAX_PIECE).map(escapeLineStart);
}

/** Puts lines into as few messages as they fit into, in their order. */
function packed(lines: readonly string[]): string[] {
  const messages: string[] = [];
  for (const line of lines) {
    const longer = `${messages.at(-1) ?? ''}\n${line}`;
    if (messages.length > 0 && longer.length <= MAX_CONTENT) messages[messages.length - 1] = longer;
    else messages.push(line);
  }
  return messages;
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
