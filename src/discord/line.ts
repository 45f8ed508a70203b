import type { SpeakerId } from '../core/ids.ts';
import { escapeInline, escapeLineStart, escapeName } from './escape.ts';
import { splitAtWords } from './split.ts';

/** Discord's limit for one message, in UTF-16 units. */
export const MAX_CONTENT = 2_000;
/** Leaves room for the longest head, the unconfirmed mark and a backslash at the start. */
const MAX_TEXT = 1_800;
const MAX_NAME = 100;
/** Finals of one speaker that are closer than this share one head. */
const QUICK_MS = 10_000;
const UNCONFIRMED = ' *(unconfirmed)*';
/** How much longer than its original a translation is assumed to be, and what stands around it. */
const TRANSLATION_GROWTH = 1.3;
const TRANSLATION_FRAME = 14;

/** Who spoke and when, ready to be shown. */
export interface Said {
  readonly speakerId: SpeakerId;
  readonly name: string; // escaped
  readonly atS: number; // Unix time of the first word
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * What one person said in one go, or a piece of it. Without text it only carries translations that came when their own
 * line had no room left.
 */
export interface Line extends Said {
  readonly kind: 'line';
  text: string; // escaped
  confirmed: boolean;
  readonly translations: Map<string, string>; // by language, escaped
}

/** A sentence of the bot's own. */
export interface Notice {
  readonly kind: 'notice';
  readonly text: string; // escaped
}

export type Entry = Line | Notice;

export function saidBy(
  speaker: { id: SpeakerId; displayName: string },
  atS: number,
  startMs: number,
  endMs: number,
): Said {
  const name = splitAtWords(escapeName(speaker.displayName), MAX_NAME)[0] ?? 'Somebody';
  return { speakerId: speaker.id, name, atS, startMs, endMs };
}

/** The lines for a text of any length; none when there is nothing to read in it. */
export function linesOf(said: Said, text: string, confirmed: boolean): Line[] {
  return piecesOf(text).map((piece) => ({ ...said, kind: 'line', text: piece, confirmed, translations: new Map() }));
}

/** A translation on lines of its own, under the speaker's name and time. */
export function translationLinesOf(said: Said, language: string, text: string): Line[] {
  return splitAtWords(text, MAX_TEXT).map((piece) => ({
    ...said,
    kind: 'line',
    text: '',
    confirmed: true,
    translations: new Map([[language, piece]]),
  }));
}

export function piecesOf(text: string): string[] {
  return splitAtWords(escapeInline(text), MAX_TEXT).map(escapeLineStart);
}

/** The message that these entries make. */
export function render(entries: readonly Entry[]): string {
  return entries.map((entry, index) => renderEntry(entry, entries[index - 1])).join('\n');
}

function renderEntry(entry: Entry, before: Entry | undefined): string {
  if (entry.kind === 'notice') return `ℹ️ ${entry.text}`;
  const lines: string[] = [];
  if (!continues(entry, before)) lines.push(`**${entry.name}** · <t:${entry.atS}:T>`);
  if (entry.text !== '') lines.push(entry.confirmed ? entry.text : entry.text + UNCONFIRMED);
  // Always in the same order, whichever came first.
  for (const [language, text] of [...entry.translations].sort(([a], [b]) => a.localeCompare(b, 'en'))) {
    lines.push(`> **${escapeInline(language)}** · ${text}`);
  }
  return lines.join('\n');
}

/** Whether a line may stand under the head of the one before it. */
export function continues(line: Line, before: Entry | undefined): boolean {
  if (before?.kind !== 'line' || before.speakerId !== line.speakerId) return false;
  // Translations alone need their own head, or they would be read as belonging to the line above.
  return line.text !== '' && before.text !== '' && line.startMs - before.endMs <= QUICK_MS;
}

/** How long the message will be once the translations into these languages have come. */
export function expectedLength(entries: readonly Entry[], languages: ReadonlySet<string>): number {
  let length = render(entries).length;
  for (const entry of entries) {
    if (entry.kind === 'notice' || entry.text === '') continue;
    const missing = [...languages].filter((language) => !entry.translations.has(language)).length;
    length += missing * (entry.text.length * TRANSLATION_GROWTH + TRANSLATION_FRAME);
  }
  return length;
}
