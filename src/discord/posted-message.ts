import type { MessageId } from '../core/ids.ts';
import { type Entry, MAX_CONTENT, render, translationLinesOf } from './line.ts';

/** What a message would say now, and what to call once Discord has taken it. */
export interface Draft {
  readonly content: string;
  delivered(): void;
}

/** One message of ours: what it should show, and what is known to be visible. */
export class PostedMessage {
  readonly entries: Entry[];
  place: number; // index of the destination it went to
  id: MessageId | undefined; // once posted
  #shown = '';
  readonly #visible = new Map<Entry, readonly string[]>(); // languages; '' is the text itself

  constructor(entries: Entry[], place: number) {
    this.entries = entries;
    this.place = place;
  }

  draft(): Draft {
    const content = render(this.entries);
    const seen = this.entries.map((entry) => [entry, languagesIn(entry)] as const);
    return {
      content,
      delivered: () => {
        this.#shown = content;
        for (const [entry, languages] of seen) this.#visible.set(entry, languages);
      },
    };
  }

  get isUpToDate(): boolean {
    return render(this.entries) === this.#shown;
  }

  get isWithinLimit(): boolean {
    return render(this.entries).length <= MAX_CONTENT;
  }

  /** Whether a whole line waits, not only a translation of one. */
  get hidesLine(): boolean {
    return this.entries.some((entry) => !this.#visible.has(entry));
  }

  /** What it should show and does not, as entries for another message. */
  unseen(): Entry[] {
    return this.entries.flatMap((entry): Entry[] => {
      const visible = this.#visible.get(entry);
      if (!visible) return [entry];
      if (entry.kind === 'notice') return [];
      const missing = [...entry.translations].filter(([language]) => !visible.includes(language));
      return missing.flatMap(([language, text]) => translationLinesOf(entry, language, text));
    });
  }
}

function languagesIn(entry: Entry): string[] {
  if (entry.kind === 'notice') return [];
  return [...(entry.text === '' ? [] : ['']), ...entry.translations.keys()];
}
