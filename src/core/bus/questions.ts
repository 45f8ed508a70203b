import { randomUUID } from 'node:crypto';
import type { Bus, BusMessage } from '../ports/cluster/bus.ts';

interface Question {
  readonly id: string;
  readonly replyTo: string;
  readonly question: BusMessage;
}

interface Reply {
  readonly id: string;
  readonly answer: BusMessage;
}

/** Asks other processes, and answers them. Every question has a limit, as a process may be gone before it answers. */
export class Questions implements Disposable {
  readonly #bus: Bus;
  readonly #replyTo = `reply:${randomUUID()}`;
  readonly #waiting = new Map<string, (answer: BusMessage) => void>();
  #listening: Promise<Disposable> | undefined;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  /** @returns the first answer; `undefined` when nobody is there, or nobody answers in time. Never rejects */
  async ask(channel: string, question: BusMessage, withinMs: number): Promise<BusMessage | undefined> {
    this.#listening ??= this.#bus.subscribe(this.#replyTo, (reply) => {
      if (isReply(reply)) this.#waiting.get(reply.id)?.(reply.answer);
    });
    await this.#listening;
    const id = randomUUID();
    const { promise, resolve } = Promise.withResolvers<BusMessage | undefined>();
    const timer = setTimeout(resolve, withinMs, undefined);
    this.#waiting.set(id, resolve);
    const asked = { id, replyTo: this.#replyTo, question } satisfies Question;
    if ((await this.#bus.publish(channel, asked)) === 0) resolve(undefined);
    const answer = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    return answer;
  }

  /**
   * Answers the questions of a channel until disposed.
   *
   * @param respond - resolves to `undefined` when another process is meant; what it throws is no answer either
   */
  async answer(
    channel: string,
    respond: (question: BusMessage) => Promise<BusMessage | undefined>,
  ): Promise<Disposable> {
    return await this.#bus.subscribe(channel, (asked) => {
      if (!isQuestion(asked)) return;
      respond(asked.question).then(
        (answer) => answer && this.#bus.publish(asked.replyTo, { id: asked.id, answer } satisfies Reply),
        () => {}, // whoever asked goes on without an answer
      );
    });
  }

  [Symbol.dispose](): void {
    void this.#listening?.then((listening) => listening[Symbol.dispose]());
    for (const resolve of this.#waiting.values()) resolve({});
  }
}

function isQuestion(message: BusMessage): message is Question {
  const isAsked = 'id' in message && 'replyTo' in message && typeof message.replyTo === 'string';
  return isAsked && 'question' in message && typeof message.question === 'object' && message.question !== null;
}

function isReply(message: BusMessage): message is Reply {
  const isAnswered = 'id' in message && typeof message.id === 'string';
  return isAnswered && 'answer' in message && typeof message.answer === 'object' && message.answer !== null;
}
