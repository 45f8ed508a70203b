import { isSuperseded } from '../../core/errors.ts';
import type { SpeakerId } from '../../core/ids.ts';
import type { MeetingJournal, MeetingLease } from '../../core/ports/journal.ts';
import type { Attendance, Gap, MeetingEnding, Places, PostedAt, SignOfLife, SpeakerTally } from '../../core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../core/segment.ts';
import type { Summary } from '../../core/summary.ts';

interface Owned {
  readonly journal: MeetingJournal;
  readonly lease: MeetingLease;
}

interface FencedJournalParts {
  /** @throws {StorageError} `superseded` when this process does not own the meeting */
  readonly open: () => Owned;
  /** People have stopped speaking: the next meeting of the guild may begin. */
  readonly over: (lease: MeetingLease) => Promise<void>;
  /** Nothing of the meeting is left to do. */
  readonly settled: (lease: MeetingLease) => Promise<void>;
  readonly superseded: () => void;
}

/** One meeting's journal with the lease that this process has when it first writes. */
export class FencedJournal implements MeetingJournal {
  readonly #parts: FencedJournalParts;
  #owned: Owned | undefined;

  constructor(parts: FencedJournalParts) {
    this.#parts = parts;
  }

  joined(attendance: Attendance): Promise<void> {
    return this.#write(({ journal }) => journal.joined(attendance));
  }

  left(speakerId: SpeakerId, leftMs: number): Promise<void> {
    return this.#write(({ journal }) => journal.left(speakerId, leftMs));
  }

  write(segment: FinalSegment | TranslationSegment): Promise<void> {
    return this.#write(({ journal }) => journal.write(segment));
  }

  gap(gap: Gap): Promise<void> {
    return this.#write(({ journal }) => journal.gap(gap));
  }

  posted(at: PostedAt): Promise<void> {
    return this.#write(({ journal }) => journal.posted(at));
  }

  setPlaces(places: Places): Promise<void> {
    return this.#write(({ journal }) => journal.setPlaces(places));
  }

  retitle(title: string): Promise<void> {
    return this.#write(({ journal }) => journal.retitle(title));
  }

  tally(tally: SpeakerTally): Promise<void> {
    return this.#write(({ journal }) => journal.tally(tally));
  }

  stageAudience(most: number): Promise<void> {
    return this.#write(({ journal }) => journal.stageAudience(most));
  }

  alive(sign: SignOfLife): Promise<void> {
    return this.#write(({ journal }) => journal.alive(sign));
  }

  end(endedMs: number, ending: MeetingEnding): Promise<void> {
    return this.#write(async ({ journal, lease }) => {
      await journal.end(endedMs, ending);
      await this.#parts.over(lease);
    });
  }

  settled(): Promise<void> {
    return this.#write(async ({ journal, lease }) => {
      await journal.settled();
      await this.#parts.settled(lease);
    });
  }

  summarised(summary: Summary, fromFinals: number): Promise<boolean> {
    return this.#write(({ journal }) => journal.summarised(summary, fromFinals));
  }

  async #write<T>(write: (owned: Owned) => Promise<T>): Promise<T> {
    try {
      this.#owned ??= this.#parts.open();
      return await write(this.#owned);
    } catch (error) {
      if (isSuperseded(error)) this.#parts.superseded();
      throw error;
    }
  }
}
