import type { SpeakerId } from '../../../core/ids.ts';
import { escapeInline, escapeLineStart, escapeName } from '../../formatting/escape.ts';
import type { LineMarks } from '../../formatting/line-marks.ts';
import { safeName } from '../../formatting/safe-name.ts';
import { splitAtWords } from '../../formatting/split.ts';
import type { WebhookProfile } from '../../messages/webhook-api.ts';

/** Leaves room for the longest head, the unconfirmed mark and a backslash at the start. */
const MAX_TEXT = 1_800;
const MAX_NAME = 100;
/** Finals of one speaker that are closer than this share one head. */
const QUICK_MS = 10_000;
/** The mark behind words that still grow. */
export const GROWING = ' *…*';
/** The mark before words whose beginning is not shown. */
const CUT = '… ';
/** With less room than this, words that grow are no longer shown. */
const LEAST_ROOM = 20;
/** Words that still grow are expected to be about so long when they are final. */
const USUAL_LENGTH = 120;
/** A translation is expected to be so many times as long as its original, with so many characters around it. */
const TRANSLATION_GROWTH = 1.3;
const TRANSLATION_FRAME = 14;

/** Who spoke and when, as people will see it. */
export interface LineHead {
  readonly utteranceId: string;
  readonly speakerId: SpeakerId;
  readonly name: string; // escaped
  readonly profile: WebhookProfile;
  readonly atS: number; // Unix time of the first word
  readonly startMs: number;
  readonly marks: LineMarks; // in the language of its channel
}

/**
 * `growing`: somebody is still speaking; `unconfirmed`: the final never came; `corrected`: somebody put it right, so its
 * translations are of the original; `ofOriginal`: such a translation, where translations are lines.
 */
export type LineState = 'growing' | 'final' | keyof LineMarks;

/**
 * One utterance, or a piece of it. Without text it only carries translations that found no room under their own line.
 */
export interface Line extends LineHead {
  readonly kind: 'line';
  readonly text: string; // escaped
  readonly state: LineState;
  readonly endMs: number;
  readonly translations: ReadonlyMap<string, string>; // by language, escaped
}

/** A sentence that the bot says itself. */
export interface BotSentence {
  readonly kind: 'sentence';
  readonly text: string; // escaped
  readonly about?: SpeakerId; // the person it names
}

export type Entry = Line | BotSentence;

export function isGrowing(entry: Entry): boolean {
  return entry.kind === 'line' && entry.state === 'growing';
}

export function headOf(
  speaker: { id: SpeakerId; displayName: string; avatarUrl?: string },
  { utteranceId, startMs }: { utteranceId: string; startMs: number },
  beganAt: Date,
  marks: LineMarks,
): LineHead {
  const name = splitAtWords(escapeName(speaker.displayName), MAX_NAME)[0] ?? 'Somebody';
  const { avatarUrl } = speaker;
  const profile = { username: safeName(speaker.displayName), ...(avatarUrl !== undefined && { avatarUrl }) };
  const atS = Math.floor((beganAt.getTime() + startMs) / 1_000);
  return { utteranceId, speakerId: speaker.id, name, profile, atS, startMs, marks };
}

/** Makes a line of each piece of text. */
export function linesOf(head: LineHead, pieces: readonly string[], state: LineState, endMs: number): Line[] {
  return pieces.map((text) => ({ ...head, kind: 'line', text, state, endMs, translations: new Map() }));
}

/** Puts a translation on lines of its own, under the speaker's name and time. */
export function translationLinesOf(head: LineHead, language: string, text: string, state: LineState = 'final'): Line[] {
  const { utteranceId, speakerId, name, profile, atS, startMs, marks } = head;
  return splitAtWords(text, MAX_TEXT).map((piece) => ({
    utteranceId,
    speakerId,
    name,
    profile,
    atS,
    startMs,
    marks,
    kind: 'line',
    text: '',
    state: state === 'corrected' ? state : 'final',
    endMs: startMs,
    translations: new Map([[language, piece]]),
  }));
}

/** Makes a text plain and cuts it into pieces that fit into lines; none when nothing in it can be read. */
export function piecesOf(text: string, maxLength = MAX_TEXT): string[] {
  return splitAtWords(escapeInline(text), Math.min(maxLength, MAX_TEXT)).map(escapeLineStart);
}

/** Makes words that still grow plain: all of them where there is room, else the newest. */
export function newestOf(text: string, maxLength = MAX_TEXT): string | undefined {
  const room = Math.min(maxLength, MAX_TEXT);
  if (room < LEAST_ROOM) return undefined;
  const plain = escapeInline(text);
  if (plain.length <= room) return piecesOf(text, room)[0];
  // Pieces of half the room, so that the last two always fit together: the last alone may be a single word.
  const [before = '', last] = splitAtWords(plain, Math.floor((room - CUT.length) / 2)).slice(-2);
  if (last === undefined) return undefined;
  const isOneWord = plain.includes(before + last);
  return CUT + before + (isOneWord || before.length + last.length + CUT.length >= room ? '' : ' ') + last;
}

function markOf({ state, marks }: Line): string {
  if (state === 'final') return '';
  return state === 'growing' ? GROWING : marks[state];
}

/** The content of a message with these entries. */
export function render(entries: readonly Entry[], heads: 'heads' | 'no heads' = 'heads'): string {
  return entries.map((entry, index) => renderEntry(entry, entries[index - 1], heads)).join('\n');
}

function renderEntry(entry: Entry, before: Entry | undefined, heads: 'heads' | 'no heads'): string {
  if (entry.kind === 'sentence') return `ℹ️ ${entry.text}`;
  const lines: string[] = [];
  if (heads === 'heads' && !continues(entry, before)) lines.push(`**${entry.name}** · <t:${entry.atS}:T>`);
  if (entry.text !== '') lines.push(entry.text + markOf(entry));
  // Always in the same order, whichever translation came first.
  const behind = entry.state === 'corrected' ? entry.marks.ofOriginal : '';
  for (const [language, text] of [...entry.translations].sort(([a], [b]) => a.localeCompare(b, 'en'))) {
    lines.push(`> **${escapeInline(language)}** · ${text}${behind}`);
  }
  return lines.join('\n');
}

/** Whether a line can share the head of the line before it. */
export function continues(line: Line, before: Entry | undefined): boolean {
  if (before?.kind !== 'line' || before.speakerId !== line.speakerId || before.name !== line.name) return false;
  // Translations alone need a head of their own: under another they would seem to belong to the line above.
  return line.text !== '' && before.text !== '' && line.startMs - before.endMs <= QUICK_MS;
}

/** The expected length of a message once all its lines are final and translated into these languages. */
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
