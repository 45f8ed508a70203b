import { isSuperseded } from '../errors.ts';
import type { SpeakerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Notice } from '../notice.ts';
import type { MeetingJournal } from '../ports/journal.ts';
import type { Attendance, Gap, MeetingEnding, MeetingHead, SignOfLife, SpeakerTally } from '../record.ts';
import type { FinalSegment, TranslationSegment } from '../segment.ts';

type Writes = Pick<MeetingJournal, 'joined' | 'left' | 'write' | 'gap' | 'tally' | 'stageAudience' | 'alive' | 'end'>;

const WORTH_WAITING_MS = 1_000; // a write takes milliseconds

/**
 * A meeting's journal whose writes never reject, as a journal that cannot be written must not silence the meeting.
 *
 * A write is waited for, so that words are kept before they are shown; but for a second at most, and not at all while an
 * earlier one still waits: then the database is away, and what is written waits in memory until it is back.
 *
 * People are told of the first failure, the operator of each.
 */
export class ForgivingJournal implements Writes {
  readonly #head: MeetingHead;
  readonly #journal: Writes;
  readonly #channel: { notice(notice: Notice): void };
  readonly #log: Log;
  readonly #underWay = new Set<Promise<void>>();
  #late = 0; // how many of those have taken longer than a second
  #hasFailed = false;

  constructor(head: MeetingHead, journal: Writes, channel: { notice(notice: Notice): void }, log: Log) {
    this.#head = head;
    this.#journal = journal;
    this.#channel = channel;
    this.#log = log;
  }

  joined(attendance: Attendance): Promise<void> {
    return this.#forgive(this.#journal.joined(attendance));
  }

  left(speakerId: SpeakerId, leftMs: number): Promise<void> {
    return this.#forgive(this.#journal.left(speakerId, leftMs));
  }

  write(segment: FinalSegment | TranslationSegment): Promise<void> {
    return this.#forgive(this.#journal.write(segment));
  }

  gap(gap: Gap): Promise<void> {
    return this.#forgive(this.#journal.gap(gap));
  }

  tally(tally: SpeakerTally): Promise<void> {
    return this.#forgive(this.#journal.tally(tally));
  }

  stageAudience(most: number): Promise<void> {
    return this.#forgive(this.#journal.stageAudience(most));
  }

  alive(sign: SignOfLife): Promise<void> {
    return this.#forgive(this.#journal.alive(sign));
  }

  end(endedMs: number, ending: MeetingEnding): Promise<void> {
    return this.#forgive(this.#journal.end(endedMs, ending));
  }

  /**
   * Waits until everything is written or has failed.
   *
   * @returns false when that takes longer than `limitMs`
   */
  async flush(limitMs: number): Promise<boolean> {
    return await isOverWithin(limitMs, Promise.all(this.#underWay));
  }

  async #forgive(write: Promise<void>): Promise<void> {
    const over = this.#noteFailure(write).finally(() => this.#underWay.delete(over));
    this.#underWay.add(over);
    if (this.#late > 0 || (await isOverWithin(WORTH_WAITING_MS, over))) return;
    this.#late += 1;
    void over.then(() => {
      this.#late -= 1;
    });
  }

  async #noteFailure(write: Promise<void>): Promise<void> {
    try {
      await write;
    } catch (error) {
      if (isSuperseded(error)) return; // the meeting goes on in another process
      this.#log.error({ err: error, meeting: this.#head.id }, 'The journal could not be written');
      if (!this.#hasFailed) this.#channel.notice({ kind: 'journal failed' });
      this.#hasFailed = true;
    }
  }
}

async function isOverWithin(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, limitMs, false);
  const isOver = await Promise.race([work.then(() => true), tooLate]);
  clearTimeout(timer);
  return isOver;
}
