import { randomBytes } from 'node:crypto';
import { startClock } from './clock.ts';
import type { GuildId, MeetingId, SpeakerId } from './ids.ts';
import type { Log } from './log.ts';
import { lookOf } from './look.ts';
import { lastNewsMs, Meeting } from './meeting.ts';
import type { LiveMeeting, LiveMeetings, StartRequest } from './meetings.ts';
import type {
  Journal,
  MeetingObserver,
  MinutesPoster,
  Panels,
  Presences,
  Settings,
  Summariser,
  Transcriber,
  TranscriptChannels,
  TranscriptKeeper,
  Ushers,
  VoiceRooms,
} from './ports.ts';
import type { MeetingEnding, MeetingHead, MeetingRecord } from './record.ts';
import { withSummary } from './with-summary.ts';

const POSTING_LIMIT_MS = 15_000; // three of Discord's five-second rate-limit windows

/** The adapters that meetings are built from. */
export interface HouseParts {
  readonly rooms: VoiceRooms;
  readonly presences: Presences;
  readonly transcriber: Transcriber;
  readonly channels: TranscriptChannels;
  readonly journal: Journal;
  readonly settings: Settings;
  readonly minutes: MinutesPoster;
  readonly panels: Panels;
  readonly summariser?: Summariser;
  readonly ushers?: Ushers;
  readonly observer?: MeetingObserver;
  readonly log: Log;
  readonly emptyAfterMs: number;
}

/** All meetings of this process, one a guild. */
export class MeetingHouse implements LiveMeetings {
  readonly #parts: HouseParts;
  readonly #meetings = new Map<GuildId, Meeting>();
  readonly #starting = new Set<GuildId>();
  readonly #leaving = new Set<Promise<void>>(); // over, their minutes on the way

  constructor(parts: HouseParts) {
    this.#parts = parts;
  }

  of(guildId: GuildId): LiveMeeting | undefined {
    return this.#meetings.get(guildId);
  }

  get running(): number {
    return this.#meetings.size;
  }

