import { randomBytes } from 'node:crypto';

/** The latest event of one utterance or person, as it is sent to browsers. */
export interface KeptEvent {
  readonly place: number; // grows with each event
  readonly key: string;
  readonly kind: 'line' | 'person';
  readonly into?: string; // the language of a translation
  readonly bytes: Buffer | undefined; // missing: a later event has replaced it, or it was too long ago
}
type Entry = Omit<KeptEvent, 'bytes'> & { bytes: Buffer | undefined };

/** What comes after a place, in one piece for all who are there. */
interface Chunk {
  readonly after: number;
  readonly place: number; // of the last event in it
  readonly newest: number; // place of the feed when it was made
  readonly bytes: Buffer | undefined; // missing: there is nothing
}

const WORTH_TIDYING = 256; // entries without bytes
const ID = /^([\da-f]{12})-(\d{1,15})$/;

/**
 * The events of a feed in their order, by utterance and person only the latest: a reader is no more than a place among them.
 *
 * A slow reader misses intermediate texts, but never the final one. Who comes back with the id of an event goes on there,
 * unless so much followed that something they do not have was forgotten.
 */
export class KeptEvents {
  readonly #epoch = randomBytes(6).toString('hex'); // no other feed has the same places
  readonly #mostBytes: number;
  readonly #latest = new Map<string, Entry>(); // by utterance or person
  #entries: Entry[] = []; // by place
  #bytes = 0; // of lines
  #place = 0;
  #forgotten = 0; // the place of the last event that was not kept
  #chunk: Chunk | undefined; // the latest

  /** @param mostBytes - of lines; the oldest are forgotten */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The latest event of an utterance or person. */
  latestOf(key: string): KeptEvent | undefined {
    return this.#latest.get(key);
  }

  /** The id that the next event will have. */
  get nextId(): string {
    return this.idOf(this.#place + 1);
  }

  /** Keeps an event in place of the one before with the same key. */
  put(event: Omit<KeptEvent, 'place'>): void {
    this.#place += 1;
    const before = this.#latest.get(event.key);
    if (before) this.#dropEntry(before);
    const entry = { ...event, place: this.#place };
    this.#latest.set(event.key, entry); // at the end of the map, as the old entry was dropped
    this.#entries.push(entry);
    this.#bytes += sizeOf(entry);
    for (const [, oldest] of this.#latest) {
      if (this.#bytes <= this.#mostBytes || oldest === entry) break;
      if (oldest.kind === 'person') continue; // they are few
      this.#forgotten = Math.max(this.#forgotten, oldest.place);
      this.#dropEntry(oldest);
    }
    const empty = this.#entries.length - this.#latest.size;
    if (empty > WORTH_TIDYING && empty > this.#latest.size) this.#entries = [...this.#latest.values()];
  }

  /**
   * The lines after a place, oldest first: about as many bytes as asked for.
   *
   * @returns the pieces, and the place of the last of them
   */
  after(place: number, bytes: number): { readonly pieces: readonly Buffer[]; readonly place: number } {
    const pieces: Buffer[] = [];
    let taken = 0;
    let last = place;
    for (let i = this.#indexAfter(place); i < this.#entries.length && taken < bytes; i++) {
      const entry = this.#entries[i];
      if (!entry) break;
      last = entry.place;
      if (!entry.bytes) continue;
      pieces.push(entry.bytes);
      taken += entry.bytes.length;
    }
    return { pieces, place: last };
  }

  /**
   * The lines after a place as one piece of about so many bytes: the same for all who are at that place, as most readers are.
   * Ask for the same number of bytes each time.
   */
  chunkAfter(after: number, bytes: number): Pick<Chunk, 'place' | 'bytes'> {
    if (this.#chunk?.after === after && this.#chunk.newest === this.#place) return this.#chunk;
    const { pieces, place } = this.after(after, bytes);
    const whole = pieces.length > 1 ? Buffer.concat(pieces) : pieces[0];
    this.#chunk = { after, place, newest: this.#place, bytes: whole };
    return this.#chunk;
  }

  /** Whether there are lines after a place. */
  hasMore(place: number): boolean {
    return place < this.#place;
  }

  /** The id of an event at a place: who has it has everything up to there. */
  idOf(place: number): string {
    return `${this.#epoch}-${place}`;
  }

  /** The place at which somebody goes on who has the event of this id; `undefined`: they have to begin anew. */
  placeOf(id: string | undefined): number | undefined {
    const [, epoch, digits] = ID.exec(id ?? '') ?? [];
    const place = Number(digits);
    return epoch === this.#epoch && place <= this.#place && !this.hasForgotten(place) ? place : undefined;
  }

  /** Whether something after a place is not kept any more. */
  hasForgotten(place: number): boolean {
    return place < this.#forgotten;
  }

  #dropEntry(entry: Entry): void {
    this.#bytes -= sizeOf(entry);
    entry.bytes = undefined;
    this.#latest.delete(entry.key);
  }

  /** A binary search: a reader who keeps up asks for the end of a long sequence. */
  #indexAfter(place: number): number {
    let from = 0;
    let until = this.#entries.length;
    while (from < until) {
      const middle = (from + until) >> 1;
      if ((this.#entries[middle]?.place ?? 0) <= place) from = middle + 1;
      else until = middle;
    }
    return from;
  }
}

/** What an entry counts of the bytes that are kept: people are few. */
function sizeOf({ kind, bytes }: Entry): number {
  return kind === 'line' && bytes ? bytes.length : 0;
}
