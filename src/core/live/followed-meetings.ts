import type { MeetingId } from '../ids.ts';
import type { Bus } from '../ports/cluster/bus.ts';
import type { GrowingRecords, RecordGrowth } from '../ports/cluster/record-growth.ts';
import type { Guest } from '../ports/live-links.ts';
import type { PublishedSegment } from '../ports/live-meetings.ts';
import type { Settings } from '../ports/settings.ts';
import type { MeetingRecord } from '../record.ts';
import { recordInOwnWords } from '../text/glossary.ts';
import { namesIn } from '../text/names.ts';
import { FollowedMeeting } from './followed-meeting.ts';
import type { LiveNews } from './news.ts';

interface Parts {
  readonly bus: Bus;
  readonly records: GrowingRecords;
  readonly settings: Pick<Settings, 'guild'>;
  readonly readEveryMs?: number;
}

type Meeting = Omit<Guest, 'userId'>;
type SpokenRecord = Pick<MeetingRecord, 'head' | 'attendance' | 'finals' | 'translations' | 'gaps'>;

interface Followed {
  readonly meeting: FollowedMeeting;
  readonly isRunning: Promise<boolean>;
}

/** The meetings that pages of this process show, whichever process runs them: each is followed once. */
export class FollowedMeetings implements Disposable {
  readonly #parts: Parts;
  readonly #followed = new Map<MeetingId, Followed>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What was said so far, as people are to see it. */
  async recordOf({ guildId, meetingId }: Meeting): Promise<SpokenRecord | undefined> {
    const growth = await this.#parts.records.readSince(meetingId, 0);
    if (growth?.head.guildId !== guildId) return undefined;
    return { ...(await this.#inOwnWords(growth)), gaps: [] };
  }

  /**
   * Tells the listener what is said from now on. Reads the record only afterwards: then nothing is missed.
   *
   * @returns what ends that; `undefined` when the meeting does not run (any more)
   */
  async listen({ meetingId }: Meeting, listener: (news: LiveNews) => void): Promise<(() => void) | undefined> {
    const followed = this.#followed.get(meetingId) ?? this.#follow(meetingId);
    const { meeting } = followed;
    const leave = () => {
      meeting.listeners.delete(listener);
      if (meeting.listeners.size === 0) this.#close(meetingId, followed);
    };
    meeting.listeners.add(listener);
    try {
      if ((await followed.isRunning) && !meeting.isClosed) {
        if (meeting.people) listener(meeting.people);
        if (meeting.isLost) listener('lost');
        return leave;
      }
      leave();
      return undefined;
    } catch (error) {
      leave();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    for (const [meetingId, followed] of this.#followed) this.#close(meetingId, followed);
  }

  #follow(meetingId: MeetingId): Followed {
    const { records, readEveryMs } = this.#parts;
    const meeting = new FollowedMeeting({
      bus: this.#parts.bus,
      readSince: (after) => records.readSince(meetingId, after),
      publishedOf: (growth) => this.#publishedOf(growth),
      ...(readEveryMs !== undefined && { readEveryMs }),
    });
    const followed = { meeting, isRunning: meeting.open(meetingId) };
    this.#followed.set(meetingId, followed);
    return followed;
  }

  #close(meetingId: MeetingId, followed: Followed): void {
    if (this.#followed.get(meetingId) === followed) this.#followed.delete(meetingId);
    followed.meeting.close();
  }

  async #publishedOf(growth: RecordGrowth): Promise<readonly PublishedSegment[]> {
    const { attendance, finals, translations } = await this.#inOwnWords(growth);
    const names = namesIn({ attendance, finals, translations, gaps: [] });
    return [...finals, ...translations].map((segment) => ({ segment, name: names.get(segment.speakerId) ?? '' }));
  }

  async #inOwnWords(growth: RecordGrowth): Promise<RecordGrowth> {
    const { glossary = [] } = await this.#parts.settings.guild(growth.head.guildId);
    return recordInOwnWords(growth, glossary);
  }
}
