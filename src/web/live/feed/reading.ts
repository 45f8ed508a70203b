import type { Languages } from '../../browser/wire.ts';
import type { LiveFeed } from './feed.ts';

const CHUNK_BYTES = 16 << 10; // passed to a socket at once, and all that is held for it
/** All that a browser has is void: everything comes anew. */
const RESET = Buffer.from('event: reset\ndata: \n\n');

/** Whose page it is, as far as that matters for what is sent. */
export interface PageReader {
  readonly reads?: string; // the language that they chose for themselves
  readonly lastEventId?: string; // what they have, of an earlier connection
}

/** What one browser has of a feed, and what it is sent next. */
export class Reading {
  readonly #feed: LiveFeed;
  readonly #reads: string | undefined;
  #place: number | undefined; // missing: everything is to come
  #saidTargets: readonly string[] | undefined; // missing: it was not said yet
  #saidLost = false;
  #saidAll = false;

  constructor(feed: LiveFeed, { reads, lastEventId }: PageReader) {
    this.#feed = feed;
    this.#reads = reads;
    this.#place = feed.events.placeOf(lastEventId);
  }

  /**
   * @param isHeld - no line may go out
   * @returns `undefined` when there is nothing at the moment, `over` when nothing comes any more
   */
  nextPiece(isHeld: boolean): Uint8Array | 'over' | undefined {
    const feed = this.#feed;
    if (this.#saidLost !== feed.isLost) {
      this.#saidLost = feed.isLost;
      return Buffer.from(`event: ${this.#saidLost ? 'lost' : 'back'}\ndata: \n\n`);
    }
    if (isHeld) return undefined;
    const opening = this.#opening();
    const { bytes, place } = feed.events.chunkAfter(this.#place ?? 0, CHUNK_BYTES);
    this.#place = place;
    const [first, ...more] = [...opening, ...(bytes ? [bytes] : []), ...this.#ending(place)];
    if (first === undefined) return feed.isOver ? 'over' : undefined;
    return more.length > 0 ? Buffer.concat([first, ...more]) : first;
  }

  /** What has to come before the next lines. */
  #opening(): readonly Buffer[] {
    const feed = this.#feed;
    const isAnew = this.#place === undefined || feed.events.hasForgotten(this.#place);
    if (isAnew) {
      this.#place = 0;
      this.#saidAll = false;
    }
    const isTold = this.#saidTargets === feed.targets;
    this.#saidTargets = feed.targets;
    return [
      ...(isAnew ? [RESET] : []),
      ...(isTold ? [] : [this.#languages()]),
      ...(isAnew ? [feed.people.everybody] : []),
    ];
  }

  /** Says once that the browser has everything up to here. */
  #ending(place: number): readonly Buffer[] {
    const { events } = this.#feed;
    if (this.#saidAll || events.hasMore(place)) return [];
    this.#saidAll = true;
    return [Buffer.from(`event: all\nid: ${events.idOf(place)}\ndata: \n\n`)];
  }

  #languages(): Buffer {
    const { targets, reads: shown } = this.#feed;
    const reads = this.#reads;
    const data: Languages = {
      targets,
      ...(reads !== undefined && { reads }),
      ...(shown !== undefined && { shown }),
    };
    return Buffer.from(`event: languages\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
