import type { GuildId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { MeteredMeeting } from '../ports/live-meetings.ts';
import type { MeetingHead } from '../record.ts';
import type { Budget, Standing } from './usage.ts';

const EVERY_MS = 5_000; // this much per speaker is not counted when the process is killed

interface Metered {
  readonly meeting: MeteredMeeting;
  countedMs: number;
  knows: Standing; // the last standing that people were told
  counting: Promise<void> | undefined;
}

/** Counts the audio that running meetings send to the recogniser, and ends meetings of servers whose monthly budget is used up. */
export class MeetingMeter implements AsyncDisposable {
  readonly #budget: Budget;
  readonly #log: Log;
  readonly #metered = new Map<GuildId, Metered>();
  readonly #last = new Set<Promise<void>>(); // of meetings that are over
  readonly #timer: NodeJS.Timeout;

  constructor(budget: Budget, log: Log) {
    this.#budget = budget;
    this.#log = log;
    this.#timer = setInterval(() => {
      for (const metered of this.#metered.values()) void this.#count(metered);
    }, EVERY_MS);
    this.#timer.unref();
  }

  began(meeting: MeteredMeeting): void {
    this.#metered.set(meeting.head.guildId, { meeting, countedMs: 0, knows: 'within', counting: undefined });
  }

  over({ id, guildId }: MeetingHead): void {
    const metered = this.#metered.get(guildId);
    if (metered?.meeting.head.id !== id) return;
    this.#metered.delete(guildId);
    const last = Promise.resolve(metered.counting)
      .then(() => this.#count(metered))
      .finally(() => this.#last.delete(last));
    this.#last.add(last);
  }

  /** Resolves when all audio up to now is counted. */
  async settled(): Promise<void> {
    await Promise.all([...this.#metered.values()].map((metered) => this.#count(metered)));
    await Promise.all(this.#last);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.settled();
  }

  /** Counts one after the other, so that no audio is counted twice. */
  #count(metered: Metered): Promise<void> {
    metered.counting ??= this.#countOnce(metered).finally(() => {
      metered.counting = undefined;
    });
    return metered.counting;
  }

  async #countOnce(metered: Metered): Promise<void> {
    const { meeting } = metered;
    const { guildId } = meeting.head;
    const sentMs = meeting.sentHereMs();
    const newMs = sentMs - metered.countedMs;
    try {
      const standing =
        newMs > 0 ? await this.#budget.add(guildId, 'meetings', newMs) : await this.#budget.standing(guildId);
      metered.countedMs = sentMs;
      const isOver = this.#metered.get(guildId) !== metered;
      if (isOver || standing === 'within' || metered.knows === standing) return;
      metered.knows = standing;
      meeting.postNotice({ kind: standing === 'used up' ? 'budget used up' : 'budget nearly used up' });
      if (standing === 'used up') void meeting.stopMeeting('budget used up'); // its last words still count
    } catch (err) {
      this.#log.warn(
        { err, meeting: meeting.head.id },
        'The use of a meeting could not be counted: the next round tries again',
      );
    }
  }
}
