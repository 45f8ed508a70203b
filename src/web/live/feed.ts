import type { PublishedSegment } from '../../core/ports/live-meetings.ts';
import type { MeetingRecord } from '../../core/record.ts';
import { relatedLanguage, sameLanguage } from '../../core/text/language.ts';
import { namesIn } from '../../core/text/names.ts';

/** One utterance as the page shows it. A later line with the same id replaces it. */
export interface LiveLine {
  readonly id: string;
  readonly name: string;
  readonly at: number; // milliseconds since 1970
  readonly text: string; // empty: the line is removed
  readonly language: string; // of the text
  readonly state: 'growing' | 'final';
}

/** The latest line of one utterance, as it is sent to browsers. */
interface Entry {
  readonly place: number; // grows with each line
  readonly id: string;
  readonly into: string | undefined; // the language of a translation
  bytes: Buffer | undefined; // missing: a later line has replaced it, or it was too long ago
}

const MOST_BYTES = 4 << 20; // some ten hours of talk
const WORTH_TIDYING = 256; // entries without bytes

/**
 * The lines that the readers of one language see: translations where there are any, otherwise the text as it was
 * spoken.
 *
 * Each line is rendered once for all readers, and only the latest line of each utterance is kept, so a reader is no
 * more than a place in the sequence. A slow reader misses intermediate texts, but never the final one, unless four
 * megabytes followed.
 */
export class LiveFeed {
  readonly #beganAtMs: number;
  readonly #reads: string | undefined;
  readonly #mostBytes: number;
  readonly #latest = new Map<string, Entry>(); // by utterance
  readonly #wakes = new Set<() => void>();
  #entries: Entry[] = []; // by place
  #bytes = 0;
  #place = 0;
  #isOver = false;
  #isLost = false;

  constructor(beganAt: Date, reads: string | undefined, mostBytes = MOST_BYTES) {
    this.#beganAtMs = beganAt.getTime();
    this.#reads = reads;
    this.#mostBytes = mostBytes;
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
    this.#wake();
  }

  /** Takes what was said before, everybody under the name they have now. */
  takeRecord(record: Pick<MeetingRecord, 'attendance' | 'finals' | 'translations' | 'gaps'>): void {
    const names = namesIn(record);
    for (const segment of [...record.finals, ...record.translations]) {
      this.takeSegment({ segment, name: names.get(segment.speakerId) ?? '' });
    }
  }

  takeSegment({ segment, name }: PublishedSegment): void {
    const { utteranceId: id, text, startMs, language } = segment;
    const into = segment.kind === 'translation' ? language : undefined;
    const before = this.#latest.get(id)?.into;
    if (into !== undefined && !serves(into, before, this.#reads)) return;
    if (segment.kind === 'final' && before !== undefined) return;
    const state = segment.kind === 'partial' ? 'growing' : 'final';
    const line: LiveLine = { id, name, at: this.#beganAtMs + startMs, text, language, state };
    const bytes = Buffer.from(`event: line\ndata: ${JSON.stringify(line)}\n\n`);
    if (this.#latest.get(id)?.bytes?.equals(bytes)) return; // it came over the bus, and is in the journal
    this.#putLine(id, into, bytes);
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** Calls back whenever there is more. @returns a function that ends the callbacks */
  watch(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => void this.#wakes.delete(wake);
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

  /** Whether there are lines after a place. */
  hasMore(place: number): boolean {
    return place < this.#place;
  }

  #putLine(id: string, into: string | undefined, bytes: Buffer): void {
    this.#place += 1;
    const before = this.#latest.get(id);
    if (before) this.#dropEntry(before);
    const entry = { place: this.#place, id, into, bytes };
    this.#latest.set(id, entry); // at the end of the map, as the old entry was dropped
    this.#entries.push(entry);
    this.#bytes += bytes.length;
    for (const [, oldest] of this.#latest) {
      if (this.#bytes <= this.#mostBytes || oldest === entry) break;
      this.#dropEntry(oldest);
    }
    const empty = this.#entries.length - this.#latest.size;
    if (empty > WORTH_TIDYING && empty > this.#latest.size) this.#entries = [...this.#latest.values()];
  }

  #dropEntry(entry: Entry): void {
    this.#bytes -= entry.bytes?.length ?? 0;
    entry.bytes = undefined;
    this.#latest.delete(entry.id);
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

  #wake(): void {
    for (const wake of this.#wakes) wake();
  }
}

/** A translation into any Portuguese serves readers of Brazilian Portuguese, until there is a Brazilian one. */
function serves(language: string, before: string | undefined, wanted: string | undefined): boolean {
  if (wanted === undefined || !relatedLanguage(language, wanted)) return false;
  return before === undefined || sameLanguage(language, wanted) || !sameLanguage(before, wanted);
}
