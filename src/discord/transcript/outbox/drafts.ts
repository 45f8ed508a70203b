import type { OwnMessage } from '../../messages/own-messages.ts';
import { type Entry, isGrowing, type Line } from './line.ts';
import type { MessageDraft } from './message-draft.ts';

/** A message that an earlier process posted, read back into its entries. */
export interface LeftMessage {
  readonly message: OwnMessage;
  readonly entries: readonly Entry[];
}

/** The messages of one transcript: which entry is in which, and which of them show less than they should. */
export class Drafts {
  readonly #homes = new WeakMap<Entry, MessageDraft>();
  readonly #growing = new Set<MessageDraft>(); // candidates only: `countGrowing` looks
  readonly #due = new Set<MessageDraft>();
  #last: MessageDraft | undefined;

  /** The newest message, while it may take more. */
  get last(): MessageDraft | undefined {
    return this.#last;
  }

  /** Messages that need an edit. */
  get due(): ReadonlySet<MessageDraft> {
    return this.#due;
  }

  homeOf(entry: Entry): MessageDraft | undefined {
    return this.#homes.get(entry);
  }

  /** Messages in which an edit still has to make words final, of speakers or of the bot. */
  countGrowing(as: 'speaker' | 'bot'): number {
    let count = 0;
    for (const draft of this.#growing) {
      if (!draft.isOpen && draft.waits !== 'text') this.#growing.delete(draft);
      else if (draft.sender.isSpeaker === (as === 'speaker')) count += 1;
    }
    return count;
  }

  /** Takes in a message that is about to be posted: the last from now on. */
  begin(draft: MessageDraft): void {
    this.adopt(draft);
    this.#last = draft;
    if (draft.isOpen) this.#growing.add(draft);
  }

  /** Takes in a message that an earlier process posted. */
  adopt(draft: MessageDraft): void {
    for (const entry of draft.entries) this.#homes.set(entry, draft);
  }

  /** Adds a line to a message. */
  addLine(line: Line, draft: MessageDraft): void {
    draft.addLine(line);
    this.#homes.set(line, draft);
    if (isGrowing(line)) this.#growing.add(draft);
    this.markDue(draft);
  }

  /** @returns whether the line was in a message */
  replaceLine(line: Line, newLine: Line): boolean {
    const draft = this.#homes.get(line);
    if (!draft) return false;
    draft.replaceLine(line, newLine);
    this.#homes.delete(line);
    this.#homes.set(newLine, draft);
    this.markDue(draft);
    return true;
  }

  removeEntry(entry: Entry): void {
    const draft = this.#homes.get(entry);
    if (!draft) return;
    draft.removeEntry(entry);
    this.#homes.delete(entry);
    this.markDue(draft);
  }

  /**
   * Notes that a message needs an edit. While it is on its way nobody can edit it: it is looked at once it is there.
   */
  markDue(draft: MessageDraft): void {
    if (draft.id !== undefined) this.#due.add(draft);
  }

  /** Its edit goes out. */
  takeDue(draft: MessageDraft): void {
    this.#due.delete(draft);
  }

  /** Takes out of a message what nobody sees in it yet. */
  takeInvisible(draft: MessageDraft): readonly Entry[] {
    const entries = draft.takeInvisible();
    for (const entry of entries) this.#homes.delete(entry);
    return entries;
  }

  /** Gives a message up, with all its entries: it shows nothing new from now on. */
  abandon(draft: MessageDraft): void {
    for (const entry of draft.entries) this.#homes.delete(entry);
    this.#due.delete(draft); // something in it may have changed while its last edit was on its way
    this.forget(draft);
  }

  /** Nothing is left of a message that could grow, or take more. */
  forget(draft: MessageDraft): void {
    this.#growing.delete(draft);
    if (this.#last === draft) this.#last = undefined;
  }

  /** The place of all these messages is left: none takes more. */
  forgetAll(): void {
    this.#due.clear();
    this.#growing.clear();
    this.#last = undefined;
  }
}
