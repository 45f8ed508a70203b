import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { NEVER } from '../concurrency/never.ts';
import type { ShownCorrection } from '../correcting/correction.ts';
import { AlreadyRunning, isSuperseded, VoiceError } from '../errors.ts';
import type { GuildId, MeetingId, SpeakerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Archive } from '../ports/archive.ts';
import type { MeetingJournals } from '../ports/journal.ts';
import type { LiveMeeting, LiveMeetings, MeetingObserver, Panels, StartRequest } from '../ports/live-meetings.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { MinutesForwarder, MinutesPoster, Summariser } from '../ports/minutes.ts';
import type { Presences, Ushers } from '../ports/people.ts';
import type { Settings, SettingsChange } from '../ports/settings.ts';
import type { Transcriber } from '../ports/speech-to-text.ts';
import type { TranscriptChannel, TranscriptChannels, TranscriptKeeper } from '../ports/transcript.ts';
import type { VoiceRooms } from '../ports/voice.ts';
import type { MeetingEnding, MeetingHead } from '../record.ts';
import { type GuildSettings, lookOf } from '../settings.ts';
import { startClock } from '../time/clock.ts';
import { DeafSeats } from './hearing/deaf-seats.ts';
import { POSTING_LIMIT_MS } from './limits.ts';
import { Meeting } from './meeting.ts';
import type { Handover, Tail } from './succession/moving.ts';
import { Recovery } from './succession/recovery.ts';
import { MinutesWriter } from './write-up.ts';

const DEAFENED =
  'Cannot hear anybody: a moderator has deafened me (Server Deafen). I stay in the voice channel for half a minute, so that it can be undone there; then start again';

/** Settings that the bot notes for its own use. */
const NO_CHOICES: readonly string[] = ['nameBefore'] satisfies (keyof GuildSettings)[];

const LOOK_MS = 50;
const GOING_ON_LIMIT_MS = 10_000; // joining a channel takes less, as a rule much less

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
  readonly forwarder?: MinutesForwarder;
  readonly ushers?: Ushers;
  readonly observer?: MeetingObserver;
  readonly metrics?: Pick<Metrics, 'meetings' | 'cluster'>;
  readonly log: Log;
  readonly emptyAfterMs: number;
  /** The meetings that this process has to go on with at its start. Missing: all that are not finished. */
  readonly unfinished?: () => Promise<readonly MeetingHead[]>;
  /** The bot sits in a meeting's channel by another session: that process may own the meeting now. */
  readonly whenSeatTaken?: (head: MeetingHead) => void;
  /** How often the journal learns that a meeting runs. Missing: every two seconds. */
  readonly signEveryMs?: number;
}

/** All meetings of this process, one a guild. Settings that change apply to a running meeting at once. */
export class MeetingHouse implements LiveMeetings {
  readonly #parts: HouseParts;
  readonly #meetings = new Map<GuildId, Meeting>();
  readonly #starting = new Set<GuildId>();
  readonly #beginning = new Set<GuildId>(); // of those, new meetings
  readonly #deafSeats = new DeafSeats();
  readonly #writer: MinutesWriter;
  readonly #recovery: Recovery;

