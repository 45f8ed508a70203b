import type { LiveFeed } from './feed.ts';

/** Why nothing more comes, as the script in the page knows it. */
export type LastWord =
  | 'over' // the meeting
  | 'ended' // the right to read
  | 'closed' // the link
  | 'gaveWay' // to another page
  | 'stopped'; // as nobody could say whether they may read

export interface Pace {
  readonly signOfLifeMs: number; // after what was given last, whatever happens meanwhile: proxies cut what is silent, nginx after a minute
  readonly takenWithinMs: number; // else whoever reads has gone, or stopped reading
}

const CHUNK_BYTES = 16 << 10; // what is handed to a socket at once, and all that we hold for it
const LEAVE_WITHIN_MS = 5_000; // for the last word to be taken
const SIGN_OF_LIFE = Buffer.from(': still here\n\n');

/**
 * One open page: carries a feed to a browser, no faster than it is taken.
 *
 * It ends once, in whichever way comes first: with a last word, when the browser goes, or when it takes nothing any more.
 */
export class OpenPage {
  readonly body: ReadableStream<Uint8Array>;
  readonly #feed: LiveFeed;
  readonly #pace: Pace;
  readonly #cutOff: () => void;
  readonly #gone: () => void;
  readonly #unwatch: () => void;
  #place = 0;
  #silentUntilMs = 0; // a sign of life is due then; the first at once, so that whoever stands between us passes the answer on
  #isHeld = false;
  #isGone = false;
  #lastWord: LastWord | undefined;
  #stall: NodeJS.Timeout;
  #wake: () => void = () => {};

  /**
   * @param cutOff - closes the connection
   * @param gone - told once, when the page needs nothing any more
   */
  constructor(feed: LiveFeed, pace: Pace, cutOff: () => void, gone: () => void) {
    this.#feed = feed;
    this.#pace = pace;
    this.#cutOff = cutOff;
    this.#gone = gone;
    this.#unwatch = feed.watch(() => this.#wake());
    this.#stall = this.#armed(pace.takenWithinMs);
    this.body = new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#give(controller), cancel: () => this.abandon() },
      { highWaterMark: 0 },
    );
  }

  /** Nothing is shown until it is known whether they still may read. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#wake();
  }

  /** Says why, and nothing else any more. @returns whether it had not ended before */
  end(lastWord: LastWord): boolean {
    if (this.#isGone || this.#lastWord !== undefined) return false;
    this.#lastWord = lastWord;
    clearTimeout(this.#stall);
    this.#stall = this.#armed(LEAVE_WITHIN_MS);
    this.#wake();
    return true;
  }

  giveWay(): void {
    this.end('gaveWay');
  }

  /** Called when the socket takes more. */
  async #give(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (this.#lastWord === undefined) clearTimeout(this.#stall);
    while (!this.#isGone) {
      if (this.#lastWord !== undefined) {
        controller.enqueue(Buffer.from(`event: ${this.#lastWord}\ndata: \n\n`));
        controller.close();
        this.abandon();
        return;
      }
      const piece = this.#nextPiece() ?? (await this.#wokenInTime());
      if (this.#isGone || this.#lastWord !== undefined || piece === undefined) continue;
      controller.enqueue(piece);
      this.#silentUntilMs = performance.now() + this.#pace.signOfLifeMs;
      this.#stall = this.#armed(this.#pace.takenWithinMs);
      return;
    }
  }

  #nextPiece(): Uint8Array | undefined {
    if (this.#isHeld) return undefined;
    const { pieces, place } = this.#feed.after(this.#place, CHUNK_BYTES);
    this.#place = place;
    const [first] = pieces;
    if (first === undefined && this.#feed.isOver) this.#lastWord = 'over';
    return pieces.length > 1 ? Buffer.concat(pieces) : first;
  }

  /** @returns a sign of life, when nothing was given for so long: being woken, as each look at the right does, is not given */
  async #wokenInTime(): Promise<Uint8Array | undefined> {
    if (this.#lastWord !== undefined) return undefined;
    const waitMs = this.#silentUntilMs - performance.now();
    if (waitMs <= 0) return SIGN_OF_LIFE;
    const { promise, resolve } = Promise.withResolvers<Uint8Array | undefined>();
    this.#wake = () => resolve(undefined);
    const timer = setTimeout(() => resolve(SIGN_OF_LIFE), waitMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#wake = () => {};
    }
  }

  #armed(limitMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.abandon();
      this.#cutOff();
    }, limitMs);
  }

  /** Nobody reads it any more. */
  abandon(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    clearTimeout(this.#stall);
    this.#unwatch();
    this.#wake();
    this.#gone();
  }
}
