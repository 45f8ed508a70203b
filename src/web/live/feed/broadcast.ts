import { Bell } from '../../../core/concurrency/bell.ts';
import type { LiveNews, PeopleNews } from '../../../core/live/news.ts';
import type { ShownPeople } from '../shown/people.ts';

/** What comes of a meeting, besides its people. */
export type FromBroadcast = Exclude<LiveNews, PeopleNews> | 'languages';

interface Source {
  listen(listener: (news: LiveNews) => void): Promise<(() => void) | undefined> | (() => void) | undefined;
  targets(): Promise<readonly string[]>;
}

/** What comes of one meeting, for its feeds in all languages: it is listened to once, and its people are shown alike. */
export class Broadcast {
  readonly people: ShownPeople;
  readonly #listeners = new Set<(news: FromBroadcast) => void>();
  readonly #told = new Bell();
  #targets: readonly string[] | undefined;
  #isLost = false;
  #isOver = false;
  #stop: (() => void) | undefined;

  constructor(people: ShownPeople) {
    this.people = people;
  }

  /** The languages that the meeting is translated into. */
  get targets(): readonly string[] {
    return this.#targets ?? [];
  }

  /** Whether words may be missing. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Whether nothing more comes. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Call it once. Resolves when it listens, or knows that the meeting does not run. */
  async begin({ listen, targets }: Source): Promise<void> {
    const chosen = targets().catch(() => []); // the meeting itself tells of them, too
    this.#stop = await listen((news) => this.#take(news));
    if (!this.#stop) this.#isOver = true;
    this.#targets ??= await chosen;
  }

  /** Resolves when the meeting has told of its people, or when the signal aborts. Never rejects. */
  async peopleTold(signal: AbortSignal): Promise<void> {
    if (!this.people.isTold) await this.#told.wait(signal);
  }

  /** Calls back with what comes from now on. @returns what ends that */
  listen(listener: (news: FromBroadcast) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#stop?.();
  }

  #take(news: LiveNews): void {
    if (typeof news === 'object' && 'people' in news) {
      this.people.takePeople(news.people);
      if (news.stageAudience !== undefined) this.people.takeAudience(news.stageAudience);
      this.#told.ring();
      if (!news.targets) return;
      this.#targets = news.targets;
      this.#tell('languages');
      return;
    }
    if (news === 'lost' || news === 'back') this.#isLost = news === 'lost';
    if (news === 'over') this.#isOver = true;
    this.#tell(news);
  }

  #tell(news: FromBroadcast): void {
    for (const listener of this.#listeners) listener(news);
  }
}
