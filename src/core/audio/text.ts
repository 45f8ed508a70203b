import type { TranscriptSegment } from '../segment.ts';

/** One utterance in a file, with its translations by language. */
export interface HeardUtterance {
  readonly said: Exclude<TranscriptSegment, { readonly kind: 'translation' }>;
  readonly translations: ReadonlyMap<string, string>;
}

/** The text of a file so far. */
export class AudioText {
  readonly #said = new Map<string, HeardUtterance['said']>();
  readonly #translations = new Map<string, Map<string, string>>();

  hear(segment: TranscriptSegment): void {
    if (segment.kind !== 'translation') {
      if (segment.text.trim() === '') this.#said.delete(segment.utteranceId);
      else this.#said.set(segment.utteranceId, segment);
      return;
    }
    const others = this.#translations.get(segment.utteranceId) ?? new Map<string, string>();
    this.#translations.set(segment.utteranceId, others.set(segment.language, segment.text));
  }

  /** Discards everything: the file begins again. */
  clear(): void {
    this.#said.clear();
    this.#translations.clear();
  }

  /** The utterances in spoken order. */
  utterances(): readonly HeardUtterance[] {
    return [...this.#said.values()]
      .sort((a, b) => a.startMs - b.startMs)
      .map((said) => ({ said, translations: this.#translations.get(said.utteranceId) ?? new Map<string, string>() }));
  }

  /** Whether some words are not confirmed, as their final never came. */
  get isDoubtful(): boolean {
    return [...this.#said.values()].some((said) => said.kind === 'partial' || !said.confirmed);
  }
}
