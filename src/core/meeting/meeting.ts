import { together } from '../concurrency/together.ts';
import type { ShownCorrection } from '../correcting/correction.ts';
import type { SpeakerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Notice } from '../notice.ts';
import type { Archive } from '../ports/archive.ts';
import type { MeetingJournals } from '../ports/journal.ts';
import type {
  Listener,
  ListenerNeeds,
  LiveMeeting,
  MeetingStatus,
  MeteredMeeting,
  SpeakerStatus,
} from '../ports/live-meetings.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Presence, PresenceEvent, Usher } from '../ports/people.ts';
import type { Settings } from '../ports/settings.ts';
import type { Transcriber } from '../ports/speech-to-text.ts';
import type { TranscriptChannel } from '../ports/transcript.ts';
import type { SpeakerStream, VoiceRoom, VoiceRoomEvent } from '../ports/voice.ts';
import type { MeetingEnding, MeetingHead, MeetingRecord, Occasion } from '../record.ts';
import type { FinalSegment } from '../segment.ts';
import { type GuildSettings, lookOf, sentOnTo } from '../settings.ts';
import type { MeetingClock } from '../time/clock.ts';
import { Audience } from './audience.ts';
import { Departure } from './departure.ts';
import { Figures } from './figures.ts';
import { ForgivingJournal } from './forgiving-journal.ts';
import { Speakers } from './hearing/speakers.ts';
import { AttendanceBook } from './people/attendance.ts';
import { Phases } from './phases.ts';
import { Publisher } from './publisher.ts';
import { MeetingRules } from './rules.ts';
import { lastNewsMs } from './succession/aftermath.ts';
import { Arrival } from './succession/arrival.ts';
import { Vigil } from './vigil.ts';

const ORDER_CHECK_MS = 100; // well under what a reader notices
const WATCH_MS = 1_000;
const SIGN_EVERY_MS = 2_000; // after a crash, the reported gap is accurate to this and a write, unless told
const TALKING_MS = 1_000; // whoever was heard for the last time before that does not talk at the moment
const ERASURE_POSTING_MS = 5_000; // one of Discord's rate-limit windows
const ERASURE_KEEPING_MS = 5_000;

/** What a meeting is made of; every part is a port. */
export interface MeetingParts {
  readonly room: VoiceRoom;
  readonly presence: Presence & Disposable;
  readonly transcriber: Transcriber;
  readonly channel: TranscriptChannel;
  readonly journal: MeetingJournals;
  readonly archive: Pick<Archive, 'read'>;
  readonly settings: Settings;
  readonly usher?: Usher;
  readonly metrics?: Pick<Metrics, 'meetings' | 'cluster'>;
  readonly log: Log;
  readonly emptyAfterMs: number; // how long an empty channel is waited for
  /** Aborted here when another process goes on with the meeting. */
  readonly lost?: AbortController;
  /** The bot sits in the channel by another session: that process may own the meeting now. */
  readonly whenSeatTaken?: () => void;
  /** How often the journal learns that the meeting runs. Missing: every two seconds. */
  readonly signEveryMs?: number;
  /** Called once, when the last words are posted. Resolves with the record when it is written up; never rejects. */
  readonly whenOver: (over: MeetingRecord) => Promise<MeetingRecord>;
}

/**
 * The story of one meeting: people come and go, each is followed separately, what they say is journalled and published in
 * the order in which it was said, and at the end the house writes it up.
 *
 * It begins here, or arrives from another process (`arrival`), and leaves this process in one of several ways (`departure`).
 * What it does in between depends on its phase: see `Phases`.
 */
export class Meeting implements LiveMeeting, MeteredMeeting {
  readonly head: MeetingHead;
  readonly arrival: Arrival;
  readonly departure: Departure;
  readonly #parts: MeetingParts;
  readonly #clock: MeetingClock;
  readonly #rules: MeetingRules;
  readonly #journal: ForgivingJournal;
  readonly #figures: Figures;
  readonly #audience: Audience;
  readonly #speakers: Speakers;
  readonly #attendance: AttendanceBook;
  readonly #publisher: Publisher;
  readonly #vigil: Vigil;
  readonly #phases = new Phases();
  #occasion: Occasion | undefined;

