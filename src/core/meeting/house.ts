import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { VoiceError } from '../errors.ts';
import type { GuildId, MeetingId, SpeakerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Archive } from '../ports/archive.ts';
import type { MeetingJournals } from '../ports/journal.ts';
import type { LiveMeeting, LiveMeetings, MeetingObserver, Panels, StartRequest } from '../ports/live-meetings.ts';
import type { MinutesPoster, Summariser } from '../ports/minutes.ts';
import type { Presences, Ushers } from '../ports/people.ts';
import type { Settings } from '../ports/settings.ts';
import type { Transcriber } from '../ports/speech-to-text.ts';
import type { TranscriptChannels, TranscriptKeeper } from '../ports/transcript.ts';
import type { VoiceRooms } from '../ports/voice.ts';
import type { MeetingEnding, MeetingHead, MeetingRecord } from '../record.ts';
import { lookOf } from '../settings.ts';
import { startClock } from '../time/clock.ts';
import { DeafSeats } from './hearing/deaf-seats.ts';
import { Meeting } from './meeting.ts';
import { lastNewsMs, lossesOf, reconcile } from './recovery.ts';
import { writeUp } from './write-up.ts';

const POSTING_LIMIT_MS = 15_000; // three of Discord's five-second rate-limit windows
const PANEL_LIMIT_MS = 4_000;
const REJOIN_ATTEMPTS = 3;
const REJOIN_DELAY_MS = 5_000; // each attempt takes up to 15 s of its own
const COME_BACK_WITHIN_MS = 10 * 60_000; // after a planned restart

const DEAFENED =
  'Cannot hear anybody: a moderator has deafened me (Server Deafen). I stay in the voice channel for half a minute, so that it can be undone there; then start again';

/** The adapters that meetings are built from. */
export interface HouseParts {
  readonly rooms: VoiceRooms;
  readonly presences: Presences;
  readonly transcriber: Transcriber;
  readonly channels: TranscriptChannels;
  readonly journal: MeetingJournals;
  readonly archive: Pick<Archive, 'read' | 'unfinished' | 'mentioned'>;
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
  readonly #takingUp = new Map<GuildId, Promise<void>>(); // what an earlier process left there, one after the other
  readonly #deafSeats = new DeafSeats();
  #lookedUp: Promise<unknown> = Promise.resolve(); // what was left behind

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
    await this.#lookedUp;
    if (this.#takingUp.has(guildId)) return 'already running';
    if (this.#meetings.has(guildId) || this.#starting.has(guildId)) return 'already running';
    this.#starting.add(guildId);
    try {
      return await this.#open(request, signal);
    } finally {
      this.#starting.delete(guildId);
    }
  }

  /**
   * Takes up the meetings that a crash or a restart left unfinished, all at once: goes on where people are still there, else
   * posts the minutes of what was heard. One that fails is left to the log, and the others go on. Never rejects.
   *
   * Resolves without those in guilds of which it is not known yet who is there: they follow once it is.
   */
  async recover(signal: AbortSignal): Promise<void> {
    const { archive, log } = this.#parts;
    const left = archive.unfinished().catch((error: unknown): readonly MeetingHead[] => {
      log.error({ err: error }, 'Unfinished meetings could not be looked for');
      return [];
    });
    const begun = left.then((heads) => heads.map((head) => this.#takeUpInTurn(head, signal)));
    this.#lookedUp = begun;
    await Promise.all((await begun).filter((taking) => taking !== 'later'));
  }

  /** Resolves when nothing is left to be taken up in a guild. Never rejects. */
  async takenUp(guildId: GuildId): Promise<void> {
    await this.#lookedUp;
    await this.#takingUp.get(guildId);
  }

  #takeUpInTurn(head: MeetingHead, signal: AbortSignal): Promise<void> | 'later' {
    const { presences, log } = this.#parts;
    const unknownYet = presences.unknownYet(head.guildId, head.voiceChannelId, signal);
    if (unknownYet) log.info({ meeting: head.id }, 'An unfinished meeting waits for its server');
    const before = this.#takingUp.get(head.guildId);
    const taking = Promise.all([unknownYet, before])
      .then(() => this.#takeUp(head, signal))
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error, meeting: head.id }, 'An unfinished meeting could not be taken up');
      })
      .finally(() => {
        if (this.#takingUp.get(head.guildId) === taking) this.#takingUp.delete(head.guildId);
      });
    this.#takingUp.set(head.guildId, taking);
    return unknownYet ? 'later' : taking;
  }

