import type { SpeakerId } from '../../core/ids.ts';

/**
 * Whose stream is whose: the voice server numbers streams, and says in separate messages which person has which number.
 *
 * One number a person: a new one replaces the old. One person a number: it may be given to somebody else later.
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

  /** Takes note of a message. Returns whether it told something new. Zero is no number: the person sends no audio. */
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

  /** A voice server that names ever more people must not cost ever more memory. A map keeps the order in which its keys came. */
  #forgetOldest(): void {
    for (const speakerId of this.#numbers.keys()) {
      if (this.#numbers.size <= MOST_PEOPLE) return;
      this.forget(speakerId);
    }
  }

  /** Another voice server numbers anew. */
  clear(): void {
    this.#people.clear();
    this.#numbers.clear();
  }
}

/** More people than Discord lets into any channel. */
export const MOST_PEOPLE = 10_000;
