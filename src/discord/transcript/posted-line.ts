import type { Client } from 'discord.js';
import type { ShownCorrection } from '../../core/correcting/correction.ts';
import type { MeetingRecord, PostedAt } from '../../core/record.ts';
import type { FinalSegment } from '../../core/segment.ts';
import { relatedLanguage } from '../../core/text/language.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { MAX_CONTENT } from '../formatting/limits.ts';
import { lineMarks } from '../formatting/line-marks.ts';
import { MessageApi } from '../messages/message-api.ts';
import { type OwnMessage, ownMessage } from '../messages/own-messages.ts';
import { correctLines, type LineChanges } from './correct-lines.ts';
import { inOneLanguage } from './language-thread.ts';
import { LeftBehind } from './left-behind.ts';
import { type Entry, type Line, render } from './outbox/line.ts';
import { type WriteAccess, WriteAccesses } from './write-access.ts';

/** A message that an earlier process may have written, read back into its entries. */
interface ReadBack {
  readonly entries: Entry[]; // as they are to be written
  readonly before: string; // its content
  readonly heads: 'heads' | 'no heads';
  readonly access: WriteAccess;
}

/**
 * Corrects lines in messages that no running meeting remembers: those of meetings that are over, and old ones.
 *
 * It reads each message back, and changes nothing in one that it does not understand to the letter.
 */
export class PostedLines {
  readonly #client: Client<true>;
  readonly #accesses: WriteAccesses;
  readonly #words: Words;

  /** @param words - of the server */
  constructor(client: Client<true>, words: Words) {
    this.#client = client;
    this.#accesses = new WriteAccesses(client, new MessageApi(client));
    this.#words = words;
  }

  /**
   * Puts a corrected final into the messages that show it, and marks its translations in threads of their own. Never
   * rejects.
   *
   * @param before - the meeting as its messages show it: before the correction, with the glossary applied
   */
  async correct(before: MeetingRecord, final: FinalSegment, signal: AbortSignal): Promise<ShownCorrection> {
    const { utteranceId } = final;
    const shown = before.messages.filter((at) => at.utteranceId === utteranceId);
    const languages = new Set(shown.map(({ language }) => language));
    let outcome: ShownCorrection = 'left';
    for (const language of languages) {
      const places = shown.filter((at) => at.language === language);
      const record = language === undefined ? before : inOneLanguage(before, language);
      const words = language === undefined ? this.#words : wordsFor(language);
      try {
        const messages = await this.#readBack(places, new LeftBehind(record, lineMarks(words)), signal);
        const isTranslation = language !== undefined && !relatedLanguage(final.language, language);
        const corrected = isTranslation ? markOfOriginal(messages, utteranceId) : correctIn(messages, final);
        if (language === undefined) outcome = corrected;
        if (corrected !== 'no room' && corrected !== 'left') await write(messages);
      } catch {
        // Deleted, or not to be changed: the record is right, and whoever corrected is told.
        if (language === undefined) outcome = 'left';
      }
    }
    return outcome;
  }

  /** @returns none when one of them is not what this version would have written */
  async #readBack(places: readonly PostedAt[], left: LeftBehind, signal: AbortSignal): Promise<readonly ReadBack[]> {
    const messages: ReadBack[] = [];
    for (const { channelId, messageId } of places) {
      const own = await ownMessage(this.#client, channelId, messageId, signal);
      if (!own) return [];
      const access = await this.#accesses.accessTo({ channelId, messageId }, own.writtenAs?.webhookId, signal);
      const message: OwnMessage = own.content === '' ? { ...own, content: (await access.read()) ?? '' } : own;
      const entries = left.read(message)?.entries ?? [];
      const heads = own.writtenAs ? 'no heads' : 'heads';
      if (render(entries, heads) !== message.content) return [];
      messages.push({ entries: [...entries], before: message.content, heads, access });
    }
    return messages;
  }
}

/** Corrects the lines of one utterance in what is to be written. */
function correctIn(messages: readonly ReadBack[], { utteranceId, text }: FinalSegment): ShownCorrection {
  const homes = homesOf(messages, utteranceId);
  return homes.size === 0 ? 'left' : correctLines([...homes.keys()], text, changesIn(homes));
}

function markOfOriginal(messages: readonly ReadBack[], utteranceId: string): ShownCorrection {
  const homes = homesOf(messages, utteranceId);
  const changes = changesIn(homes);
  for (const line of homes.keys()) {
    const newLine = { ...line, state: 'ofOriginal' } as const;
    if (changes.roomOf(line, newLine) >= 0) changes.replace(line, newLine);
  }
  return 'shown';
}

function homesOf(messages: readonly ReadBack[], utteranceId: string): ReadonlyMap<Line, ReadBack> {
  return new Map(
    messages.flatMap((message) =>
      message.entries.flatMap((entry): [Line, ReadBack][] =>
        entry.kind === 'line' && entry.utteranceId === utteranceId ? [[entry, message]] : [],
      ),
    ),
  );
}

function changesIn(homes: ReadonlyMap<Line, ReadBack>): LineChanges {
  const change = (line: Line, ...by: Line[]) => {
    const entries = homes.get(line)?.entries ?? [];
    entries.splice(entries.indexOf(line), 1, ...by);
  };
  return {
    roomOf: (line, newLine) => {
      const { entries = [], heads } = homes.get(line) ?? {};
      const changed = entries.map((entry) => (entry === line ? newLine : entry));
      return MAX_CONTENT - render(changed, heads).length;
    },
    replace: (line, newLine) => change(line, newLine),
    remove: (line) => change(line),
  };
}

async function write(messages: readonly ReadBack[]): Promise<void> {
  for (const { entries, before, heads, access } of messages) {
    const content = render(entries, heads);
    if (content === before) continue;
    if (content === '') await access.remove();
    else await access.edit(content);
  }
}