  async #takeUp(head: MeetingHead, signal: AbortSignal): Promise<void> {
    const record = await this.#parts.archive.read(head.id);
    if (!record || this.#meetings.get(head.guildId)?.head.id === head.id) return;
    if (record.endedMs !== undefined || this.#meetings.has(head.guildId) || this.#starting.has(head.guildId)) {
      await this.#bury(record);
      return;
    }
    this.#starting.add(head.guildId);
    try {
      using presence = this.#parts.presences.watch(head.guildId, head.voiceChannelId);
      const somebodyIsThere = presence.people().some(({ isBot }) => !isBot);
      if (somebodyIsThere && !isStale(record)) await this.#goOn(record, signal);
      else await this.#bury(record);
    } finally {
      this.#starting.delete(head.guildId);
    }
  }

  /** Where the voice channel cannot be joined any more, people at least get the minutes. */
  async #goOn(record: MeetingRecord, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#hold(record.head, record.lastSign?.spoken, signal, (meeting) => meeting.reopen(record));
        return;
      } catch (error) {
        signal.throwIfAborted(); // the next start tries again
        this.#parts.log.warn({ err: error, meeting: record.head.id }, 'An unfinished meeting could not go on');
        if (attempt === REJOIN_ATTEMPTS) {
          await this.#bury(record, error);
          return;
        }
        await delay(REJOIN_DELAY_MS, undefined, { signal });
      }
    }
  }

  /**
   * Nobody is left, or the meeting was over and not written up: the channel and the minutes tell what was heard.
   *
   * @param failure - why it cannot go on although people are there
   */
  async #bury(left: MeetingRecord, failure?: unknown): Promise<void> {
    const { archive, settings, channels, log } = this.#parts;
    const { head } = left;
    const journal = this.#parts.journal.of(head.id);
    const guild = await settings.guild(head.guildId);
    const channel = channels.open(
      head,
      lookOf(guild),
      this.#keeperOf(head, () => {}),
    );
    const heard = await reconcile(left, guild, { ...this.#parts, channel });
    const endedMs = heard.endedMs ?? lastNewsMs(heard);
    for (const { speakerId, leftMs } of heard.attendance) {
      if (leftMs === undefined) await journal.left(speakerId, endedMs);
    }
    for (const loss of lossesOf(heard, endedMs)) await journal.gap(loss);
    await journal.end(endedMs, heard.ending ?? (left.lastSign?.isPlanned ? 'shutdown' : 'failed'));
    // Where it got so far that they were closed, they are kept already.
    const tallies = heard.tallies ? [] : (heard.lastSign?.tallies ?? []);
    for (const tally of tallies) await journal.tally(tally);
    await journal.alive({ atMs: endedMs, pending: [] });
    if (failure instanceof Error) channel.notice({ kind: 'voice lost', error: failure });
    await channel.drained(AbortSignal.timeout(POSTING_LIMIT_MS));
    // In the background: a model takes its time, and people wait in the meetings that are taken up next.
    const leaving = this.#writeUp((await archive.read(head.id)) ?? heard)
      .catch((err: unknown) => log.error({ err, meeting: head.id }, 'The minutes could not be posted'))
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  async #writeUp(over: MeetingRecord): Promise<void> {
    try {
      await this.#settle(await writeUp(over, this.#parts));
    } catch (error) {
      await this.#endPanel(over);
      throw error;
    }
  }

  /** No ending waits long for a panel: it goes on trying behind it. */
  async #endPanel(record: MeetingRecord): Promise<void> {
    const enough = new AbortController();
    const tooLong = delay(PANEL_LIMIT_MS, undefined, { signal: enough.signal }).catch(() => {});
    await Promise.race([this.#parts.panels.end(record), tooLong]);
    enough.abort();
  }

  /** What comes once the minutes are out. */
  async #settle(record: MeetingRecord): Promise<void> {
    const { journal, log } = this.#parts;
    await this.#endPanel(record);
    if (!record.head.places?.minutes) return; // they may be posted after the next start
    await journal
      .of(record.head.id)
      .settled()
      .catch((error: unknown) => {
        log.error({ err: error, meeting: record.head.id }, 'That a meeting is settled could not be kept');
      });
  }

  async #open(request: StartRequest, signal: AbortSignal): Promise<Meeting> {
    return await this.#hold(headOf(request), request.spoken, signal, (meeting) => meeting.open(), true);
  }

  async #hold(
    head: MeetingHead,
    spoken: string | undefined,
    signal: AbortSignal,
    begin: (meeting: Meeting) => Promise<void>,
    isNew = false,
  ): Promise<Meeting> {
    const { rooms, presences, channels, panels, ushers, observer, settings, ...shared } = this.#parts;
    const guild = await settings.guild(head.guildId);
    const clock = startClock(head.beganAt);
    // The room asks whom it may hear from its first packet on, and that is before the meeting stands.
    let meeting: Meeting | undefined;
    const mayHear = (speakerId: string) => meeting?.hears(speakerId) ?? false;
    await this.#deafSeats.leave(head.guildId);
    const room = await rooms.join(head.guildId, head.voiceChannelId, clock, mayHear, signal);
    const presence = presences.watch(head.guildId, head.voiceChannelId);
    if (presence.isDeafened && isNew) {
      presence[Symbol.dispose]();
      this.#deafSeats.linger(head.guildId, room);
      throw new VoiceError('deafened', DEAFENED);
    }
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
      const leaving = minutesOut.then((record) => this.#settle(record)).finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
    });
    observer?.began(head, meeting);
    try {
      await begin(meeting);
    } catch (error) {
      this.#meetings.delete(head.guildId);
      observer?.over(head);
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
    const { archive, log } = this.#parts;
    const journal = this.#parts.journal.of(head.id);
    const complain = (error: unknown) =>
      log.warn({ err: error, meeting: head.id }, 'Where a transcript stands could not be kept');
    return {
      posted: (at) => void journal.posted(at).catch(complain),
      placed: (places) => void journal.setPlaces(places).catch(complain),
      shown,
      remarked: (speakerId, at) =>
        void archive.mentioned(head.guildId, { ...at, what: 'line' }, [speakerId]).catch(complain),
    };
  }

  async settingsChanged(guildId: GuildId): Promise<void> {
    await this.#meetings.get(guildId)?.reconfigure();
    this.#parts.observer?.settingsChanged(guildId);
  }

  /** The process has failed: keeps every meeting's last words and leaves all to the next start. Never rejects. */
  async breakOffAll(): Promise<void> {
    await Promise.all([...this.#meetings.values()].map((meeting) => meeting.breakOff('failed')));
  }

  /** The process is restarted: meetings in which people are go on at the next start, the others end. Never rejects. */
  async leaveAll(): Promise<void> {
    const { panels } = this.#parts;
    const leaving = [...this.#meetings.values()].map(async (meeting) => {
      if (meeting.isEmpty) await meeting.stop('shutdown');
      else await Promise.all([meeting.breakOff('restarting'), panels.leave(meeting)]);
    });
    await Promise.all(leaving);
    await this.#deafSeats.leaveAll();
    await Promise.all(this.#leaving);
  }

  /** Ends every meeting, all at once, and waits for all minutes. Never rejects. */
  async stopAll(ending: MeetingEnding): Promise<void> {
    await Promise.all([...this.#meetings.values()].map((meeting) => meeting.stop(ending)));
    await this.#deafSeats.leaveAll();
    await Promise.all(this.#leaving);
  }
}

/** It was promised that the meeting goes on, but nobody waits for so long. */
function isStale(record: MeetingRecord): boolean {
  const lastMs = record.head.beganAt.getTime() + lastNewsMs(record);
  return record.lastSign?.isPlanned === true && Date.now() - lastMs > COME_BACK_WITHIN_MS;
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
