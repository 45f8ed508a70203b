import type { Ear } from '../../discord/gateway/ear.ts';

/** A session takes two commands a second, and most of them are for voice. */
const EVERY_MS = 5_000;
const EVERY_URGENT_MS = 2_000;

interface Session {
  readonly ear: Pick<Ear, 'ask'>;
}

/**
 * Asks regularly whether Discord is heard, and more often while the database does not answer: a process that hears neither is
 * cut off from everything.
 */
export class HearingDiscord {
  readonly #sessions: () => readonly Session[];
  readonly #heard: () => void;
  #askedMs = Number.NEGATIVE_INFINITY; // of performance.now()
  #isMissed = false; // the last answer

  /** @param heard - called when every session that could be asked has had an answer */
  constructor(sessions: () => readonly Session[], heard: () => void) {
    this.#sessions = sessions;
    this.#heard = heard;
  }

  /** Asks, if it is time again. Neither waits nor throws. */
  ask(isUrgent: boolean): void {
    const nowMs = performance.now();
    if (nowMs - this.#askedMs < (isUrgent || this.#isMissed ? EVERY_URGENT_MS : EVERY_MS)) return;
    this.#askedMs = nowMs;
    void this.#askAll();
  }

  async #askAll(): Promise<void> {
    const answers = await Promise.all(this.#sessions().map(({ ear }) => ear.ask()));
    this.#isMissed = answers.includes(false);
    if (answers.includes(true) && !this.#isMissed) this.#heard();
  }
}
