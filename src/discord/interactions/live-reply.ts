import type { Log } from '../../core/log.ts';

/** An answer that grows: one message that is edited, and further messages after it. */
export interface ReplyPlace {
  /** Writes the first message, or edits it. */
  show(content: string): Promise<void>;
  more(content: string): Promise<void>;
  /** The time between two edits: if it were shorter, Discord's limits would delay them. */
  readonly everyMs: number;
}

/** Shows the newest progress only, and then the answer: never progress after the answer. */
export class LiveReply implements AsyncDisposable {
  readonly #place: ReplyPlace;
  readonly #log: Log;
  #wanted: (() => string) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #nextMs = 0;
  #shown = '';

  constructor(place: ReplyPlace, log: Log) {
    this.#place = place;
    this.#log = log;
  }

  /** @param render - called when it is time to write, so that the newest progress is shown */
  progress(render: () => string): void {
    this.#wanted = render;
    this.#timer ??= setTimeout(() => this.#write(), Math.max(0, this.#nextMs - performance.now()));
  }

  /** @throws as discord.js does when the answer cannot be written */
  async finish(contents: readonly string[]): Promise<void> {
    await this[Symbol.asyncDispose]();
    const [first = '', ...rest] = contents;
    if (first !== this.#shown) await this.#place.show(first);
    for (const content of rest) await this.#place.more(content);
  }

  /** Ends the progress. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    this.#wanted = undefined;
    await this.#sending;
  }

  #write(): void {
    const content = this.#wanted?.() ?? this.#shown;
    this.#wanted = undefined;
    this.#sending = this.#show(content).finally(() => {
      this.#timer = undefined;
      this.#nextMs = performance.now() + this.#place.everyMs;
      if (this.#wanted) this.progress(this.#wanted);
    });
  }

  async #show(content: string): Promise<void> {
    if (content === this.#shown) return;
    try {
      await this.#place.show(content);
      this.#shown = content;
    } catch (error) {
      // The answer itself is written anyway.
      this.#log.debug({ err: error }, 'Progress could not be shown');
    }
  }
}
