import { randomUUID } from 'node:crypto';
import type { MeetingId } from '../ids.ts';
import { Latest } from '../latest.ts';
import type { Bus } from '../ports/cluster/bus.ts';
import type { LiveMeeting, PublishedSegment } from '../ports/live-meetings.ts';
import type { MeetingHead } from '../record.ts';
import { channelOf, type WordsMessage } from './news.ts';

const LOOK_EVERY_MS = 1_000;
const MOST_WAITING = 1_000; // utterances: more than people can say while one message is on its way

type Spoken = Pick<LiveMeeting, 'addListener'>;

/**
 * Sends the words of this process's meetings over the bus, for live pages in any process: of those meetings alone that
 * somebody reads. It asks the bus for their readers once a second, in one question for all meetings.
 *
 * A meeting that has readers has a listener as soon as that, so its recogniser shows growing words sooner, as with readers
 * in this process.
 */
export class WordsOut implements Disposable {
  readonly #bus: Bus;
  readonly #meetings = new Map<MeetingId, Spoken>();
  readonly #sending = new Map<MeetingId, Outgoing>();
  readonly #looking: NodeJS.Timeout;
  readonly #unwatch: () => void;

  constructor(bus: Bus, everyMs = LOOK_EVERY_MS) {
    this.#bus = bus;
    this.#looking = setInterval(() => void this.lookForReaders(), everyMs).unref();
    // Whatever is said meanwhile is lost: pages read it in the journal when this begins anew.
    this.#unwatch = bus.watchState((isUp) => !isUp && this.#stopAll());
  }

  /** A meeting runs in this process from now on. */
  began({ id }: Pick<MeetingHead, 'id'>, meeting: Spoken): void {
    this.#meetings.set(id, meeting);
  }

  /** The meeting no longer runs in this process: it has ended, or another goes on with it. */
  over({ id }: Pick<MeetingHead, 'id'>): void {
    this.#meetings.delete(id);
    this.#stop(id);
  }

  /** Never rejects. */
  async lookForReaders(): Promise<void> {
    const ids = [...this.#meetings.keys()];
    if (ids.length === 0) return;
    const counts = await this.#bus.listenersOf(ids.map(channelOf));
    if (!counts) return;
    for (const [index, id] of ids.entries()) {
      if (counts[index] === 0) this.#stop(id);
      else this.#start(id);
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking);
    this.#unwatch();
    this.#stopAll();
  }

  #start(id: MeetingId): void {
    const meeting = this.#meetings.get(id); // it may be over by now
    if (meeting && !this.#sending.has(id)) this.#sending.set(id, new Outgoing(this.#bus, channelOf(id), meeting));
  }

  #stop(id: MeetingId): void {
    this.#sending.get(id)?.stop();
    this.#sending.delete(id);
  }

  #stopAll(): void {
    for (const id of [...this.#sending.keys()]) this.#stop(id);
  }
}

/**
 * The words of one meeting on their way to the bus: one message at a time, and while that is on its way only the newest
 * text of each utterance is kept. So a slow bus makes words skip, and nothing queues up.
 */
class Outgoing {
  readonly stop: () => void;
  readonly #bus: Bus;
  readonly #channel: string;
  readonly #from = randomUUID();
  readonly #waiting = new Latest<string, PublishedSegment>(MOST_WAITING);
  #isOver = false;
  #isBusy = false;

  constructor(bus: Bus, channel: string, meeting: Spoken) {
    this.#bus = bus;
    this.#channel = channel;
    void this.#send({ kind: 'began', from: this.#from });
    this.stop = meeting.addListener((news) => {
      if (news === 'over') this.#isOver = true;
      else this.#waiting.set(keyOf(news), news);
      if (!this.#isBusy) void this.#send();
    });
  }

  async #send(first?: WordsMessage): Promise<void> {
    this.#isBusy = true;
    if (first) await this.#bus.publish(this.#channel, first);
    const from = this.#from;
    while (this.#waiting.size > 0) {
      const segments = [...this.#waiting.values()];
      this.#waiting.clear();
      await this.#bus.publish(this.#channel, { kind: 'words', from, segments } satisfies WordsMessage);
    }
    if (this.#isOver) await this.#bus.publish(this.#channel, { kind: 'over', from } satisfies WordsMessage);
    this.#isBusy = false;
  }
}

function keyOf({ segment }: PublishedSegment): string {
  return segment.kind === 'translation' ? `${segment.utteranceId} ${segment.language}` : segment.utteranceId;
}
