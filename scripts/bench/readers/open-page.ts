import { EventEmitter, once } from 'node:events';
import type { Stage } from '../../../test/support/stage.ts';

const LIMIT_MS = 30_000;

/** A member's live page of the meeting that runs on a stage, as a browser reads it. */
export class OpenPage implements AsyncDisposable {
  readonly #stage: Stage;
  readonly #reader: Stage['moderator'];
  readonly #closing = new AbortController();
  readonly #news = new EventEmitter<{ text: [] }>();
  #text = ''; // everything the page has got
  #reading: Promise<void> | undefined;

  constructor(stage: Stage, reader: Stage['moderator']) {
    this.#stage = stage;
    this.#reader = reader;
  }

  get isOpen(): boolean {
    return this.#reading !== undefined;
  }

  /** Presses the panel's button, and reads the page's lines from then on. */
  async open(): Promise<void> {
    const { text, bot } = this.#stage;
    const panel = await text.waitFor(({ components }) => JSON.stringify(components).includes('Live page'));
    const id = /p1:live:[\w-]+/.exec(JSON.stringify(panel.components))?.[0] ?? '';
    const reply = await this.#reader.click(panel, id);
    const { pathname, search } = new URL(/http:\/\/127[^"]*/.exec(JSON.stringify(reply.components))?.[0] ?? '');
    const entered = await bot.ask('Pages', `${pathname}${search}`, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { signal } = this.#closing;
    this.#reading = this.#read(await bot.ask('Pages', `${pathname}/lines`, { headers: { cookie }, signal }));
  }

  /** Resolves when the page has got these words. */
  async shows(words: string): Promise<void> {
    const signal = AbortSignal.timeout(LIMIT_MS);
    while (!this.#text.includes(words)) await once(this.#news, 'text', { signal });
  }

  async #read({ body }: Response): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of body ?? []) {
        this.#text += decoder.decode(bytes, { stream: true });
        this.#news.emit('text');
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#reading;
  }
}
