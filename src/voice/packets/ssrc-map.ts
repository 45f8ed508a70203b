import type { SpeakerId } from '../../core/ids.ts';

/**
 * Knows which person speaks in which stream: the voice server numbers streams (SSRCs), and says in separate messages
 * which person has which number.
 *
 * Each person has one number, which a new one replaces. Each number has one person, and may go to somebody else later.
 */
export class SsrcMap {
  readonly #people = new Map<number, SpeakerId>();
  readonly #numbers = new Map<SpeakerId, number>();

  whose(ssrc: number): SpeakerId | undefined {
    return this.#people.get(ssrc);
  }

  /** Whether the person's number is known. */
  isNamed(speakerId: SpeakerId): boolean {
    return this.#numbers.has(speakerId);
  }

  /** Records whose stream it is. Returns whether that is new. Zero is no number: the person sends no audio. */
  learn(ssrc: number, speakerId: SpeakerId): boolean {
    if (ssrc === 0 || this.#people.get(ssrc) === speakerId) return false;
    this.forget(speakerId);
    const former = this.#people.get(ssrc);
    if (former !== undefined) this.#numbers.delete(former);
    this.#people.set(ssrc, speakerId);
    this.#numbers.set(speakerId, ssrc);
    this.#forgetOldest();
    return true;
  }

  forget(speakerId: SpeakerId): void {
    const ssrc = this.#numbers.get(speakerId);
    if (ssrc !== undefined) this.#people.delete(ssrc);
    this.#numbers.delete(speakerId);
  }

  /** Bounds the memory that a voice server can use by naming people. A map keeps its keys in the order of adding. */
  #forgetOldest(): void {
    for (const speakerId of this.#numbers.keys()) {
      if (this.#numbers.size <= MOST_PEOPLE) return;
      this.forget(speakerId);
    }
  }

  /** Forgets everybody: a different voice server assigns new numbers. */
  clear(): void {
    this.#people.clear();
    this.#numbers.clear();
  }
}

/** More people than Discord lets into any channel. */
export const MOST_PEOPLE = 10_000;
