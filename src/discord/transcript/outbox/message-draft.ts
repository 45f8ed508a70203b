import type { ChannelId, MessageId, SpeakerId } from '../../../core/ids.ts';
import { MAX_CONTENT } from '../../formatting/limits.ts';
import { isOldMessage } from '../../messages/old-message.ts';
import type { Sender } from '../../messages/sender.ts';
import { type Entry, isGrowing, type Line, render, translationLinesOf } from './line.ts';

/** The content of a message as it should be now. */
export interface Draft {
  readonly content: string; // empty: nothing is left of it
  /** To be called once Discord has taken it. */
  delivered(): void;
}

/** The part of an entry that people see. */
interface Seen {
  readonly text: string;
  readonly isGrowing: boolean;
  readonly languages: readonly string[];
}

/** How far an entry has got in this message. It stays with the entry when that is replaced. */
interface Progress {
  seen?: Seen; // missing: nothing of it yet
  isReported: boolean; // somebody was told that it is in this message
  isFinished: boolean; // somebody was told that its final text can be read
}

/** The most important thing that a message has yet to show: a whole text, more about one, or words that still grow. */
export type Waits = 'text' | 'more' | 'growth';

/** One message: what it should show, and what people are known to see of it. */
export class MessageDraft {
  readonly sender: Sender;
  place: number; // index of the posting place it went to
  channelId: ChannelId | undefined; // once posted
  id: MessageId | undefined; // once posted
  editableAtMs = 0; // of performance.now(): Discord takes no edit of it before
  #content = ''; // as people see it
  readonly #entries: Entry[];
  readonly #progress = new Map<Entry, Progress>();

  constructor(entries: readonly Entry[], place: number, sender: Sender) {
    this.#entries = [...entries];
    this.place = place;
    this.sender = sender;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  addLine(line: Line): void {
    this.#entries.push(line);
  }

  replaceLine(line: Line, newLine: Line): void {
    const at = this.#entries.indexOf(line);
    if (at < 0) return;
    this.#entries[at] = newLine;
    const progress = this.#progress.get(line);
    this.#progress.delete(line);
    if (progress) this.#progress.set(newLine, progress);
  }

  removeEntry(entry: Entry): void {
    const at = this.#entries.indexOf(entry);
    if (at >= 0) this.#entries.splice(at, 1);
    this.#progress.delete(entry);
  }

  /** Takes out the entries that nobody sees here yet: they need not wait for this message. */
  takeInvisible(): Entry[] {
    const invisible = this.#entries.filter((entry) => !this.#seenOf(entry));
    for (const entry of invisible) this.removeEntry(entry);
    return invisible;
  }

  draft(): Draft {
    const content = this.#render();
    const seen = this.#entries.map((entry) => [this.#progressOf(entry), seenNow(entry)] as const);
    return {
      content,
      delivered: () => {
        this.#content = content;
        for (const [progress, what] of seen) progress.seen = what;
      },
    };
  }

  /** Notes that an earlier process posted the message, and that it shows its entries as they are now. */
  markPosted(channelId: ChannelId, id: MessageId, content: string): void {
    this.channelId = channelId;
    this.id = id;
    this.#content = content;
    for (const entry of this.#entries) this.#progressOf(entry).seen = seenNow(entry);
  }

  /** Lines that have become visible here since this was last asked. */
  takeUnreported(): Line[] {
    return this.#lines().filter((line) => this.#seenOf(line) && this.#report(line));
  }

  /** People named in sentences of the bot that have become visible here since this was last asked. */
  takeRemarks(): SpeakerId[] {
    return this.#entries.flatMap((entry) => {
      if (entry.kind !== 'sentence' || entry.about === undefined) return [];
      return this.#seenOf(entry) && this.#report(entry) ? entry.about : [];
    });
  }

  /** Lines whose final text has become visible here since this was last asked. */
  takeFinished(): Line[] {
    const fresh = this.#lines().filter((line) => this.#showsTextOf(line) && !this.#progressOf(line).isFinished);
    for (const line of fresh) this.#progressOf(line).isFinished = true;
    return fresh;
  }

  get isUpToDate(): boolean {
    return this.#render() === this.#content;
  }

  /** How many characters Discord would still take, if `newLine` were in the place of `line`. */
  roomWith(line: Line, newLine: Line): number {
    return MAX_CONTENT - this.#render(this.#entries.map((entry) => (entry === line ? newLine : entry))).length;
  }

  /** Whether Discord takes few edits of it, or none for now: then nothing is added to it. */
  get isOld(): boolean {
    return performance.now() < this.editableAtMs || (this.id !== undefined && isOldMessage(this.id));
  }

  /** Whether words in it still grow, so that their final will have to be shown here. */
  get isOpen(): boolean {
    return this.#entries.some(isGrowing);
  }

  /** Whether people have seen a text in it that stays. */
  get holdsText(): boolean {
    return this.#entries.some((entry) => this.#seenOf(entry)?.isGrowing === false);
  }

  get waits(): Waits {
    if (this.#entries.some((entry) => !isGrowing(entry) && !this.#showsTextOf(entry))) return 'text';
    const isMore = this.#entries.length === 0 || this.#entries.some((entry) => this.#hidesTranslationOf(entry));
    return isMore ? 'more' : 'growth';
  }

  /** The entries for another message that show what is missing in this one. */
  unseen(): Entry[] {
    return this.#entries.flatMap((entry): Entry[] => {
      if (isGrowing(entry) || !this.#showsTextOf(entry)) return [entry];
      if (entry.kind === 'sentence') return [];
      const visible = this.#seenOf(entry)?.languages ?? [];
      const missing = [...entry.translations].filter(([language]) => !visible.includes(language));
      return missing.flatMap(([language, text]) => translationLinesOf(entry, language, text, entry.state));
    });
  }

  #render(entries: readonly Entry[] = this.#entries): string {
    return render(entries, this.sender.isSpeaker ? 'no heads' : 'heads');
  }

  #lines(): Line[] {
    return this.#entries.filter((entry) => entry.kind === 'line');
  }

  #showsTextOf(entry: Entry): boolean {
    const seen = this.#seenOf(entry);
    return seen !== undefined && !seen.isGrowing && seen.text === entry.text;
  }

  #hidesTranslationOf(entry: Entry): boolean {
    const seen = this.#seenOf(entry)?.languages ?? [];
    return entry.kind === 'line' && [...entry.translations.keys()].some((language) => !seen.includes(language));
  }

  #seenOf(entry: Entry): Seen | undefined {
    return this.#progress.get(entry)?.seen;
  }

  #progressOf(entry: Entry): Progress {
    const progress = this.#progress.get(entry) ?? { isReported: false, isFinished: false };
    this.#progress.set(entry, progress);
    return progress;
  }

  /** @returns whether it was not reported before */
  #report(entry: Entry): boolean {
    const progress = this.#progressOf(entry);
    const isNew = !progress.isReported;
    progress.isReported = true;
    return isNew;
  }
}

function seenNow(entry: Entry): Seen {
  if (entry.kind === 'sentence') return { text: entry.text, isGrowing: false, languages: [] };
  return { text: entry.text, isGrowing: isGrowing(entry), languages: [...entry.translations.keys()] };
}