  async start(request: StartRequest, signal: AbortSignal): Promise<LiveMeeting | 'already running'> {
    const { guildId } = request;
    if (this.#meetings.has(guildId) || this.#starting.has(guildId)) return 'already running';
    this.#starting.add(guildId);
    try {
      return await this.#open(request, signal);
    } finally {
      this.#starting.delete(guildId);
    }
  }

  /**
   * Takes up the meetings that a crash left unfinished: goes on where people are still there, else posts the minutes of
   * what was heard. One that fails is left to the log, and the others go on. Never rejects.
   */
  async recover(signal: AbortSignal): Promise<void> {
    const { journal, log } = this.#parts;
    try {
      for (const head of await journal.unfinished()) {
        await this.#takeUp(head, signal).catch((error: unknown) => {
          log.error({ err: error, meeting: head.id }, 'An unfinished meeting could not be taken up');
        });
      }
    } catch (error) {
      log.error({ err: error }, 'Unfinished meetings could not be looked for');
    }
  }

  async #takeUp(head: MeetingHead, signal: AbortSignal): Promise<void> {
    const record = await this.#parts.journal.read(head.id);
    if (!record || this.#meetings.has(head.guildId) || this.#starting.has(head.guildId)) return;
    this.#starting.add(head.guildId);
    try {
      using presence = this.#parts.presences.watch(head.guildId, head.voiceChannelId);
      const somebodyIsThere = presence.people().some(({ isBot }) => !isBot);
      if (somebodyIsThere) await this.#hold(head, undefined, signal, (meeting) => meeting.reopen(record));
      else await this.#bury(record);
    } finally {
      this.#starting.delete(head.guildId);
    }
  }

  /** Nobody is left: the minutes tell what was heard. */
  async #bury({ head, attendance, ...heard }: MeetingRecord): Promise<void> {
    const { journal, log } = this.#parts;
    const endedMs = lastNewsMs({ head, attendance, ...heard });
    for (const { speakerId, leftMs } of attendance) {
      if (leftMs === undefined) await journal.left(head.id, speakerId, endedMs);
    }
    await journal.end(head.id, endedMs, 'failed');
    // In the background: a model takes its time, and people wait in the meetings that are taken up next.
    const leaving = this.#writeUp(head)
      .catch((err: unknown) => log.error({ err, meeting: head.id }, 'The minutes could not be posted'))
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  async #writeUp(head: MeetingHead): Promise<void> {
    const { journal, settings, minutes } = this.#parts;
    const kept = await journal.read(head.id);
    if (!kept) return;
    const { minutesChannelId, translateTo } = await settings.guild(head.guildId);
    const record = await withSummary(kept, translateTo, this.#parts);
    try {
      await minutes.post(record, minutesChannelId ?? head.textChannelId, AbortSignal.timeout(POSTING_LIMIT_MS));
    } finally {
      await this.#parts.panels.end(record);
    }
  }

  async #open(request: StartRequest, signal: AbortSignal): Promise<Meeting> {
    return await this.#hold(headOf(request), request.spoken, signal, (meeting) => meeting.open());
  }

  async #hold(
    head: MeetingHead,
    spoken: string | undefined,
    signal: AbortSignal,
    begin: (meeting: Meeting) => Promise<void>,
  ): Promise<Meeting> {
    const { rooms, presences, channels, panels, ushers, observer, settings, ...shared } = this.#parts;
    const guild = await settings.guild(head.guildId);
    const clock = startClock(head.beganAt);
    // The room asks whom it may hear from its first packet on, and that is before the meeting stands.
    let meeting: Meeting | undefined;
    const ears = (speakerId: string) => meeting?.hears(speakerId) ?? false;
    const room = await rooms.join(head.guildId, head.voiceChannelId, clock, ears, signal);
    const presence = presences.watch(head.guildId, head.voiceChannelId);
    const keeper = this.#keeperOf(head, (utteranceId) => meeting?.shown(utteranceId));
    const channel = channels.open(head, lookOf(guild), keeper);
    const usher = ushers?.open(head, () => channel.channelId);
    meeting = new Meeting(head, clock, guild, spoken, {
      ...shared,
      settings,
      room,
      presence,
      channel,
      ...(usher && { usher }),
    });
    this.#meetings.set(head.guildId, meeting);
    meeting.whenOver((minutesOut) => {
      usher?.leave();
      this.#meetings.delete(head.guildId); // the next meeting need not wait until this one is written up
      observer?.over(head);
      const leaving = minutesOut.then((record) => panels.end(record)).finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
    });
    observer?.began(head);
    try {
      await begin(meeting);
    } catch (error) {
      this.#meetings.delete(head.guildId);
      usher?.leave();
      presence[Symbol.dispose]();
      await room.leave();
      throw error;
    }
    await panels.show(meeting);
    return meeting;
  }

  async whileErasing<T>(guildId: GuildId, speakerId: SpeakerId, erase: () => Promise<T>): Promise<T> {
    await Promise.allSettled(this.#leaving); // minutes that are being written up would bring the words back
    const meeting = this.#meetings.get(guildId);
    return meeting ? await meeting.whileErasing(speakerId, erase) : await erase();
  }

  /** Where a transcript stands is of use later, but nobody waits for it. */
  #keeperOf(head: MeetingHead, shown: (utteranceId: string) => void): TranscriptKeeper {
    const { journal, log } = this.#parts;
    const complain = (error: unknown) =>
      log.warn({ err: error, meeting: head.id }, 'Where a transcript stands could not be kept');
    return {
      posted: (at) => void journal.posted(head.id, at).catch(complain),
      placed: (places) => void journal.setPlaces(head.id, places).catch(complain),
      shown,
    };
  }

  async settingsChanged(guildId: GuildId): Promise<void> {
    await this.#meetings.get(guildId)?.reconfigure();
    this.#parts.observer?.settingsChanged(guildId);
  }

  /** Ends every meeting, all at once, and waits for all minutes. Never rejects. */
  async stopAll(ending: MeetingEnding): Promise<void> {
    await Promise.all([...this.#meetings.values()].map((meeting) => meeting.stop(ending)));
    await Promise.all(this.#leaving);
  }
}

function headOf(request: StartRequest): MeetingHead {
  const beganAt = new Date();
  const { guildId, voiceChannelId, voiceChannelName, title, textChannelId, startedBy } = request;
  return {
    id: newMeetingId(beganAt),
    title: title ?? voiceChannelName,
    guildId,
    voiceChannelId,
    voiceChannelName,
    textChannelId,
    startedBy,
    beganAt,
  };
}

/** Sorts by time, and two guilds never share one. */
function newMeetingId(beganAt: Date): MeetingId {
  return `${beganAt.getTime().toString(36)}-${randomBytes(4).toString('hex')}`;
}
