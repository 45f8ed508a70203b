import type { PublishedSegment } from '../ports/live-meetings.ts';

/**
 * Which utterances of a meeting the pages of this process show, so that what has gone from the journal can be taken back.
 *
 * Words come over the bus while the journal is being read, and are newer than what it then says. So each utterance is
 * noted with the look at the journal that was the latest when it came.
 */
export class ShownWords {
  readonly #finals = new Map<string, number>(); // the look, by utterance
  readonly #growing = new Map<string, number>(); // likewise
  readonly #gone = new Set<string>(); // taken back since the latest look began
  #look = 0;

  /** A look at the journal begins. */
  beginLook(): void {
    this.#look += 1;
    this.#gone.clear();
  }

  /** Notes what came over the bus. */
  noteWords({ segment: { kind, utteranceId, text } }: PublishedSegment): void {
    if (kind === 'final') this.#noteFinal(utteranceId);
    else if (kind === 'partial' && text !== '') this.#growing.set(utteranceId, this.#look);
    else if (kind === 'partial') {
      this.#growing.delete(utteranceId);
      this.#finals.delete(utteranceId);
      this.#gone.add(utteranceId);
    }
  }

  /** Notes what the journal holds. @returns false for what was taken back while it was read */
  noteKept({ segment: { kind, utteranceId } }: PublishedSegment): boolean {
    if (this.#gone.has(utteranceId)) return false;
    if (kind === 'final') this.#noteFinal(utteranceId);
    return true;
  }

  /**
   * Forgets what is to be taken back: finals that the journal no longer holds, and words that have not grown since the look
   * began.
   *
   * @param kept - the finals of the whole journal
   */
  takeGone(kept: ReadonlySet<string>): readonly string[] {
    const isOld = ([id, look]: [string, number]) => look < this.#look && !kept.has(id);
    const gone = [...[...this.#finals].filter(isOld), ...[...this.#growing].filter(isOld)].map(([id]) => id);
    for (const id of gone) {
      this.#finals.delete(id);
      this.#growing.delete(id);
    }
    return gone;
  }

  #noteFinal(utteranceId: string): void {
    this.#growing.delete(utteranceId);
    this.#finals.set(utteranceId, this.#look);
  }
}
