import { together } from '../concurrency/together.ts';
import type { SpeakerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Notice } from '../notice.ts';
import type { Archive } from '../ports/archive.ts';
import type { MeetingJournals } from '../ports/journal.ts';
import type { Listener, LiveMeeting, MeetingStatus, MeteredMeeting, SpeakerStatus } from '../ports/live-meetings.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Presence, PresenceEvent, Usher } from '../ports/people.ts';
import type { Settings } from '../ports/settings.ts';
import type { Transcriber } from '../ports/speech-to-text.ts';
import type { TranscriptChannel } from '../ports/transcript.ts';
import type { SpeakerStream, VoiceRoom, VoiceRoomEvent } from '../ports/voice.ts';
import type { Gap, MeetingEnding, MeetingHead, MeetingRecord } from '../record.ts';
import { type GuildSettings, lookOf, sentOnTo } from '../settings.ts';
import type { MeetingClock } from '../time/clock.ts';
import { AttendanceBook } from './attendance.ts';
import { Audience } from './audience.ts';
import { Figures } from './figures.ts';
import { ForgivingJournal } from './forgiving-journal.ts';
import { Speakers } from './hearing/speakers.ts';
import { POSTING_LIMIT_MS } from './limits.ts';
import { Publisher } from './publisher.ts';
import { MeetingRules } from './rules.ts';
import { lastNewsMs, lossesOf, reconcile } from './succession/aftermath.ts';
import { arrive, type Handover, hearUntilSeatIsGone, type Tail } from './succession/moving.ts';
import { Vigil } from './vigil.ts';

const ORDER_CHECK_MS = 100; // well under what a reader notices
const WATCH_MS = 1_000;
const TALKING_MS = 1_000; // whoever was heard for the last time before that does not talk at the moment

/** How long the last words and their posting are waited for by a process that ends without ending the meeting. */
const LEAVING = {
  failed: { wordsMs: 3_000, postingMs: 15_000 }, // the process itself is ended after 8 s
  restarting: { wordsMs: 8_000, postingMs: 5_000 }, // together well under the 15 s that hosts give at least
} as const;
const ERASURE_POSTING_MS = 5_000; // one of Discord's rate-limit windows
const ERASURE_KEEPING_MS = 5_000;
/** How long an ending waits for what the journal still holds in memory, as the database is away. */
const KEEPING_MS = 60_000;
const SHUTDOWN_KEEPING_MS = 5_000;
const LEAVING_KEEPING_MS = 2_000;

/** How long the last words are waited for: all of them as a rule, but a host that shuts down kills soon. */
const DRAIN_MS = 120_000;
const SHUTDOWN_DRAIN_MS = 10_000;

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

/** Each phase holds what is true in it alone. */
type Phase =
  | { readonly kind: 'running' }
  | { readonly kind: 'paused'; readonly sinceMs: number }
  | { readonly kind: 'finishing'; readonly endedMs?: number } // missing: the process ends, and the meeting does not
  | { readonly kind: 'restarting' };

/**
 * The story of one meeting: people come and go, each is followed separately, what they say is journalled and published in
 * the order in which it was said, and at the end the house writes it up.
 */
export class Meeting implements LiveMeeting, MeteredMeeting {
  readonly head: MeetingHead;
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
  readonly #over = new AbortController();
  #phase: Phase = { kind: 'running' };
  #emptyTimer: NodeJS.Timeout | undefined;
  #ended: Promise<MeetingRecord> | undefined;
  #arriving: Promise<void> = Promise.resolve(); // until the meeting is as the process before left it
  #seatTakenMs: number | undefined; // of performance.now()

