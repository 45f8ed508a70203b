import type { MessageId, SpeakerId } from '../../core/ids.ts';
import type { MeetingRecord } from '../../core/record.ts';
import type { FinalSegment } from '../../core/segment.ts';
import { escapeInline, escapeName, unescapeInline } from '../formatting/escape.ts';
import type { LineMarks } from '../formatting/line-marks.ts';
import { safeName } from '../formatting/safe-name.ts';
import type { OwnMessage } from '../messages/own-messages.ts';
import type { LeftMessage } from './outbox/drafts.ts';
import { type Entry, type Line, piecesOf } from './outbox/line.ts';
import { type Piece, piecesIn } from './read-lines.ts';

const LAG_MS = 1_000; // words that grow are shown about so long after they were spoken
const NEAR_MS = 4_000; // heads show whole seconds, and a message without one comes a little after its first words

/**
 * Finds out which utterances are in the messages that an earlier process left behind.
 *
 * The journal knows it of most messages. If the crash came before a message was noted, its text tells.
 */
export class LeftBehind {
  readonly #record: MeetingRecord;
  readonly #marks: LineMarks;
  readonly #beganAtMs: number;
  readonly #finals: ReadonlyMap<string, FinalSegment>;
  readonly #kept: ReadonlyMap<MessageId, readonly string[]>; // utterances by message, in their order
  readonly #found = new Set<string>(); // utterances that are in a message, as far as is known

  /** @param marks - in the language of the server now */
  constructor(record: MeetingRecord, marks: LineMarks) {
    this.#marks = marks;
    this.#record = record;
    this.#beganAtMs = record.head.beganAt.getTime();
    this.#finals = new Map(record.finals.map((final) => [final.utteranceId, final]));
    const originals = record.messages.filter(({ language }) => language === undefined);
    const byMessage = Map.groupBy(originals, ({ messageId }) => messageId);
    this.#kept = new Map([...byMessage].map(([id, all]) => [id, all.map(({ utteranceId }) => utteranceId)]));
    for (const { utteranceId } of originals) this.#found.add(utteranceId);
  }

  /** Whether an utterance is in a message, as far as the journal and the messages read so far tell. */
  isPosted(utteranceId: string): boolean {
    return this.#found.has(utteranceId);
  }

