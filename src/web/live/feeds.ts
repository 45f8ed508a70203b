import type { LiveNews } from '../../core/live/news.ts';
import type { Guest } from '../../core/ports/live-links.ts';
import type { MeetingRecord } from '../../core/record.ts';
import { LiveFeed } from './feed.ts';

type Meeting = Omit<Guest, 'userId'>;

/** Supplies the lines of a meeting. */
export interface FeedSource {
  /** The record of what was said so far, as people are to see it. */
  recordOf(
    meeting: Meeting,
  ): Promise<Pick<MeetingRecord, 'head' | 'attendance' | 'finals' | 'translations' | 'gaps'> | undefined>;
  /** Listens to a running meeting; `undefined` when it does not run (any more). */
  listen(
    meeting: Meeting,
    listener: (news: LiveNews) => void,
  ): Promise<(() => void) | undefined> | (() => void) | undefined;
}

interface Shared {
  readonly feed: Promise<LiveFeed | undefined>;
  readers: number;
  stop: (() => void) | undefined; // missing until it listens, and when the meeting does not run
  isClosed: boolean;
  timer?: NodeJS.Timeout;
}

const LINGER_MS = 10_000; // so that reloading a page again and again does not read the record as often

/** Keeps one feed for all who read the same meeting in the same language. */
export class LiveFeeds implements Disposable {
  readonly #source: FeedSource;
  readonly #shared = new Map<string, Shared>();

  constructor(source: FeedSource) {
    this.#source = source;
  }

  /** @returns the feed, and a function that gives it back; `undefined` when there is no such meeting */
  async join(meeting: Meeting, reads: string | undefined): Promise<[LiveFeed, () => void] | undefined> {
    const key = [meeting.guildId, meeting.meetingId, reads?.toLowerCase().replaceAll('_', '-') ?? ''].join(' ');
    const shared = this.#shared.get(key) ?? this.#open(key, meeting, reads);
    clearTimeout(shared.timer);
    shared.readers += 1;
    let isThere = true;
    const leave = () => {
      if (!isThere) return;
      isThere = false;
      shared.readers -= 1;
      if (shared.readers === 0) this.#linger(key, shared);
    };
    try {
      const feed = await shared.feed;
      if (feed) return [feed, leave];
      this.#close(key, shared);
      return undefined;
    } catch (error) {
      this.#close(key, shared);
      throw error;
    }
  }

  [Symbol.dispose](): void {
    for (const [key, shared] of this.#shared) this.#close(key, shared);
  }

  #open(key: string, meeting: Meeting, reads: string | undefined): Shared {
    // Listens before it reads the record, so that nothing is missed in between; a line that comes twice is shown once.
    const held: LiveNews[] = [];
    let hear = (news: LiveNews) => void held.push(news);
    const listening = this.#source.listen(meeting, (news) => hear(news));
    const opening = async () => {
      shared.stop = await listening;
      if (shared.isClosed) shared.stop?.();
      const record = await this.#source.recordOf(meeting);
      if (!record) return undefined;
      const feed = new LiveFeed(record.head.beganAt, reads);
      feed.takeRecord(record);
      hear = (news) => {
        if (news === 'over') feed.end();
        else if (news === 'lost' || news === 'back') feed.setLost(news === 'lost');
        else feed.takeSegment(news);
      };
      for (const news of held) hear(news);
      if (!shared.stop) feed.end();
      return feed;
    };
    const shared: Shared = { feed: Promise.resolve().then(opening), readers: 0, stop: undefined, isClosed: false };
    this.#shared.set(key, shared);
    return shared;
  }

  /** A meeting that is over is read again each time: somebody may have erased it meanwhile, without any event. */
  #linger(key: string, shared: Shared): void {
    void shared.feed.then((feed) => {
      if (shared.readers > 0 || this.#shared.get(key) !== shared) return;
      if (!feed || feed.isOver) this.#close(key, shared);
      else shared.timer = setTimeout(() => this.#close(key, shared), LINGER_MS).unref();
    });
  }

  #close(key: string, shared: Shared): void {
    clearTimeout(shared.timer);
    if (this.#shared.get(key) === shared) this.#shared.delete(key);
    shared.isClosed = true;
    shared.stop?.();
  }
}
