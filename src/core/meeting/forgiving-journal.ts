import type { SpeakerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Notice } from '../notice.ts';
import type { MeetingJournal } from '../ports/journal.ts';
import type { Attendance, Gap, MeetingEnding, MeetingHead, SignOfLife, SpeakerTally } from '../record.ts';
import type { FinalSegment, TranslationSegment } from '../segment.ts';

type Writes = Pick<MeetingJournal, 'joined' | 'left' | 'write' | 'gap' | 'tally' | 'alive' | 'end'>;

/**
 * A meeting's journal whose writes never reject, as a journal that cannot be written must not silence the meeting.
 *
 * People are told of the first failure, the operator of each.
 */
export class ForgivingJournal implements Writes {
  readonly #head: MeetingHead;
  readonly #journal: Writes;
  readonly #channel: { notice(notice: Notice): void };
  readonly #log: Log;
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

  alive(sign: SignOfLife): Promise<void> {
    return this.#forgive(this.#journal.alive(sign));
  }

  end(endedMs: number, ending: MeetingEnding): Promise<void> {
    return this.#forgive(this.#journal.end(endedMs, ending));
  }

  async #forgive(write: Promise<void>): Promise<void> {
    try {
      await write;
    } catch (error) {
      this.#log.error({ err: error, meeting: this.#head.id }, 'The journal could not be written');
      if (!this.#hasFailed) this.#channel.notice({ kind: 'journal failed' });
      this.#hasFailed = true;
    }
  }
}