  /** Reads one message; `undefined` when it is no part of the transcript. */
  read(message: OwnMessage): LeftMessage | undefined {
    if (message.files.length > 0 || message.hasControls) return undefined;
    const { writtenAs, createdAtMs } = message;
    const above = writtenAs && { name: escapeName(writtenAs.username), atS: Math.floor(createdAtMs / 1_000) };
    const pieces = piecesIn(message.content, above);
    if (!pieces?.some(({ kind }) => kind === 'piece')) return undefined;
    const ids = this.#utterancesOf(
      message,
      pieces.filter((piece) => piece.kind === 'piece'),
    );
    const entries: Entry[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'sentence') {
        entries.push(piece);
        continue;
      }
      const before = entries.at(-1);
      const head = !piece.hasHead && before?.kind === 'line' ? before : undefined; // it is under the head of that one
      const line = this.#lineOf(piece, ids.get(piece) ?? `left-${message.id}-${entries.length}`, head, message);
      // No pause parted them, or the line would have a head of its own.
      if (head) entries.splice(-1, 1, { ...head, endMs: Math.max(head.endMs, line.startMs) });
      entries.push(line);
    }
    return { message, entries };
  }

  #utterancesOf(message: OwnMessage, pieces: readonly Piece[]): Map<Piece, string> {
    const ids = new Map<Piece, string>();
    const kept = new Set(this.#kept.get(message.id));
    const take = (piece: Piece, id: string | undefined) => {
      if (id === undefined) return;
      ids.set(piece, id);
      kept.delete(id);
      this.#found.add(id);
    };
    for (const piece of pieces) {
      const isShown = (id: string) => showsIn(this.#finals.get(id), piece);
      take(
        piece,
        [...kept].find(isShown) ?? this.#unknown().find((final) => this.#isOf(final, piece, isShown))?.utteranceId,
      );
    }
    // The rest shows other words than its final: it was still growing.
    for (const piece of pieces) if (!ids.has(piece)) take(piece, [...kept][0]);
    for (const piece of pieces) {
      const isNear = (id: string) => this.#isNear(this.#finals.get(id), piece);
      if (!ids.has(piece) && piece.state === 'growing') {
        take(piece, this.#unknown().find((final) => this.#isOf(final, piece, isNear))?.utteranceId);
      }
    }
    return ids;
  }

  #unknown(): readonly FinalSegment[] {
    return this.#record.finals.filter(({ utteranceId }) => !this.#found.has(utteranceId));
  }

  #isOf(final: FinalSegment, piece: Piece, isRight: (id: string) => boolean): boolean {
    return this.#speakers(piece.name).includes(final.speakerId) && isRight(final.utteranceId);
  }

  #isNear(final: FinalSegment | undefined, piece: Piece): boolean {
    return final !== undefined && Math.abs(this.#beganAtMs + final.startMs - 1_000 * piece.atS) < NEAR_MS;
  }

  /** The speakers with this display name. */
  #speakers(name: string): readonly SpeakerId[] {
    const { attendance } = this.#record;
    return attendance
      .filter(({ displayName }) => [displayName, safeName(displayName)].some((one) => escapeName(one) === name))
      .map(({ speakerId }) => speakerId);
  }

  /** A line that `render` would show exactly as the message does. */
  #lineOf(piece: Piece, utteranceId: string, underBefore: Line | undefined, { changedAtMs }: OwnMessage): Line {
    const { name, atS, text, state, translations } = piece;
    const marks = { ...this.#marks, ...piece.marks };
    const final = this.#finals.get(utteranceId);
    const startMs = final?.startMs ?? underBefore?.endMs ?? 1_000 * atS - this.#beganAtMs;
    const speakerId = underBefore?.speakerId ?? final?.speakerId ?? this.#speakers(name)[0] ?? name;
    const endMs = final?.endMs ?? Math.max(startMs, changedAtMs - this.#beganAtMs - LAG_MS);
    const shownAs = this.#record.attendance.findLast((stay) => stay.speakerId === speakerId)?.displayName ?? name;
    const profile = { username: safeName(shownAs) };
    return {
      kind: 'line',
      utteranceId,
      speakerId,
      name,
      profile,
      atS,
      startMs,
      marks,
      text,
      state,
      endMs,
      translations,
    };
  }
}

/**
 * What people can read in a line that was left behind: texts by language ('' is its final), and its words as a final when
 * the journal holds none.
 *
 * Words that were growing are an unconfirmed one. A finished line comes from a process that could show it and not write it
 * down, as the database was away; then the message is newer than that process's last sign of life. An older one was
 * written down, and was erased since.
 *
 * @param changedAtMs - when the message was last written, since 1970
 */
export function shownIn(
  line: Line,
  record: MeetingRecord,
  changedAtMs: number,
): { readonly texts: ReadonlyMap<string, string>; readonly unkept?: FinalSegment } {
  const { utteranceId, speakerId, startMs, endMs } = line;
  const texts = new Map<string, string>();
  for (const { utteranceId: of, language, text } of record.translations) {
    if (of === utteranceId && line.translations.get(language) === escapeInline(text)) texts.set(language, text);
  }
  const final = record.finals.find((candidate) => candidate.utteranceId === utteranceId);
  const isWhole = line.state !== 'growing';
  if (final) return { texts: isWhole ? texts.set('', final.text) : texts };
  const signedAtMs = record.head.beganAt.getTime() + (record.lastSign?.atMs ?? Number.POSITIVE_INFINITY);
  if (isWhole && (changedAtMs < signedAtMs || line.text === '')) return { texts };
  const text = unescapeInline(line.text);
  const language = languageOf(record, speakerId);
  const unkept = {
    utteranceId,
    speakerId,
    startMs,
    endMs,
    text,
    language,
    kind: 'final',
    confirmed: line.state !== 'growing' && line.state !== 'unconfirmed',
  } as const;
  return { texts: texts.set('', text), unkept };
}

/** The language in which somebody probably spoke. */
function languageOf({ finals }: MeetingRecord, speakerId: SpeakerId): string {
  const own = finals.findLast((final) => final.speakerId === speakerId);
  return (own ?? finals.at(-1))?.language ?? 'und';
}

/** Whether a row shows this final, or a piece of it when it was too long for one message. */
function showsIn(final: FinalSegment | undefined, { text, state }: Piece): boolean {
  if (!final || state === 'growing') return false;
  return text !== '' && piecesOf(final.text).join(' ').includes(text);
}
