import { randomBytes } from 'node:crypto';
import type { PublishedSegment } from '../../../core/ports/live-meetings.ts';
import type { MeetingRecord } from '../../../core/record.ts';
import { namesIn } from '../../../core/text/names.ts';
import type { LiveLine } from '../../browser/wire.ts';
import { textsAfter } from '../shown/line.ts';
import { ShownPeople } from '../shown/people.ts';
import { Rounds } from './rounds.ts';

/** The latest event of one utterance or person, as it is sent to browsers. */
interface Entry {
  readonly place: number; // grows with each event
  readonly key: string;
  readonly kind: 'line' | 'person';
  readonly into?: string; // the language of a translation
  bytes: Buffer | undefined; // missing: a later event has replaced it, or it was too long ago
}

/** What comes after a place, in one piece for all who are there. */
interface Chunk {
  readonly after: number;
  readonly place: number; // of the last event in it
  readonly newest: number; // place of the feed when it was made
  readonly bytes: Buffer | undefined; // missing: there is nothing
}

const MOST_BYTES = 4 << 20; // some ten hours of talk
const WORTH_TIDYING = 256; // entries without bytes
const ID = /^([\da-f]{12})-(\d{1,15})$/;

/**
 * The lines that the readers of one language see, and the people who say them: translations where there are any, otherwise
 * the text as it was spoken.
 *
 * Each event is rendered once for all readers, and only the latest of each utterance and person is kept, so a reader is no
 * more than a place in the sequence. A slow reader misses intermediate texts, but never the final one. Who comes back with
 * the id of an event goes on there, unless so much followed that something they do not have was forgotten.
 */
export class LiveFeed {
  readonly people: ShownPeople;
  readonly reads: string | undefined;
  readonly #epoch = randomBytes(6).toString('hex'); // no other feed has the same places
  readonly #beganAtMs: number;
  readonly #mostBytes: number;
  readonly #latest = new Map<string, Entry>(); // by utterance or person
  readonly #rounds = new Rounds();
  readonly #unwatch: () => void;
  #entries: Entry[] = []; // by place
  #bytes = 0; // of lines
  #place = 0;
  #forgotten = 0; // the place of the last event that was not kept
  #chunk: Chunk | undefined; // the latest
  #isOver = false;
  #isLost = false;
  #targets: readonly string[] = [];

  /** @param reads - the language of its readers; `undefined`: all is shown as it was spoken */
  constructor(beganAt: Date, reads: string | undefined, { people = new ShownPeople(), mostBytes = MOST_BYTES } = {}) {
    this.#beganAtMs = beganAt.getTime();
    this.reads = reads;
    this.#mostBytes = mostBytes;
    this.people = people;
    this.#unwatch = people.watch((key, bytes) => {
      this.#put({ kind: 'person', key: `person ${key}`, bytes });
      this.#rounds.wakeAll();
    });
  }

  /** Whether the meeting is over, so that nothing more comes. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether words may be missing, as the process that hears them cannot be reached. */
  get isLost(): boolean {
    return this.#isLost;
  }

  setLost(isLost: boolean): void {
    this.#isLost = isLost;
    this.#rounds.wakeAll();
  }

  /** The languages that the meeting is translated into. */
  get targets(): readonly string[] {
    return this.#targets;
  }

  setTargets(targets: readonly string[]): void {
    this.#targets = targets;
    this.#rounds.wakeAll();
  }

  /** Takes what was said before, everybody under the name they have now. */
  takeRecord(record: Pick<MeetingRecord, 'attendance' | 'finals' | 'translations' | 'gaps'>): void {
    const names = namesIn(record);
    for (const segment of [...record.finals, ...record.translations]) {
      this.takeSegment({ segment, name: names.get(segment.speakerId) ?? '' });
    }
  }

  takeSegment({ segment, name }: PublishedSegment): void {
    const { utteranceId: id, speakerId, startMs, kind } = segment;
    const key = `line ${id}`;
    const before = this.#latest.get(key);
    const texts = textsAfter(segment, before, this.reads);
    if (!texts) return;
    this.people.takeWords({ segment, name });
    const person = this.people.keyOf(speakerId);
    const state = kind === 'partial' ? 'growing' : 'final';
    const line: LiveLine = { id, person, name, at: this.#beganAtMs + startMs, ...texts, state };
    const data = Buffer.from(`data: ${JSON.stringify(line)}\n\n`);
    if (before?.bytes?.subarray(-data.length).equals(data)) return; // it came over the bus, and is in the journal
    const head = `event: line\nid: ${this.idOf(this.#place + 1)}\n`;
    const bytes = ownBytes(head, data);
    this.#put({
      kind: 'line',
      key,
      bytes,
      ...(texts.original || kind === 'translation' ? { into: texts.language } : {}),
    });
    this.#rounds.wakeAll();
  }

  end(): void {
    this.#isOver = true;
    this.#rounds.wakeAll();
  }

  /** Calls back whenever there is more. @returns a function that ends the callbacks */
  watch(wake: () => void): () => void {
    return this.#rounds.watch(wake);
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

  /** Nobody reads it any more. */
  close(): void {
    this.#unwatch();
    this.#rounds[Symbol.dispose]();
  }

  #put(event: Omit<Entry, 'place'>): void {
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

/** Bytes with memory of their own: in Node's shared one, a final would keep the words alive from which it grew. */
function ownBytes(head: string, data: Buffer): Buffer {
  const bytes = Buffer.allocUnsafeSlow(head.length + data.length);
  bytes.write(head, 'latin1'); // it is ASCII
  data.copy(bytes, head.length);
  return bytes;
}

/** What an entry counts of the bytes that are kept: people are few. */
function sizeOf({ kind, bytes }: Entry): number {
  return kind === 'line' && bytes ? bytes.length : 0;
}
