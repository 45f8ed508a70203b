import type { MeetingId } from '../ids.ts';
import type { Bus, BusMessage } from '../ports/cluster/bus.ts';
import type { RecordGrowth } from '../ports/cluster/record-growth.ts';
import type { PublishedSegment } from '../ports/live-meetings.ts';
import { channelOf, type LiveNews, type PeopleNews, readWords } from './news.ts';
import { ShownWords } from './shown-words.ts';
import { ToldPeople } from './told-people.ts';

const READ_EVERY_MS = 15_000;
const OVERLAP_MS = 10_000; // a write that takes longer has failed
const ENDING_MS = 30_000; // from a meeting's last word until its owner has written down that it is over
const ENDING_LOOK_MS = 1_000;

export interface FollowParts {
  readonly bus: Bus;
  /** The texts after a number, and everybody who was there; 0: all of them. */
  readonly readSince: (after: number) => Promise<RecordGrowth | undefined>;
  /** The texts as people are to see them. */
  readonly publishedOf: (growth: RecordGrowth) => Promise<readonly PublishedSegment[]>;
  readonly readEveryMs?: number;
}

/**
 * One meeting that runs in whichever process, followed for all pages of this one.
 *
 * Growing words come over the bus, which may lose them. What was said is in the journal: its news are read every fifteen
 * seconds. All of it is read when the bus is back and when another process goes on with the meeting; then words that were
 * erased meanwhile go, and growing words that nobody will finish. Whether the meeting is over is for the journal alone to
 * say, as a process that lost the meeting does not know.
 */
export class FollowedMeeting {
  readonly listeners = new Set<(news: LiveNews) => void>();
  readonly #parts: FollowParts;
  readonly #shown = new ShownWords();
  readonly #people = new ToldPeople();
  readonly #marks: { readonly atMs: number; readonly upTo: number }[] = []; // the newest last
  readonly #closing = new AbortController();
  /** Who has sent its words: while it moves, the process before still sends what was said before the move. */
  readonly #senders = new Set<string>();
  #newestSender = '';
  #wanted: 'nothing' | 'news' | 'everything' = 'nothing';
  #isReading = false;
  #isLost = false;
  #endingUntilMs = 0;

  constructor(parts: FollowParts) {
    this.#parts = parts;
  }

  /**
   * Listens first and then reads, so that nothing is missed in between. Call it once.
   *
   * @returns false when the meeting does not run; nothing follows it then
   */
  async open(meetingId: MeetingId): Promise<boolean> {
    const { bus, readSince, readEveryMs = READ_EVERY_MS } = this.#parts;
    const closing = this.#closing.signal;
    this.#isLost = !bus.isUp;
    const unwatch = bus.watchState((isUp) => this.#onBusState(isUp));
    closing.addEventListener('abort', unwatch);
    const listening = await bus.subscribe(channelOf(meetingId), (message) => this.#onMessage(message));
    if (closing.aborted) listening[Symbol.dispose]();
    closing.addEventListener('abort', () => listening[Symbol.dispose]());
    const atMs = performance.now();
    const growth = await readSince(0);
    if (!growth || growth.isOver || closing.aborted) return false;
    this.#marks.push({ atMs, upTo: growth.upTo });
    for (const segment of growth.finals) this.#shown.noteKept({ segment, name: '' });
    const timer = setInterval(() => {
      this.#tellPeople({ people: this.#people.hushWhenStale() });
      this.#read('news');
    }, readEveryMs).unref();
    closing.addEventListener('abort', () => clearInterval(timer));
    if (this.#wanted !== 'nothing') this.#read(this.#wanted); // something came meanwhile
    return true;
  }

  /** Whether words may be missing. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Whoever is there, as far as somebody has told. */
  get people(): PeopleNews | undefined {
    return this.#people.everybody;
  }

  /** Whether nothing more comes. */
  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  close(): void {
    this.#closing.abort();
  }

  #onBusState(isUp: boolean): void {
    if (isUp) this.#read('everything');
    else if (!this.#isLost) {
      this.#isLost = true;
      this.#tellPeople({ people: this.#people.hush() });
      this.#tell('lost');
    }
  }

  #onMessage(message: BusMessage): void {
    const words = readWords(message);
    if (!words) return;
    const isSomebodyElse = !this.#senders.has(words.from);
    this.#senders.add(words.from);
    if (isSomebodyElse) this.#newestSender = words.from;
    if (words.kind === 'words') {
      for (const published of words.segments) {
        this.#shown.noteWords(published);
        this.#tell(published);
      }
    }
    if (words.kind === 'people' && words.from === this.#newestSender) this.#tellPeople(this.#people.take(words));
    if (words.kind === 'over') this.#endingUntilMs = performance.now() + ENDING_MS;
    if (isSomebodyElse) this.#read('everything');
    else if (words.kind === 'over') this.#read('news');
  }

  /** Reads the journal, once more if it is being read. */
  #read(wanted: 'news' | 'everything'): void {
    if (this.#wanted !== 'everything') this.#wanted = wanted;
    if (!this.#isReading && this.#marks.length > 0) void this.#readOn();
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    while (this.#wanted !== 'nothing' && !this.#closing.signal.aborted) {
      const isEverything = this.#wanted === 'everything';
      this.#wanted = 'nothing';
      try {
        await this.#look(isEverything);
      } catch {
        // The database is away: the next look is soon, at everything if need be.
        if (isEverything) this.#wanted = 'everything';
        break;
      }
    }
    this.#isReading = false;
  }

  async #look(isEverything: boolean): Promise<void> {
    const atMs = performance.now();
    this.#shown.beginLook();
    const growth = await this.#parts.readSince(isEverything ? 0 : this.#markBefore(atMs - OVERLAP_MS));
    const published = growth ? await this.#parts.publishedOf(growth) : [];
    if (this.#closing.signal.aborted) return;
    if (growth) this.#marks.push({ atMs, upTo: growth.upTo });
    if (isEverything) {
      const kept = new Set(growth?.finals.map(({ utteranceId }) => utteranceId));
      for (const utteranceId of this.#shown.takeGone(kept)) this.#tell(takenBack(utteranceId));
    }
    for (const one of published) if (this.#shown.noteKept(one)) this.#tell(one);
    if (this.#isLost && isEverything && this.#parts.bus.isUp) {
      this.#isLost = false;
      this.#tell('back');
    }
    if (!growth || growth.isOver) {
      this.close();
      this.#tell('over');
    } else if (performance.now() < this.#endingUntilMs) setTimeout(() => this.#read('news'), ENDING_LOOK_MS).unref(); // its owner is about to say so
  }

  #markBefore(ms: number): number {
    while ((this.#marks[1]?.atMs ?? Number.POSITIVE_INFINITY) <= ms) this.#marks.shift();
    const [oldest] = this.#marks;
    return oldest && oldest.atMs <= ms ? oldest.upTo : 0;
  }

  #tellPeople(news: PeopleNews): void {
    if (news.people.length > 0 || news.targets || news.stageAudience !== undefined) this.#tell(news);
  }

  #tell(news: LiveNews): void {
    for (const listener of this.listeners) listener(news);
  }
}

function takenBack(utteranceId: string): PublishedSegment {
  const nothing = { speakerId: '', startMs: 0, endMs: 0, text: '', language: '' };
  return { segment: { kind: 'partial', utteranceId, ...nothing }, name: '' };
}