  constructor(parts: HouseParts) {
    this.#parts = parts;
    parts.settings.subscribe((change) => this.#applyChange(change)); // both live as long as the process
    this.#writer = new MinutesWriter(parts);
    this.#recovery = new Recovery({
      ...parts,
      unfinished: parts.unfinished ?? (() => parts.archive.unfinished()),
      writer: this.#writer,
      isRunning: ({ guildId, id }) => this.#meetings.get(guildId)?.head.id === id,
      isTaken: (guildId) => this.#isTaken(guildId),
      claim: (guildId) => this.#claim(guildId),
      openChannel: (head, guild) => this.#openChannel(head, guild),
      resume: (record, signal, tail) => {
        const begin = ({ arrival }: Meeting) => arrival.resumeMeeting(record, tail);
        return this.#holdMeeting(record.head, record.lastSign?.spoken, signal, begin);
      },
    });
  }

  meetingOf(guildId: GuildId): LiveMeeting | undefined {
    return this.#meetings.get(guildId);
  }

  async isRunning(guildId: GuildId, meetingId: MeetingId): Promise<boolean> {
    return this.#meetings.get(guildId)?.head.id === meetingId;
  }

  get runningCount(): number {
    return this.#meetings.size;
  }

  get runningMeetings(): readonly Meeting[] {
    return [...this.#meetings.values()];
  }

  async startMeeting(request: StartRequest, signal: AbortSignal): Promise<LiveMeeting | 'already running'> {
    const { guildId } = request;
    if ((await this.#recovery.isResuming(guildId)) || this.#isTaken(guildId)) return 'already running';
    using _claim = this.#claim(guildId);
    const begin = (meeting: Meeting) => meeting.beginMeeting();
    this.#beginning.add(guildId);
    try {
      return await this.#holdMeeting(headOf(request), request.spoken, signal, begin, { isNew: true });
    } catch (error) {
      if (error instanceof AlreadyRunning) return 'already running';
      throw error;
    } finally {
      this.#beginning.delete(guildId);
    }
  }

  /** Whether somebody starts a meeting in a guild at this moment. */
  isBeginning(guildId: GuildId): boolean {
    return this.#beginning.has(guildId);
  }

  /**
   * Resumes the meetings that a crash or a restart left unfinished: they go on where people are still there, and otherwise
   * end with the minutes of what was heard. Never rejects.
   *
   * Resolves without the meetings of guilds whose people are not known yet: they follow once they are.
   */
  async resumeUnfinished(signal: AbortSignal): Promise<void> {
    await this.#recovery.resumeUnfinished(signal);
  }

  /**
   * Goes on with a meeting that this process has taken over from another one, or closes it out. Never rejects.
   *
   * @param tail - the other process gave it away, and still writes its last words
   * @returns whether that is done; it is not when the journal could not be read, say
   */
  async takeOver(head: MeetingHead, signal: AbortSignal, tail?: Tail): Promise<boolean> {
    return await this.#recovery.resumeOne(head, signal, tail);
  }

  /**
   * Gives a meeting to another process, as far as it has not ended meanwhile.
   *
   * @returns the last moment that was heard here, in ms since the meeting began; `undefined` when it stays
   */
  async handOver({ guildId, id }: MeetingHead, handover: Handover): Promise<number | undefined> {
    const meeting = this.#meetings.get(guildId);
    if (meeting?.head.id !== id) return undefined;
    const heardUntilMs = await meeting.departure.handOver(handover);
    if (heardUntilMs !== undefined) this.#vacate(meeting);
    return heardUntilMs;
  }

  /** Whether nothing runs or is to go on, and nothing is being written up. */
  get isIdle(): boolean {
    return this.#meetings.size + this.#starting.size + this.#writer.count + this.resuming().length === 0;
  }

  /** Resolves when every meeting that is over is written up. Never rejects. */
  async allWrittenUp(): Promise<void> {
    await this.#writer.allSettled();
  }

  /** The meetings that run here. */
  running(): readonly MeetingHead[] {
    return this.runningMeetings.map(({ head }) => head);
  }

  /** The meetings that are to go on here, whether they do yet or not. */
  resuming(): readonly MeetingHead[] {
    return this.#recovery.underWay;
  }

  /** Another process owns a meeting: here it ends at once, and nobody hears of that. */
  dropMeeting({ guildId, id }: MeetingHead): void {
    this.#recovery.drop(id);
    const meeting = this.#meetings.get(guildId);
    if (meeting?.head.id !== id) return;
    meeting.departure.dropMeeting();
    this.#vacate(meeting);
  }

  /**
   * Resolves when the meeting that is to go on in a guild runs here, or cannot; after ten seconds anyway. Until then whoever
   * asks would be told that there is none. Never rejects.
   */
  async whenGoingOn(guildId: GuildId): Promise<void> {
    const limitMs = performance.now() + GOING_ON_LIMIT_MS;
    const isHere = () => this.#meetings.get(guildId)?.knowsItsPeople === true;
    const isComing = () => this.resuming().some((head) => head.guildId === guildId) && !isHere();
    while (isComing() && performance.now() < limitMs) await delay(LOOK_MS);
  }

  /** Resolves when no unfinished meeting of a guild is left. Never rejects. */
  async whenResumed(guildId: GuildId): Promise<void> {
    await this.#recovery.whenResumed(guildId);
  }

  #isTaken(guildId: GuildId): boolean {
    return this.#meetings.has(guildId) || this.#starting.has(guildId);
  }

  #claim(guildId: GuildId): Disposable {
    this.#starting.add(guildId);
    return { [Symbol.dispose]: () => void this.#starting.delete(guildId) };
  }

  /**
   * Builds a meeting from its parts and has it begin.
   *
   * @throws what `begin` threw, or when the voice channel cannot be joined: then everything is left and undone
   */
  async #holdMeeting(
    wanted: MeetingHead,
    spoken: string | undefined,
    signal: AbortSignal,
    begin: (meeting: Meeting) => Promise<void>,
    { isNew = false } = {},
  ): Promise<Meeting> {
    const { rooms, presences, panels, ushers, observer, settings, whenSeatTaken } = this.#parts;
    const lost = new AbortController();
    const guild = await settings.guild(wanted.guildId);
    const clock = startClock(wanted.beganAt);
    // The room asks whom it may hear from its first packet on, which comes before the meeting is built.
    let meeting: Meeting | undefined;
    const mayHear = (speakerId: SpeakerId) => meeting?.hearsSpeaker(speakerId) ?? false;
    await this.#deafSeats.leave(wanted.guildId);
    await using undo = new AsyncDisposableStack();
    const room = undo.use(await rooms.join(wanted.guildId, wanted.voiceChannelId, clock, mayHear, signal));
    const presence = undo.use(presences.watch(wanted.guildId, wanted.voiceChannelId));
    if (presence.isDeafened && isNew) {
      this.#deafSeats.linger(wanted.guildId, undo.move());
      throw new VoiceError('deafened', DEAFENED);
    }
    const head = isNew ? await this.#atHome(wanted, guild, spoken, undo) : wanted;
    const channel = this.#openChannel(head, guild, lost.signal, (utteranceId) => meeting?.noteShown(utteranceId));
    const usher = ushers?.open(head, () => channel.channelId, lost.signal);
    undo.defer(async () => {
      await usher?.takeDownNotice();
      usher?.leave();
    });
    const held = new Meeting(head, clock, guild, spoken, {
      ...this.#parts,
      room,
      presence,
      channel,
      ...(usher && { usher }),
      lost,
      whenSeatTaken: () => whenSeatTaken?.(head),
      whenOver: async (over) => {
        usher?.leave();
        this.#vacate(held); // the next meeting need not wait until this one is written up
        if (lost.signal.aborted) return over;
        const sayFailed = async () => {
          channel.notice({ kind: 'minutes failed' });
          await channel.drained(AbortSignal.timeout(POSTING_LIMIT_MS));
        };
        return await this.#writer.writeUp(over, sayFailed, lost.signal);
      },
    });
    meeting = held;
    undo.defer(() => held.departure.abandonMeeting());
    this.#meetings.set(head.guildId, held);
    undo.defer(() => this.#vacate(held));
    observer?.began(head, held);
    await begin(held);
    undo.move(); // from now on the meeting undoes all of it when it ends
    await panels.show(held, lost.signal);
    return held;
  }

  /** The meeting where it is written, which may have to be opened first. */
  async #atHome(
    head: MeetingHead,
    guild: GuildSettings,
    spoken: string | undefined,
    undo: AsyncDisposableStack,
  ): Promise<MeetingHead> {
    const { channels } = this.#parts;
    const home = await channels.homeOf?.(head, lookOf(guild), spoken ?? guild.spoken);
    if (home === undefined) return head;
    undo.defer(async () => await channels.closeHome?.(head.textChannelId, home));
    return { ...head, textChannelId: home };
  }

  /** Whoever heard that the meeting began hears that it is over: once, however it comes to that. */
  #vacate({ head }: Meeting): void {
    if (this.#meetings.get(head.guildId)?.head.id !== head.id) return;
    this.#meetings.delete(head.guildId);
    this.#parts.observer?.over(head);
  }

  #openChannel(
    head: MeetingHead,
    guild: GuildSettings,
    lost = NEVER,
    shown: (utteranceId: string) => void = () => {},
  ): TranscriptChannel {
    return this.#parts.channels.open(head, lookOf(guild), this.#keeperOf(head, shown), lost);
  }

  /** Nobody waits for these notes: they are of use only later. */
  #keeperOf(head: MeetingHead, shown: (utteranceId: string) => void): TranscriptKeeper {
    const { archive, log } = this.#parts;
    const journal = this.#parts.journal.of(head.id);
    const complain = (error: unknown) =>
      isSuperseded(error) ||
      log.warn({ err: error, meeting: head.id }, 'The journal could not note where a transcript is posted');
    return {
      posted: (at) => void journal.posted(at).catch(complain),
      placed: (places) => void journal.setPlaces(places).catch(complain),
      shown,
      remarked: (speakerId, at) =>
        void archive.mentioned(head.guildId, { ...at, what: 'line' }, [speakerId]).catch(complain),
    };
  }

  async showCorrection(guildId: GuildId, meetingId: MeetingId, utteranceId: string): Promise<ShownCorrection> {
    const meeting = this.#meetings.get(guildId);
    if (meeting?.head.id === meetingId) {
      const kept = await this.#parts.archive.read(meetingId);
      const final = kept?.finals.find((one) => one.utteranceId === utteranceId);
      return final ? meeting.showCorrection(final) : 'left'; // it was erased meanwhile
    }
    await this.#writer.allSettled(); // whoever corrected writes minutes anew that were just being written
    return 'not here';
  }

  async whileErasing<T>(guildId: GuildId, speakerId: SpeakerId, erase: () => Promise<T>): Promise<T> {
    await this.#writer.allSettled(); // minutes that are being written up would bring the words back
    const meeting = this.#meetings.get(guildId);
    return meeting ? await meeting.whileErasing(speakerId, erase) : await erase();
  }

  async #applyChange({ guildId, keys }: SettingsChange): Promise<void> {
    if (keys.every((key) => NO_CHOICES.includes(key))) return;
    await this.#meetings.get(guildId)?.applySettings();
    this.#parts.observer?.settingsChanged(guildId);
  }

  /** The process has failed: keeps every meeting's last words and leaves all to the next start. Never rejects. */
  async breakOffAll(): Promise<void> {
    await Promise.all([...this.#meetings.values()].map(({ departure }) => departure.breakOff('failed')));
  }

  /** The process is restarted: meetings in which people are go on at the next start, the others end. Never rejects. */
  async leaveAll(): Promise<void> {
    const { panels } = this.#parts;
    const leaving = [...this.#meetings.values()].map(async (meeting) => {
      if (meeting.isEmpty) await meeting.stopMeeting('shutdown');
      else await Promise.all([meeting.departure.breakOff('restarting'), panels.leave(meeting)]);
    });
    await Promise.all(leaving);
    await this.#deafSeats.leaveAll();
    await this.#writer.allSettled();
  }

  /** Ends every meeting, all at once, and waits for all minutes. Never rejects. */
  async stopAll(ending: MeetingEnding): Promise<void> {
    await Promise.all([...this.#meetings.values()].map((meeting) => meeting.stopMeeting(ending)));
    await this.#deafSeats.leaveAll();
    await this.#writer.allSettled();
  }
}

function headOf(request: StartRequest): MeetingHead {
  const beganAt = new Date();
  const { guildId, voiceChannelId, voiceChannelName, occasion, textChannelId, startedBy } = request;
  return {
    id: newMeetingId(beganAt),
    title: occasion?.name || voiceChannelName,
    guildId,
    voiceChannelId,
    voiceChannelName,
    textChannelId,
    startedBy,
    beganAt,
    ...(occasion && { places: { occasion } }),
  };
}

/** Sorts by time, and two guilds never share one. */
function newMeetingId(beganAt: Date): MeetingId {
  return `${beganAt.getTime().toString(36)}-${randomBytes(4).toString('hex')}`;
}