  constructor(
    head: MeetingHead,
    clock: MeetingClock,
    guild: GuildSettings,
    spoken: string | undefined,
    parts: MeetingParts,
  ) {
    this.head = head;
    this.#parts = parts;
    this.#figures = new Figures(parts.metrics?.meetings);
    this.#clock = clock;
    this.#rules = new MeetingRules(guild, spoken);
    this.#journal = new ForgivingJournal(head, parts.journal.of(head.id), parts.channel, parts.log);
    const shared = { ...parts, head, clock, rules: this.#rules, journal: this.#journal, figures: this.#figures };
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
    this.#vigil = new Vigil({
      ...shared,
      attendance: this.#attendance,
      speakers: this.#speakers,
      isRunning: () => this.#phase.kind === 'running',
    });
  }

  /** Asked for every packet: only people who are there and have consented, and while the meeting is on the record. */
  hearsSpeaker(speakerId: SpeakerId): boolean {
    return (
      this.#phase.kind === 'running' &&
      this.#attendance.isWhereItBelongs &&
      this.#attendance.consentOf(speakerId) === 'heard'
    );
  }

  /** The meeting then runs until `stop`. @throws when the journal cannot be written */
  async beginMeeting(): Promise<void> {
    await this.#parts.journal.begin(this.head);
    this.#attendance.greetEverybodyThere();
    await this.#journal.alive(this.#vigil.signOf(0, []));
    await this.#startRunning('fail');
  }

  /**
   * Goes on with a meeting that another process left behind, and says how long nobody was heard.
   *
   * @param left - what the journal holds of it
   */
  async resumeMeeting(left: MeetingRecord): Promise<void> {
    const arriving = this.#arrive(left);
    this.#arriving = arriving.catch(() => {}); // the caller's
    await arriving;
  }

  async #arrive(left: MeetingRecord): Promise<void> {
    using _lastSign = this.#vigil.keepLastSign(); // a second crash must not take what is known of the first with it
    this.#publisher.hideFromChannel();
    await this.#carryOver(left);
    const hearsSinceMs = await this.#startRunning('wait'); // reading the channel takes a second, and somebody speaks
    const record = await reconcile(left, this.#rules.guild, this.#parts);
    for (const loss of lossesOf(record, hearsSinceMs)) {
      this.#figures.noteGap(loss);
      await this.#journal.gap(loss);
    }
    const awayMs = hearsSinceMs - (record.lastSign?.atMs ?? lastNewsMs(record));
    this.#parts.metrics?.cluster.handoverGap(awayMs);
    this.#parts.channel.notice({ kind: 'back', awayMs });
    this.#publisher.showFrom(new Set(record.finals.map(({ utteranceId }) => utteranceId)));
  }

  /**
   * Goes on with a meeting that another process gives to this one: people are heard at once, and the channel waits for the
   * last words from there.
   *
   * @param left - what the journal holds of it by now
   */
  async receiveMeeting(left: MeetingRecord, tail: Tail): Promise<void> {
    this.#publisher.hideFromChannel();
    await this.#carryOver(left);
    const hearsSinceMs = await this.#startRunning('wait');
    void this.#journal.alive(this.#vigil.signOf(hearsSinceMs, this.#speakers.pending()));
    const reportGap = (gap: Gap) => this.#vigil.reportGap(gap);
    const showFrom = (shown: ReadonlySet<string>) => this.#publisher.showFrom(shown);
    const parts = { ...this.#parts, showFrom, reportGap };
    await arrive(left, hearsSinceMs, tail, this.#rules.guild, parts);
  }

  async #carryOver(record: MeetingRecord): Promise<void> {
    await this.#attendance.carryOver(record, lastNewsMs(record));
    for (const gap of record.gaps) this.#figures.carryOver(gap);
    this.#speakers.carryOver(record.lastSign?.tallies ?? []);
    const pause = record.gaps.findLast(({ reason }) => reason === 'paused');
    if (pause && pause.endMs === pause.startMs) this.#phase = { kind: 'paused', sinceMs: pause.startMs };
  }

  /** The meeting could not begin: nothing of it runs on. */
  abandonMeeting(): void {
    this.#over.abort(new Error('The meeting could not begin'));
    clearTimeout(this.#emptyTimer);
  }

  /** @param unreadable - see `welcomeEverybody` @returns since when people are heard, in ms since the meeting began */
  async #startRunning(unreadable: 'fail' | 'wait'): Promise<number> {
    const { channel, log, usher } = this.#parts;
    void this.#runUntilOver().catch((error: unknown) => {
      if (this.#over.signal.aborted) return; // the meeting ended while somebody still waited for news
      log.error({ err: error, meeting: this.head.id }, 'A meeting failed');
      channel.notice({ kind: 'meeting failed' });
      void this.stopMeeting('failed');
    });
    usher?.configure(this.#rules.guild.optInOnly ?? false);
    const heardSinceMs = await this.#attendance.welcomeEverybody(unreadable);
    this.#watchForEmptiness();
    this.#vigil.watchHearing();
    return heardSinceMs;
  }

  async #runUntilOver(): Promise<void> {
    const { presence, room } = this.#parts;
    const releasing = setInterval(() => this.#publisher.releaseFinals(), ORDER_CHECK_MS);
    const watching = setInterval(() => this.#vigil.watchMeeting(this.#endedMs), WATCH_MS);
    try {
      await together(this.#over.signal, [
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
        this.#seatTakenMs ??= performance.now();
        if (!this.#parts.lost?.signal.aborted) this.#parts.whenSeatTaken?.();
        break;
    }
    this.#watchForEmptiness();
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

  /** When nobody is left, the meeting waits a little for somebody to come back. */
  #watchForEmptiness(): void {
    const isOpen = this.#phase.kind === 'running' || this.#phase.kind === 'paused';
    if (this.isEmpty && isOpen) {
      this.#emptyTimer ??= setTimeout(() => void this.stopMeeting('empty'), this.#parts.emptyAfterMs);
    } else {
      clearTimeout(this.#emptyTimer);
      this.#emptyTimer = undefined;
    }
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
    if (this.#phase.kind !== 'running') return false;
    const nowMs = this.#clock.nowMs();
    this.#phase = { kind: 'paused', sinceMs: nowMs };
    this.#vigil.watchHearing();
    // Kept at once: after a crash in a pause the meeting has to come back paused.
    void this.#journal.gap({ startMs: nowMs, endMs: nowMs, reason: 'paused' });
    return true;
  }

  resumeHearing(): boolean {
    if (this.#phase.kind !== 'paused') return false;
    this.#reportPause();
    this.#phase = { kind: 'running' };
    this.#vigil.watchHearing();
    return true;
  }

  #reportPause(): void {
    if (this.#phase.kind !== 'paused') return;
    this.#vigil.reportGap({ startMs: this.#phase.sinceMs, endMs: this.#clock.nowMs(), reason: 'paused' });
  }

  /** Applies what the guild or its members chose meanwhile. */
  async applySettings(): Promise<void> {
    const { settings, channel, usher } = this.#parts;
    const before = this.#rules.guild;
    const guild = await settings.guild(this.head.guildId);
    this.#rules.change(guild);
    const host = sentOnTo(guild);
    if (host !== sentOnTo(before)) channel.notice({ kind: 'minutes sent on', host });
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

  addListener(listener: Listener): () => void {
    return this.#audience.listen(listener);
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
    return this.#phase.kind;
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
    return {
      head: this.head,
      phase: this.#phase.kind,
      elapsedMs: this.#clock.nowMs(),
      options: this.#rules.sttOptions,
      style: lookOf(this.#rules.guild).style,
      speakers,
      figures: this.#figures.figuresNow(this.#speakers.sentMs()),
      ...(host !== undefined && { sentOnTo: host }),
      ...(deaf && { deaf }),
    };
  }

  get isEmpty(): boolean {
    return this.#attendance.isEmpty;
  }

  get #endedMs(): number | undefined {
    return this.#phase.kind === 'finishing' ? this.#phase.endedMs : undefined;
  }

  /**
   * The process ends within seconds: words that are being said are written as far as they come by then.
   *
   * The meeting is not over: the next start resumes it, as after a crash; people are told when that was planned. Never
   * rejects. A meeting that already ends goes on ending.
   */
  async breakOff(why: 'failed' | 'restarting'): Promise<void> {
    if (this.#ended) {
      if (why === 'restarting') await this.#ended;
      return;
    }
    const { usher, channel } = this.#parts;
    this.#ended = new Promise(() => {}); // nothing that happens from now on may end it in the journal
    const { wordsMs, postingMs } = LEAVING[why];
    const limit = setTimeout(() => this.#over.abort(new Error('The process ends')), wordsMs);
    clearTimeout(this.#emptyTimer);
    this.#phase = why === 'restarting' ? { kind: 'restarting' } : { kind: 'finishing' };
    this.#vigil.watchHearing();
    if (why === 'restarting') usher?.leave(); // nobody is transcribed meanwhile
    await this.#takeLastWords(postingMs, () => {
      if (why === 'restarting') channel.notice({ kind: 'restarting' });
    });
    clearTimeout(limit);
    this.#over.abort(); // no further sign of life may take the place of the last one
    const sign = this.#vigil.signOf(this.#clock.nowMs(), this.#speakers.pending());
    await this.#journal.alive(why === 'restarting' ? { ...sign, isPlanned: true } : sign);
    await this.#journal.flush(LEAVING_KEEPING_MS);
  }

  async #takeLastWords(postingMs: number, afterWords = () => {}): Promise<void> {
    const { room, channel, log } = this.#parts;
    try {
      await room.leave(); // finishes every speaker's stream: their chains send the tail and wait for the last words
      await this.#speakers.allFinished();
      this.#publisher.releaseAllFinals();
      afterWords();
      await channel.drained(AbortSignal.timeout(postingMs));
    } catch (error) {
      log.error({ err: error, meeting: this.head.id }, 'A meeting did not end cleanly');
    }
  }

  /** Another process goes on with the meeting: here it ends at once, and nobody hears of that. */
  dropMeeting(): void {
    this.#loseMeeting();
    this.#phase = { kind: 'finishing' };
    this.#over.abort(this.#parts.lost?.signal.reason);
    this.#parts.presence[Symbol.dispose]();
    void this.#parts.room.leave();
  }

  /**
   * Gives the meeting to another process. It is heard here until it is heard there, and what was said by then is still
   * written here.
   *
   * @returns the last moment that was heard here, in ms since the meeting began; `undefined` when the meeting stays
   */
  async handOver({ give }: Handover): Promise<number | undefined> {
    await this.#arriving; // what the process before lost is noted by this one
    if (this.#ended) return undefined;
    await this.#journal.alive(this.#vigil.signOf(this.#clock.nowMs(), this.#speakers.pending()));
    if (!(await give())) return undefined;
    this.#loseMeeting();
    const { room, presence } = this.#parts;
    const nowMs = () => this.#clock.nowMs();
    const heardUntilMs = await hearUntilSeatIsGone({ room, nowMs, seatTakenMs: () => this.#seatTakenMs });
    this.#phase = { kind: 'restarting' };
    const limit = setTimeout(
      () => this.#over.abort(new Error('The last words took too long')),
      LEAVING.restarting.wordsMs,
    );
    await this.#takeLastWords(0);
    clearTimeout(limit);
    this.#over.abort(this.#parts.lost?.signal.reason);
    presence[Symbol.dispose]();
    return heardUntilMs;
  }

  #loseMeeting(): void {
    this.#ended ??= new Promise(() => {}); // nothing that happens from now on may end it in the journal
    clearTimeout(this.#emptyTimer);
    this.#parts.lost?.abort(new Error('Another process goes on with the meeting'));
    this.#parts.usher?.leave();
  }

  stopMeeting(ending: MeetingEnding): Promise<MeetingRecord> {
    this.#ended ??= this.#finishMeeting(ending);
    return this.#ended;
  }

  async #finishMeeting(ending: MeetingEnding): Promise<MeetingRecord> {
    const { presence, whenOver, metrics } = this.#parts;
    metrics?.meetings.ended(ending);
    const limitMs = ending === 'shutdown' ? SHUTDOWN_DRAIN_MS : DRAIN_MS;
    const limit = setTimeout(() => this.#over.abort(new Error('The last words took too long')), limitMs);
    clearTimeout(this.#emptyTimer);
    this.#reportPause();
    const endedMs = this.#clock.nowMs();
    this.#phase = { kind: 'finishing', endedMs };
    this.#vigil.watchHearing();
    // Kept at once: after a crash from now on, the meeting is not resumed but written up.
    const kept = this.#journal.end(endedMs, ending);
    const lastNames = presence.namesNow();
    await this.#takeLastWords(POSTING_LIMIT_MS);
    clearTimeout(limit);
    this.#over.abort();
    this.#audience.close();
    presence[Symbol.dispose]();
    await kept;
    await this.#attendance.takeLastNames(await lastNames);
    await this.#attendance.endStays(endedMs);
    for (const tally of this.#speakers.tallies()) await this.#journal.tally(tally);
    await this.#journal.end(endedMs, ending); // again: the first time may have been refused
    await this.#journal.alive(this.#vigil.signOf(endedMs, []));
    await this.#journal.flush(ending === 'shutdown' ? SHUTDOWN_KEEPING_MS : KEEPING_MS); // the minutes read it
    const nothing = { attendance: [], finals: [], translations: [], gaps: [], messages: [] };
    return await whenOver({ head: this.head, endedMs, ending, ...nothing });
  }
}
