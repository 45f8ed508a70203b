import { randomBytes } from 'node:crypto';
import type { LiveNews } from '../../../core/live/news.ts';
import type { Guest } from '../../../core/ports/live-links.ts';
import type { MeetingRecord } from '../../../core/record.ts';
import { ShownPeople } from '../shown/people.ts';
import { Broadcast, type FromBroadcast } from './broadcast.ts';
import { LiveFeed } from './feed.ts';
import { Shared } from './shared.ts';

type Meeting = Pick<Guest, 'guildId' | 'meetingId'>;

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
  /** The languages that the meeting is translated into; missing: the meeting tells. */
  targetsOf?(meeting: Meeting): Promise<readonly string[]>;
}

const TOLD_WITHIN_MS = 3_000;

interface OpenFeed {
  readonly feed: LiveFeed;
  readonly close: () => void;
}

/** Keeps one feed for all who read the same meeting in the same language. */
export class LiveFeeds implements Disposable {
  readonly #source: FeedSource;
  readonly #secret: string;
  readonly #broadcasts = new Shared<Broadcast>({
    close: (broadcast) => broadcast.close(),
    isOver: (broadcast) => broadcast.isOver,
  });
  // A meeting that is over is read again each time: somebody may have erased it meanwhile, without any event.
  readonly #feeds = new Shared<OpenFeed | undefined>({
    close: (open) => open?.close(),
    isOver: (open) => open?.feed.isOver ?? true,
  });

  /** @param secret - of the bot: the keys of people depend on it */
  constructor(source: FeedSource, secret = randomBytes(16).toString('hex')) {
    this.#source = source;
    this.#secret = secret;
  }

  /** @returns the feed, and a function that gives it back; `undefined` when there is no such meeting */
  async join(meeting: Meeting, reads: string | undefined): Promise<[LiveFeed, () => void] | undefined> {
    const language = reads?.toLowerCase().replaceAll('_', '-') ?? '';
    const joined = await this.#feeds.join(`${keyOf(meeting)} ${language}`, () => this.#openFeed(meeting, reads));
    const [open, leave] = joined;
    if (open) return [open.feed, leave];
    leave();
    return undefined;
  }

  /** The languages that a meeting is translated into. */
  async targetsOf(meeting: Meeting): Promise<readonly string[]> {
    const [broadcast, leave] = await this.#joinBroadcast(meeting);
    leave();
    return broadcast.targets;
  }

  /**
   * Where Discord has the picture of somebody in a meeting; `undefined`: nobody knows of any. A process that has just begun to
   * follow the meeting is told of its people within a second or two, which is waited for.
   */
  async pictureOf(meeting: Meeting, key: string): Promise<string | undefined> {
    const [broadcast, leave] = await this.#joinBroadcast(meeting);
    try {
      if (!broadcast.isOver && !broadcast.people.isTold)
        await broadcast.peopleTold(AbortSignal.timeout(TOLD_WITHIN_MS));
      return broadcast.people.pictureOf(key);
    } finally {
      leave();
    }
  }

  [Symbol.dispose](): void {
    this.#feeds[Symbol.dispose]();
    this.#broadcasts[Symbol.dispose]();
  }

  async #joinBroadcast(meeting: Meeting): Promise<[Broadcast, () => void]> {
    return await this.#broadcasts.join(keyOf(meeting), async () => {
      const broadcast = new Broadcast(new ShownPeople(meeting.meetingId, this.#secret));
      await broadcast.begin({
        listen: (listener) => this.#source.listen(meeting, listener),
        targets: async () => (await this.#source.targetsOf?.(meeting)) ?? [],
      });
      return broadcast;
    });
  }

  async #openFeed(meeting: Meeting, reads: string | undefined): Promise<OpenFeed | undefined> {
    using opening = new DisposableStack();
    const [broadcast, leave] = await this.#joinBroadcast(meeting);
    opening.defer(leave);
    // Listens before it reads the record, so that nothing is missed in between; a line that comes twice is shown once.
    const held: FromBroadcast[] = [];
    let hear: (news: FromBroadcast) => void = (news) => held.push(news);
    opening.defer(broadcast.listen((news) => hear(news)));
    const record = await this.#source.recordOf(meeting);
    if (!record) return undefined;
    broadcast.people.takeRecord(record);
    const feed = new LiveFeed(record.head.beganAt, reads, { people: broadcast.people });
    opening.defer(() => feed.close());
    feed.setLost(broadcast.isLost);
    feed.setTargets(broadcast.targets);
    feed.takeRecord(record);
    hear = (news) => take(feed, broadcast, news);
    for (const news of held) hear(news);
    if (broadcast.isOver) feed.end();
    const open = opening.move();
    return { feed, close: () => open.dispose() };
  }
}

function take(feed: LiveFeed, broadcast: Broadcast, news: FromBroadcast): void {
  if (news === 'over') feed.end();
  else if (news === 'lost' || news === 'back') feed.setLost(news === 'lost');
  else if (news === 'languages') feed.setTargets(broadcast.targets);
  else feed.takeSegment(news);
}

function keyOf({ guildId, meetingId }: Meeting): string {
  return `${guildId} ${meetingId}`;
}
