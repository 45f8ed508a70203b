import type { ChannelId, MessageId, SpeakerId } from '../../../core/ids.ts';
import { MAX_CONTENT } from '../../formatting/limits.ts';
import { isOldMessage } from '../../messages/old-message.ts';
import type { OwnMessage } from '../../messages/own-messages.ts';
import type { Sender } from '../../messages/sender.ts';
import { type Entry, isGrowing, type Line, render, translationLinesOf } from './line.ts';

/** What a message would say now, and what to call once Discord has taken it. */
export interface Draft {
  readonly content: string; // empty: nothing is left of it
  delivered(): void;
}

/** What of an entry people see. */
interface Seen {
  readonly text: string;
  readonly isGrowing: boolean;
  readonly languages: readonly string[];
}

/** What a message waits to show, the most important of it: a whole text, more about one, or words still being spoken. */
export type Waits = 'text' | 'more' | 'growth';

/** One message that an earlier process left, as it would have known it. */
export interface LeftMessage {
  readonly message: OwnMessage;
  readonly entries: readonly Entry[];
}

/** One message of ours: what it should show, and what is known to be visible. */
export class MessageDraft {
  readonly entries: Entry[];
  readonly sender: Sender;
  place: number; // index of the destination it went to
  channelId: ChannelId | undefined; // where it stands, once posted
  id: MessageId | undefined;
  editableAtMs = 0; // of performance.now(): Discord takes no edit of it before
  #shown = '';
  readonly #visible = new Map<Entry, Seen>();
  readonly #reported = new Set<Entry>();
  readonly #finished = new Set<Entry>();

  constructor(entries: Entry[], place: number, sender: Sender) {
    this.entries = entries;
    this.place = place;
    this.sender = sender;
  }

  #render(): string {
    return render(this.entries, this.sender.isSpeaker ? 'no heads' : 'heads');
  }

  draft(): Draft {
    const content = this.#render();
    const seen = this.entries.map((entry) => [entry, whatOf(entry)] as const);
    return {
      content,
      delivered: () => {
        this.#shown = content;
        for (const [entry, what] of seen) this.#visible.set(entry, what);
      },
    };
  }

  /** It was posted by an earlier process and shows its entries as they are now. */
  stands(channelId: ChannelId, id: MessageId, content: string): void {
    this.channelId = channelId;
    this.id = id;
    this.#shown = content;
    for (const entry of this.entries) this.#visible.set(entry, whatOf(entry));
  }

  remove(entry: Entry): void {
    const at = this.entries.indexOf(entry);
    if (at >= 0) this.entries.splice(at, 1);
  }

  /** Takes out what nobody sees here yet: it need not wait for this message. */
  takeInvisible(): Entry[] {
    const invisible = this.entries.filter((entry) => !this.#visible.has(entry));
    for (const entry of invisible) this.remove(entry);
    return invisible;
  }

  /** Lines that are visible here and were not yet asked for. */
  takeUnreported(): Line[] {
    const lines = this.entries.filter((entry) => entry.kind === 'line');
    const fresh = lines.filter((line) => this.#visible.has(line) && !this.#reported.has(line));
    for (const line of fresh) this.#reported.add(line);
    return fresh;
  }

  /** Whom remarks name that are visible here and were not yet asked for. */
  takeRemarks(): SpeakerId[] {
    const fresh = this.entries.filter((entry) => this.#visible.has(entry) && !this.#reported.has(entry));
    return fresh.flatMap((entry) => {
      if (entry.kind !== 'sentence' || entry.about === undefined) return [];
      this.#reported.add(entry);
      return entry.about;
    });
  }

  /** Lines whose final text is visible here and that were not yet asked for. */
  takeFinished(): Line[] {
    const lines = this.entries.filter((entry) => entry.kind === 'line');
    const fresh = lines.filter((line) => this.#showsTextOf(line) && !this.#finished.has(line));
    for (const line of fresh) this.#finished.add(line);
    return fresh;
  }

  get isUpToDate(): boolean {
    return this.#render() === this.#shown;
  }

  /** How many characters Discord would still take. */
  get room(): number {
    return MAX_CONTENT - this.#render().length;
  }

  /** Whether Discord takes edits of it only later: nothing is to be added. */
  get isOld(): boolean {
    return performance.now() < this.editableAtMs || (this.id !== undefined && isOldMessage(this.id));
  }

  /** Whether something in it is still being spoken, so that its final will have to be shown here. */
  get isOpen(): boolean {
    return this.entries.some(isGrowing);
  }

  /** Whether people have seen a text in it that stays. */
  get holdsText(): boolean {
    return this.entries.some((entry) => this.#visible.get(entry)?.isGrowing === false);
  }

  get waits(): Waits {
    if (this.entries.some((entry) => !isGrowing(entry) && !this.#showsTextOf(entry))) return 'text';
    return this.entries.length === 0 || this.entries.some((entry) => this.#hidesTranslationOf(entry))
      ? 'more'
      : 'growth';
  }

  /** What it should show and does not, as entries for another message. */
  unseen(): Entry[] {
    return this.entries.flatMap((entry): Entry[] => {
      if (isGrowing(entry) || !this.#showsTextOf(entry)) return [entry];
      if (entry.kind === 'sentence') return [];
      const visible = this.#visible.get(entry)?.languages ?? [];
      const missing = [...entry.translations].filter(([language]) => !visible.includes(language));
      return missing.flatMap(([language, text]) => translationLinesOf(entry, language, text));
    });
  }

  #showsTextOf(entry: Entry): boolean {
    const seen = this.#visible.get(entry);
    return seen !== undefined && !seen.isGrowing && seen.text === entry.text;
  }

  #hidesTranslationOf(entry: Entry): boolean {
    const seen = this.#visible.get(entry)?.languages ?? [];
    return entry.kind === 'line' && [...entry.translations.keys()].some((language) => !seen.includes(language));
  }
}

function whatOf(entry: Entry): Seen {
  if (entry.kind === 'sentence') return { text: entry.text, isGrowing: false, languages: [] };
  return { text: entry.text, isGrowing: isGrowing(entry), languages: [...entry.translations.keys()] };
}
