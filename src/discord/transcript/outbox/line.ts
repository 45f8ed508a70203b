import type { SpeakerId } from '../../../core/ids.ts';
import { escapeInline, escapeLineStart, escapeName } from '../../formatting/escape.ts';
import { safeName } from '../../formatting/safe-name.ts';
import { splitAtWords } from '../../formatting/split.ts';
import type { WebhookProfile } from '../../messages/webhook-api.ts';

/** Leaves room for the longest head, the unconfirmed mark and a backslash at the start. */
const MAX_TEXT = 1_800;
const MAX_NAME = 100;
/** Finals of one speaker that are closer than this share one head. */
const QUICK_MS = 10_000;
/** Stands behind words that are still being spoken. */
export const GROWING = ' *…*';
/** Stands before words whose beginning is not shown. */
const CUT = '… ';
/** With less room, words that grow are not shown any longer. */
const LEAST_ROOM = 20;
/** What is still being spoken will be about so long when it is final. */
const USUAL_LENGTH = 120;
/** How much longer than its original a translation is assumed to be, and what stands around it. */
const TRANSLATION_GROWTH = 1.3;
const TRANSLATION_FRAME = 14;

/** Who spoke and when, ready to be shown. */
export interface LineHead {
  readonly utteranceId: string;
  readonly speakerId: SpeakerId;
  readonly name: string; // escaped
  readonly profile: WebhookProfile;
  readonly atS: number; // Unix time of the first word
  readonly startMs: number;
  readonly doubt: string; // what stands behind it when its final never came
}

/** `growing`: it is being spoken; `unconfirmed`: its final never came. */
export type LineState = 'growing' | 'final' | 'unconfirmed';

/**
 * What one person said in one go, or a piece of it. Without text it only carries translations that came when their own
 * line had no room left.
 */
export interface Line extends LineHead {
  readonly kind: 'line';
  readonly text: string; // escaped
  readonly state: LineState;
  readonly endMs: number;
  readonly translations: ReadonlyMap<string, string>; // by language, escaped
}

/** A sentence of the bot's own. */
export interface BotSentence {
  readonly kind: 'sentence';
  readonly text: string; // escaped
  readonly about?: SpeakerId; // whom it names
}

export type Entry = Line | BotSentence;

export function isGrowing(entry: Entry): boolean {
  return entry.kind === 'line' && entry.state === 'growing';
}

export function headOf(
  speaker: { id: SpeakerId; displayName: string; avatarUrl?: string },
  { utteranceId, startMs }: { utteranceId: string; startMs: number },
  beganAt: Date,
  doubt: string,
): LineHead {
  const name = splitAtWords(escapeName(speaker.displayName), MAX_NAME)[0] ?? 'Somebody';
  const { avatarUrl } = speaker;
  const profile = { username: safeName(speaker.displayName), ...(avatarUrl !== undefined && { avatarUrl }) };
  const atS = Math.floor((beganAt.getTime() + startMs) / 1_000);
  return { utteranceId, speakerId: speaker.id, name, profile, atS, startMs, doubt };
}

/** The lines for pieces of text. */
export function linesOf(head: LineHead, pieces: readonly string[], state: LineState, endMs: number): Line[] {
  return pieces.map((text) => ({ ...head, kind: 'line', text, state, endMs, translations: new Map() }));
}

/** A translation on lines of its own, under the speaker's name and time. */
export function translationLinesOf(head: LineHead, language: string, text: string): Line[] {
  const { utteranceId, speakerId, name, profile, atS, startMs, doubt } = head;
  return splitAtWords(text, MAX_TEXT).map((piece) => ({
    utteranceId,
    speakerId,
    name,
    profile,
    atS,
    startMs,
    doubt,
    kind: 'line',
    text: '',
    state: 'final',
    endMs: startMs,
    translations: new Map([[language, piece]]),
  }));
}

/** What somebody said, made plain and cut to what lines hold; none when there is nothing to read in it. */
export function piecesOf(text: string, maxLength = MAX_TEXT): string[] {
  return splitAtWords(escapeInline(text), Math.min(maxLength, MAX_TEXT)).map(escapeLineStart);
}

/** What somebody is saying, made plain: all of it where there is room, else its newest words. */
export function newestOf(text: string, maxLength = MAX_TEXT): string | undefined {
  const room = Math.min(maxLength, MAX_TEXT);
  if (room < LEAST_ROOM) return undefined;
  const plain = escapeInline(text);
  if (plain.length <= room) return piecesOf(text, room)[0];
  // Half as long as there is room, so that the last of them is never alone: it may be a single word.
  const [before = '', last] = splitAtWords(plain, Math.floor((room - CUT.length) / 2)).slice(-2);
  if (last === undefined) return undefined;
  const isOneWord = plain.includes(before + last);
  return CUT + before + (isOneWord || before.length + last.length + CUT.length >= room ? '' : ' ') + last;
}

function markOf({ state, doubt }: Line): string {
  if (state === 'final') return '';
  return state === 'growing' ? GROWING : doubt;
}

/** The message that these entries make. */
export function render(entries: readonly Entry[], heads: 'heads' | 'no heads' = 'heads'): string {
  return entries.map((entry, index) => renderEntry(entry, entries[index - 1], heads)).join('\n');
}

function renderEntry(entry: Entry, before: Entry | undefined, heads: 'heads' | 'no heads'): string {
  if (entry.kind === 'sentence') return `ℹ️ ${entry.text}`;
  const lines: string[] = [];
  if (heads === 'heads' && !continues(entry, before)) lines.push(`**${entry.name}** · <t:${entry.atS}:T>`);
  if (entry.text !== '') lines.push(entry.text + markOf(entry));
  // Always in the same order, whichever came first.
  for (const [language, text] of [...entry.translations].sort(([a], [b]) => a.localeCompare(b, 'en'))) {
    lines.push(`> **${escapeInline(language)}** · ${text}`);
  }
  return lines.join('\n');
}

/** Whether a line may stand under the head of the one before it. */
export function continues(line: Line, before: Entry | undefined): boolean {
  if (before?.kind !== 'line' || before.speakerId !== line.speakerId || before.name !== line.name) return false;
  // Translations alone need their own head, or they would be read as belonging to the line above.
  return line.text !== '' && before.text !== '' && line.startMs - before.endMs <= QUICK_MS;
}

/** How long the message will be once everything is said and the translations into these languages have come. */
export function expectedLength(entries: readonly Entry[], languages: ReadonlySet<string>): number {
  let length = render(entries).length;
  for (const entry of entries) {
    if (entry.kind === 'sentence' || entry.text === '') continue;
    const expected = entry.state === 'growing' ? Math.max(USUAL_LENGTH, entry.text.length) : entry.text.length;
    const missing = [...languages].filter((language) => !entry.translations.has(language)).length;
    length += expected - entry.text.length + missing * (expected * TRANSLATION_GROWTH + TRANSLATION_FRAME);
  }
  return length;
}
