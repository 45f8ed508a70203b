import { randomUUID } from 'node:crypto';
import type { SpeakerId } from '../ids.ts';
import { Latest } from '../latest.ts';
import type { Bus } from '../ports/cluster/bus.ts';
import type { PublishedSegment, StageAudience } from '../ports/live-meetings.ts';
import type { LiveNews, PeopleNews, WordsMessage } from './news.ts';
import type { LivePerson } from './people.ts';
import { type Watched, watchMeeting } from './watched-meeting.ts';

const MOST_WAITING = 1_000; // utterances, or people: more than can come while one message is on its way
const EVERYBODY_EVERY = 5; // looks at the readers

/**
 * The words of one meeting on their way to the bus, and its people: one message at a time, and while that is on its way only
 * the newest text of each utterance and the newest state of each person is kept. So a slow bus makes words skip, and nothing
 * queues up.
 *
 * The bus may lose messages, and readers come later than others: so everybody is told of again every few seconds.
 */
export class Outgoing {
  readonly stop: () => void;
  readonly #bus: Bus;
  readonly #channel: string;
  readonly #from = randomUUID();
  readonly #waiting = new Latest<string, PublishedSegment>(MOST_WAITING);
  readonly #changed = new Latest<SpeakerId, LivePerson>(MOST_WAITING);
  readonly #there = new Map<SpeakerId, LivePerson>();
  #targets: readonly string[] = [];
  #stageAudience: StageAudience | undefined;
  #isAudienceDue = false;
  #isEverybodyDue = true;
  #readers = 0;
  #looks = 0;
  #isOver = false;
  #isBusy = false;

  constructor(bus: Bus, channel: string, meeting: Watched) {
    this.#bus = bus;
    this.#channel = channel;
    void this.#send({ kind: 'began', from: this.#from });
    this.stop = watchMeeting(meeting, (news) => this.#take(news));
  }

  /** Meant to be called about once a second. @param readers - how many processes listen */
  lookAtReaders(readers: number): void {
    if (this.#isOver) return;
    this.#looks += 1;
    if (readers !== this.#readers || this.#looks % EVERYBODY_EVERY === 0) this.#isEverybodyDue = true;
    this.#readers = readers;
    if (!this.#isBusy) void this.#send();
  }

  #take(news: LiveNews): void {
    if (news === 'over') this.#isOver = true;
    else if (typeof news === 'object' && 'people' in news) this.#takePeople(news);
    else if (typeof news === 'object') this.#waiting.set(keyOf(news), news);
    if (!this.#isBusy) void this.#send();
  }

  #takePeople({ people, targets, stageAudience }: PeopleNews): void {
    for (const person of people) {
      this.#changed.set(person.speakerId, person);
      if (person.isThere) this.#there.set(person.speakerId, person);
      else this.#there.delete(person.speakerId);
    }
    if (stageAudience !== undefined) {
      this.#stageAudience = stageAudience ?? undefined;
      this.#isAudienceDue = true;
    }
    if (!targets) return;
    this.#targets = targets;
    this.#isEverybodyDue = true;
  }

  async #send(first?: WordsMessage): Promise<void> {
    this.#isBusy = true;
    if (first) await this.#publish(first);
    const from = this.#from;
    while (this.#waiting.size > 0 || this.#changed.size > 0 || this.#isEverybodyDue || this.#isAudienceDue) {
      const segments = [...this.#waiting.values()];
      this.#waiting.clear();
      if (segments.length > 0) await this.#publish({ kind: 'words', from, segments });
      const people = this.#nextPeople();
      if (people) await this.#publish(people);
    }
    if (this.#isOver) await this.#publish({ kind: 'over', from });
    this.#isBusy = false;
  }

  #nextPeople(): WordsMessage | undefined {
    const isEverybody = this.#isEverybodyDue;
    if (!isEverybody && !this.#isAudienceDue && this.#changed.size === 0) return undefined;
    const people = [...(isEverybody ? this.#there : this.#changed).values()];
    this.#isEverybodyDue = false;
    this.#isAudienceDue = false;
    this.#changed.clear();
    const stageAudience = this.#stageAudience;
    const told = { people, targets: this.#targets, isEverybody, ...(stageAudience && { stageAudience }) };
    return { kind: 'people', from: this.#from, ...told };
  }

  async #publish(message: WordsMessage): Promise<void> {
    await this.#bus.publish(this.#channel, message);
  }
}

function keyOf({ segment }: PublishedSegment): string {
  return segment.kind === 'translation' ? `${segment.utteranceId} ${segment.language}` : segment.utteranceId;
}