  constructor(
    head: MeetingHead,
    clock: MeetingClock,
    guild: GuildSettings,
    spoken: string | undefined,
    parts: MeetingParts,
  ) {
    this.head = head;
    this.#occasion = head.places?.occasion;
    this.#parts = parts;
    this.#figures = new Figures(parts.metrics?.meetings);
    this.#clock = clock;
    this.#rules = new MeetingRules(guild, spoken);
    this.#journal = new ForgivingJournal(head, parts.journal.of(head.id), parts.channel, parts.log);
    const own = { rules: this.#rules, journal: this.#journal, figures: this.#figures, phases: this.#phases };
    const shared = { ...parts, head, clock, ...own };
    this.#speakers = new Speakers({
      ...shared,
      takerOf: () => this.#publisher.takerOfChain(),
      onNotice: (notice) => this.#vigil.reportNotice(notice),
    });
    this.#audience = new Audience((isThere) => this.#speakers.watchWords(isThere));
    this.#attendance = new AttendanceBook({ ...shared, finishSpeaker: (id) => this.#speakers.finishSpeaker(id) });
    this.#publisher = new Publisher({
      ...shared,
      audience: this.#audience,
      personOf: (speakerId) => this.#attendance.personOf(speakerId),
      pending: () => this.#speakers.pending(),
    });
    this.#vigil = new Vigil({ ...shared, attendance: this.#attendance, speakers: this.#speakers });
    this.arrival = new Arrival({
      ...shared,
      journal: parts.journal,
      publisher: this.#publisher,
      vigil: this.#vigil,
      carryOver: (left) => this.#carryOver(left),
      startHearing: () => this.#startRunning('again'),
    });
    this.departure = new Departure({
      ...shared,
      speakers: this.#speakers,
      publisher: this.#publisher,
      audience: this.#audience,
      attendance: this.#attendance,
      vigil: this.#vigil,
      arrival: this.arrival,
    });
  }

  /** Asked for every packet: only people who are there and have consented, and while the meeting is on the record. */
  hearsSpeaker(speakerId: SpeakerId): boolean {
    return (
      this.#phases.isRunning && this.#attendance.isWhereItBelongs && this.#attendance.consentOf(speakerId) === 'heard'
    );
  }

  /** The meeting then runs until `stop`. @throws when the journal cannot be written */
  async beginMeeting(): Promise<void> {
    await this.#parts.journal.begin(this.head);
    this.#attendance.greetEverybodyThere();
    await this.#vigil.signLife(0);
    await this.#startRunning('for the first time');
  }

  /** Goes on with what the process before knew. */
  async #carryOver(record: MeetingRecord): Promise<void> {
    await this.#attendance.carryOver(record, lastNewsMs(record));
    for (const gap of record.gaps) this.#figures.carryOver(gap);
    this.#speakers.carryOver(record.lastSign?.tallies ?? []);
    const pause = record.gaps.findLast(({ reason }) => reason === 'paused');
    if (pause && pause.endMs === pause.startMs) this.#phases.pause(pause.startMs);
  }

  /** @returns since when people are heard, in ms since the meeting began */
  async #startRunning(runs: 'for the first time' | 'again'): Promise<number> {
    const { channel, log, usher } = this.#parts;
    void this.#runUntilOver().catch((error: unknown) => {
      if (this.departure.signal.aborted) return; // the meeting ended while somebody still waited for news
      log.error({ err: error, meeting: this.head.id }, 'A meeting failed');
      channel.notice({ kind: 'meeting failed' });
      void this.stopMeeting('failed');
    });
    usher?.configure(this.#rules.guild.optInOnly ?? false, runs === 'again');
    const heardSinceMs = await this.#attendance.welcomeEverybody(runs === 'again' ? 'wait' : 'fail');
    this.departure.watchForEmptiness();
    this.#vigil.watchHearing();
    return heardSinceMs;
  }

  async #runUntilOver(): Promise<void> {
    const { presence, room, signEveryMs = SIGN_EVERY_MS } = this.#parts;
    const releasing = setInterval(() => this.#publisher.releaseFinals(), ORDER_CHECK_MS);
    const watching = setInterval(() => this.#vigil.watchMeeting(), WATCH_MS);
    const signing = setInterval(() => this.#vigil.signRegularly(this.#phases.endedMs), signEveryMs);
    try {
      await together(this.departure.signal, [
        async (signal) => {
          for await (const event of presence.events(signal)) await this.#onPresenceEvent(event, signal);
        },
        async (signal) => {
          for await (const event of room.events(signal)) this.#onRoomEvent(event);
        },
        async (signal) => {
          for await (const speaker of room.speakers(signal)) this.#followSpeaker(speaker, signal);
        },
      ]);
    } finally {
      clearInterval(releasing);
      clearInterval(watching);
      clearInterval(signing);
    }
  }

  async #onPresenceEvent(event: PresenceEvent, signal: AbortSignal): Promise<void> {
    switch (event.kind) {
      case 'joined':
        await this.#attendance.welcomePerson(event.person);
        break;
      case 'renamed':
        await this.#attendance.renamePerson(event.person);
        break;
      case 'left':
        await this.#attendance.farewellPerson(event.person.id);
        break;
      case 'stage audience changed':
        this.#attendance.countStageAudience();
        break;
      case 'bot moved':
        await this.#onMoved(event);
        break;
      case 'bot disconnected':
        void this.stopMeeting('disconnected');
        break;
      case 'voice channel deleted':
        void this.stopMeeting('channel deleted');
        break;
      case 'hearing changed':
        this.#vigil.watchHearing();
        break;
      case 'session replaced':
        await this.#parts.room.rejoin(signal);
        break;
      case 'seat taken':
        this.departure.noteSeatTaken();
        break;
    }
    this.departure.watchForEmptiness();
  }

  async #onMoved({ channelId, channelName }: Extract<PresenceEvent, { readonly kind: 'bot moved' }>): Promise<void> {
    const { channel } = this.#parts;
    const answer = await this.#attendance.followTo(channelId);
    if (answer === 'followed') {
      channel.notice({ kind: 'bot moved', channelName });
      return;
    }
    channel.notice({ kind: answer === 'other readers' ? 'bot moved away' : 'bot moved out' });
    void this.stopMeeting('disconnected');
  }

  #onRoomEvent(event: VoiceRoomEvent): void {
    if (event.kind !== 'lost') {
      this.#vigil.noteRoomEvent(event);
      return;
    }
    this.#parts.log.warn({ err: event.error, meeting: this.head.id }, 'The voice channel was lost');
    this.#parts.channel.notice({ kind: 'voice lost', error: event.error });
    void this.stopMeeting('failed');
  }

  #followSpeaker(speaker: SpeakerStream, signal: AbortSignal): void {
    const consent = this.#attendance.consentOf(speaker.speakerId);
    if (consent === undefined || consent === 'heard') {
      const options = this.#rules.sttOptionsFor(this.#attendance.choicesOf(speaker.speakerId));
      this.#speakers.followSpeaker(speaker, options, signal);
    } else speaker.finish(); // its first packet came before they said no
  }

  pauseHearing(): boolean {
    const nowMs = this.#clock.nowMs();
    if (!this.#phases.pause(nowMs)) return false;
    this.#vigil.watchHearing();
    // Kept at once: after a crash in a pause the meeting has to come back paused.
    void this.#journal.gap({ startMs: nowMs, endMs: nowMs, reason: 'paused' });
    return true;
  }

  resumeHearing(): boolean {
    const pause = this.#phases.resume(this.#clock.nowMs());
    if (!pause) return false;
    this.#vigil.reportGap(pause);
    this.#vigil.watchHearing();
    return true;
  }

  /** Applies what the guild or its members chose meanwhile. */
  async applySettings(): Promise<void> {
    const { settings, channel, usher } = this.#parts;
    const before = this.#rules.guild;
    const guild = await settings.guild(this.head.guildId);
    this.#rules.change(guild);
    const host = sentOnTo(guild);
    const lines = guild.webhook?.lines ?? false;
    if (host !== sentOnTo(before) || lines !== (before.webhook?.lines ?? false))
      channel.notice({ kind: 'minutes sent on', host, lines });
    channel.configure(lookOf(guild));
    usher?.configure(guild.optInOnly ?? false);
    this.#vigil.forgetReported();
    await this.#attendance.readChoices();
    this.#speakers.configureSpeakers((speakerId) => {
      const consent = this.#attendance.consentOf(speakerId);
      if (consent !== undefined && consent !== 'heard') return undefined;
      return this.#rules.sttOptionsFor(this.#attendance.choicesOf(speakerId));
    });
  }

  /** While one person's words are erased, none of them may follow; afterwards the person begins a new stay. */
  async whileErasing<T>(speakerId: SpeakerId, erase: () => Promise<T>): Promise<T> {
    const { channel, archive } = this.#parts;
    await this.#speakers.cutSpeaker(speakerId);
    this.#publisher.dropSpeaker(speakerId);
    channel.forget(speakerId);
    await channel.drained(AbortSignal.timeout(ERASURE_POSTING_MS)); // then it is known which messages show their words
    if (!(await this.#journal.flush(ERASURE_KEEPING_MS)))
      throw new Error('Cannot erase words: the journal still holds some that it could not write yet');
    const said = (await archive.read(this.head.id))?.finals ?? [];
    const erased = await erase();
    this.#publisher.retractFinals(said.filter((final) => final.speakerId === speakerId));
    await this.#attendance.restartStay(speakerId);
    return erased;
  }

  get occasion(): Occasion | undefined {
    return this.#occasion;
  }

  async holdFor(occasion: Occasion): Promise<void> {
    this.#occasion = occasion;
    const journal = this.#parts.journal.of(this.head.id);
    await Promise.all([journal.retitle(occasion.name || this.head.voiceChannelName), journal.setPlaces({ occasion })]);
  }

  /** Shows a final that was corrected in the journal. */
  showCorrection(final: FinalSegment): ShownCorrection {
    return this.#publisher.showCorrection(final);
  }

  addListener(listener: Listener, needs?: ListenerNeeds): () => void {
    return this.#audience.listen(listener, needs);
  }

  sentHereMs(): number {
    return this.#speakers.sentHereMs();
  }

  postNotice(notice: Notice): void {
    this.#parts.channel.notice(notice);
  }

  /** The channel now shows a final of this meeting. */
  noteShown(utteranceId: string): void {
    this.#figures.notePosted(utteranceId, this.#clock.nowMs());
  }

  get phase(): MeetingStatus['phase'] {
    return this.#phases.kind;
  }

  /** How many people are there, and how many of them were heard within the last second. */
  countPeople(): { readonly there: number; readonly talking: number } {
    const { room } = this.#parts;
    const everyone = this.#attendance.everyone();
    const sinceMs = this.#clock.nowMs() - TALKING_MS;
    const talking = everyone.filter(({ person }) => (room.reception(person.id)?.lastHeardMs ?? -1) >= sinceMs);
    return { there: everyone.length, talking: talking.length };
  }

  currentStatus(): MeetingStatus {
    const chains = this.#speakers.latestChains();
    const speakers = this.#attendance.everyone().map(({ person, choices }): SpeakerStatus => {
      const reception = this.#parts.room.reception(person.id);
      const stt = chains.get(person.id)?.stt.status();
      const consent = this.#attendance.consentBy(person.id, choices);
      const isUnreadable = this.#vigil.isUnreadable(person.id);
      const isTooQuiet = this.#vigil.isTooQuiet(person.id);
      return { person, consent, isUnreadable, isTooQuiet, ...(reception && { reception }), ...(stt && { stt }) };
    });
    const host = sentOnTo(this.#rules.guild);
    const deaf = this.#vigil.deafness;
    const { stageAudience } = this.#attendance;
    return {
      head: this.head,
      phase: this.#phases.kind,
      elapsedMs: this.#clock.nowMs(),
      options: this.#rules.sttOptions,
      style: lookOf(this.#rules.guild).style,
      speakers,
      ...(stageAudience && { stageAudience }),
      figures: this.#figures.figuresNow(this.#speakers.sentMs()),
      ...(host !== undefined && { sentOnTo: host, sendsLines: this.#rules.guild.webhook?.lines ?? false }),
      ...(deaf && { deaf }),
    };
  }

  /** Whether it can be said who is heard. */
  get knowsItsPeople(): boolean {
    return this.#attendance.hasWelcomed;
  }

  get isEmpty(): boolean {
    return this.#attendance.isEmpty;
  }

  stopMeeting(ending: MeetingEnding): Promise<MeetingRecord> {
    return this.departure.stopMeeting(ending);
  }
}
