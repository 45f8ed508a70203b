import { setTimeout as delay } from 'node:timers/promises';
import type { FaultMeeting } from '../../test/support/meetings/fault-meeting.ts';

const MIN_PAUSE_MS = 1_000; // longer than what ends an utterance
const MAX_PAUSE_MS = 2_500;

/** Lets everybody in a meeting talk until it ends, whether the bot listens or not. */
export class Talk {
  readonly #meeting: FaultMeeting;
  readonly #sentences: Iterator<string>;
  readonly #random: () => number;
  readonly #stop = new AbortController();
  readonly #talking: Promise<unknown>;

  constructor(meeting: FaultMeeting, sentences: Iterator<string>, random: () => number) {
    this.#meeting = meeting;
    this.#sentences = sentences;
    this.#random = random;
    this.#talking = Promise.all(meeting.people.map((_, person) => this.#speak(person)));
    this.#talking.catch(() => {}); // `end` rejects with it
  }

  async #speak(index: number): Promise<void> {
    const person = this.#meeting.people[index];
    if (!person) return;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const { value: text, done } = this.#sentences.next();
      if (done === true) throw new Error('Everything has been said');
      await this.#meeting.say(person, text);
      const pauseMs = MIN_PAUSE_MS + this.#random() * (MAX_PAUSE_MS - MIN_PAUSE_MS);
      await delay(pauseMs, undefined, { signal }).catch(() => {}); // aborted: the loop ends
    }
  }

  /** Waits until everybody has finished their sentence. */
  async end(): Promise<void> {
    this.#stop.abort();
    await this.#talking;
  }
}
