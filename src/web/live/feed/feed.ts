import type { PublishedSegment } from '../../../core/ports/live-meetings.ts';
import type { MeetingRecord } from '../../../core/record.ts';
import { namesIn } from '../../../core/text/names.ts';
import type { LiveLine } from '../../browser/wire.ts';
import { textsAfter } from '../shown/line.ts';
import { ShownPeople } from '../shown/people.ts';
import { KeptEvents } from './kept-events.ts';
import { Rounds } from './rounds.ts';

const MOST_BYTES = 4 << 20; // some ten hours of talk

/**
 * The lines that the readers of one language see, and the people who say them: translations where there are any, otherwise
 * the text as it was spoken.
 *
 * Each event is rendered once for all readers, who take it from `events`.
 */
export class LiveFeed {
  readonly people: ShownPeople;
  readonly reads: string | undefined;
  readonly events: KeptEvents;
  readonly #beganAtMs: number;
  readonly #rounds = new Rounds();
  readonly #unwatch: () => void;
  #isOver = false;
  #isLost = false;
  #targets: readonly string[] = [];

  /** @param reads - the language of its readers; `undefined`: all is shown as it was spoken */
  constructor(beganAt: Date, reads: string | undefined, { people = new ShownPeople(), mostBytes = MOST_BYTES } = {}) {
    this.#beganAtMs = beganAt.getTime();
    this.reads = reads;
    this.events = new KeptEvents(mostBytes);
    this.people = people;
    this.#unwatch = people.watch((key, bytes) => {
      this.events.put({ kind: 'person', key: `person ${key}`, bytes });
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
    const before = this.events.latestOf(key);
    const texts = textsAfter(segment, before, this.reads);
    if (!texts) return;
    this.people.takeWords({ segment, name });
    const person = this.people.keyOf(speakerId);
    const state = kind === 'partial' ? 'growing' : 'final';
    const line: LiveLine = { id, person, name, at: this.#beganAtMs + startMs, ...texts, state };
    const data = Buffer.from(`data: ${JSON.stringify(line)}\n\n`);
    if (before?.bytes?.subarray(-data.length).equals(data)) return; // it came over the bus, and is in the journal
    const head = `event: line\nid: ${this.events.nextId}\n`;
    const bytes = ownBytes(head, data);
    this.events.put({
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

  /** Nobody reads it any more. */
  close(): void {
    this.#unwatch();
    this.#rounds[Symbol.dispose]();
  }
}

/** Bytes with memory of their own: in Node's shared one, a final would keep the words alive from which it grew. */
function ownBytes(head: string, data: Buffer): Buffer {
  const bytes = Buffer.allocUnsafeSlow(head.length + data.length);
  bytes.write(head, 'latin1'); // it is ASCII
  data.copy(bytes, head.length);
  return bytes;
}
