import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterPlay } from '../../../test/support/cluster/play.ts';

const EVERY_MS = 150; // in every meeting
const ANSWER_WITHIN_MS = 3_000; // what Discord gives a bot

/** Somebody in every meeting asks for its status again and again. */
export class Clicks {
  readonly #stop = new AbortController();
  readonly #clicking: Promise<readonly string[][]>;
  #count = 0;

  constructor({ cluster: { meetings }, random }: ClusterPlay) {
    this.#clicking = Promise.all(
      meetings.map(async ({ people, text, guild }) => {
        const asked: Promise<string[]>[] = [];
        const { signal } = this.#stop;
        while (!signal.aborted) {
          this.#count += 1;
          const answer = people[0]?.command(
            'transcribe status',
            {},
            { channel: text, answerWithinMs: ANSWER_WITHIN_MS },
          );
          asked.push(
            Promise.resolve(answer).then(
              () => [],
              (error: unknown) => [`${guild.name}: a click was not answered: ${String(error)}`],
            ),
          );
          await delay(EVERY_MS * (0.5 + random()), undefined, { signal }).catch(() => {}); // aborted: the loop ends
        }
        return (await Promise.all(asked)).flat();
      }),
    );
    this.#clicking.catch(() => {}); // `end` rejects with it
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves to what was wrong with the answers, once all are there. */
  async end(): Promise<readonly string[]> {
    this.#stop.abort();
    return (await this.#clicking).flat();
  }
}
