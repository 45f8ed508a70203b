import { Bell } from '../../core/concurrency/bell.ts';
import type { LiveFeed } from './feed/feed.ts';
import { type PageReader, Reading } from './feed/reading.ts';

/** Why nothing more comes: the event that the page's script gets last. */
export type LastWord =
  | 'over' // the meeting is over
  | 'ended' // the reader has lost the right to read
  | 'closed' // the link was closed
  | 'gaveWay' // another page was opened instead
  | 'stopped'; // nobody could say whether they may read

export interface PageTiming {
  readonly signOfLifeMs: number; // after the last bytes were sent: proxies cut silent connections, nginx after a minute
  readonly takenWithinMs: number; // a browser that takes nothing for this long has gone, or stopped reading
}

const LEAVE_WITHIN_MS = 5_000; // how long a browser has to take the last word
/** An event and no comment, as pages have to notice its absence. */
const SIGN_OF_LIFE = Buffer.from('event: beat\ndata: \n\n');

/**
 * One open page: sends a feed to a browser, no faster than the browser takes it.
 *
 * It ends once, in whichever way comes first: with a last word, when the browser goes, or when it takes nothing any
 * more.
 */
export class OpenPage {
  readonly body: ReadableStream<Uint8Array>;
  readonly #reading: Reading;
  readonly #timing: PageTiming;
  readonly #cutOff: () => void;
  readonly #gone: () => void;
  readonly #unwatch: () => void;
  readonly #news = new Bell();
  #silentUntilMs = 0; // when a sign of life is due: the first at once, so that proxies pass the answer on
  #isHeld = false;
  #isGone = false;
  #lastWord: LastWord | undefined;
  #stall: NodeJS.Timeout;

  /**
   * @param cutOff - closes the connection
   * @param gone - called once, when the page needs nothing any more
   */
  constructor(feed: LiveFeed, timing: PageTiming, cutOff: () => void, gone: () => void, reader: PageReader = {}) {
    this.#reading = new Reading(feed, reader);
    this.#timing = timing;
    this.#cutOff = cutOff;
    this.#gone = gone;
    this.#unwatch = feed.watch(() => this.#news.ring());
    this.#stall = this.#cutOffAfter(timing.takenWithinMs);
    this.body = new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#givePiece(controller), cancel: () => this.abandon() },
      { highWaterMark: 0 },
    );
  }

  /** Holds all lines back until it is known whether the reader still may read. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#news.ring();
  }

  /** Ends the page with a last word. @returns whether it had not ended before */
  end(lastWord: LastWord): boolean {
    if (this.#isGone || this.#lastWord !== undefined) return false;
    this.#lastWord = lastWord;
    clearTimeout(this.#stall);
    this.#stall = this.#cutOffAfter(LEAVE_WITHIN_MS);
    this.#news.ring();
    return true;
  }

  giveWay(): void {
    this.end('gaveWay');
  }

  /** Called when the socket takes more. */
  async #givePiece(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
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
      this.#silentUntilMs = performance.now() + this.#timing.signOfLifeMs;
      this.#stall = this.#cutOffAfter(this.#timing.takenWithinMs);
      return;
    }
  }

  #nextPiece(): Uint8Array | undefined {
    if (this.#silentUntilMs === 0) return SIGN_OF_LIFE;
    const piece = this.#reading.nextPiece(this.#isHeld);
    if (piece !== 'over') return piece;
    this.#lastWord = 'over';
    return undefined;
  }

  /**
   * @returns a sign of life when nothing was sent for too long; `undefined` when woken before that, as by each check of
   *   the right to read, which does not count as sending
   */
  async #wokenInTime(): Promise<Uint8Array | undefined> {
    if (this.#lastWord !== undefined) return undefined;
    const waitMs = this.#silentUntilMs - performance.now();
    if (waitMs <= 0) return SIGN_OF_LIFE;
    return (await this.#news.wait(undefined, waitMs)) === 'time is up' ? SIGN_OF_LIFE : undefined;
  }

  #cutOffAfter(limitMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.abandon();
      this.#cutOff();
    }, limitMs);
  }

  /** Ends the page without a last word: nobody reads it any more. */
  abandon(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    clearTimeout(this.#stall);
    this.#unwatch();
    this.#news.ring();
    this.#gone();
  }
}
