import type { MeetingId } from '../ids.ts';
import type { Bus } from '../ports/cluster/bus.ts';
import type { MeetingHead } from '../record.ts';
import { channelOf } from './news.ts';
import { Outgoing } from './outgoing.ts';
import type { Watched } from './watched-meeting.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * Sends the words of this process's meetings, and who speaks, over the bus, for live pages in any process: of those meetings alone that
 * somebody reads. It asks the bus for their readers once a second, in one question for all meetings.
 *
 * A meeting that has readers has a listener as soon as that, so its recogniser shows growing words sooner, as with readers
 * in this process.
 */
export class WordsOut implements Disposable {
  readonly #bus: Bus;
  readonly #meetings = new Map<MeetingId, Watched>();
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
  began({ id }: Pick<MeetingHead, 'id'>, meeting: Watched): void {
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
      const readers = counts[index] ?? 0;
      if (readers === 0) this.#stop(id);
      else this.#start(id)?.lookAtReaders(readers);
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking);
    this.#unwatch();
    this.#stopAll();
  }

  #start(id: MeetingId): Outgoing | undefined {
    const meeting = this.#meetings.get(id); // it may be over by now
    if (meeting && !this.#sending.has(id)) this.#sending.set(id, new Outgoing(this.#bus, channelOf(id), meeting));
    return this.#sending.get(id);
  }

  #stop(id: MeetingId): void {
    this.#sending.get(id)?.stop();
    this.#sending.delete(id);
  }

  #stopAll(): void {
    for (const id of [...this.#sending.keys()]) this.#stop(id);
  }
}
