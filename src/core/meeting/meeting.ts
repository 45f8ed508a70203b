import { together } from '../concurrency/together.ts';
import { type Consent, consentOf } from '../consent.ts';
import type { ChannelId, SpeakerId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Notice } from '../notice.ts';
import type { Archive } from '../ports/archive.ts';
import type { MeetingJournal, MeetingJournals } from '../ports/journal.ts';
import type {
  Deafness,
  Listener,
  LiveMeeting,
  MeetingStatus,
  MeteredMeeting,
  SpeakerStatus,
} from '../ports/live-meetings.ts';
import type { MinutesPoster, Summariser } from '../ports/minutes.ts';
import type { Person, Presence, PresenceEvent, Usher } from '../ports/people.ts';
import type { Settings } from '../ports/settings.ts';
import type { SttNotice, SttOptions, Transcriber } from '../ports/speech-to-text.ts';
import type { TranscriptChannel } from '../ports/transcript.ts';
import type { SpeakerStream, VoiceRoom, VoiceRoomEvent } from '../ports/voice.ts';
import type { Gap, MeetingEnding, MeetingHead, MeetingRecord, SignOfLife, SpeakerTally } from '../record.ts';
import type { FinalSegment, PartialSegment, TranscriptSegment, TranslationSegment } from '../segment.ts';
import type { GuildSettings, MemberSettings } from '../settings.ts';
import { lookOf, sentOnTo } from '../settings.ts';
import { segmentInOwnWords } from '../text/glossary.ts';
import { sameLanguage } from '../text/language.ts';
import type { MeetingClock } from '../time/clock.ts';
import { SpokenOrder } from '../time/spoken-order.ts';
import { Roster } from './attendance.ts';
import { Audience } from './audience.ts';
import { Figures } from './figures.ts';
import { DeafSpells } from './hearing/deafness.ts';
import { Ledger } from './hearing/ledger.ts';
import { SpeakerChain } from './hearing/speaker-chain.ts';
import { type Concern, Watchdog } from './hearing/watchdog.ts';
import { lastNewsMs, lossesOf, reconcile } from './recovery.ts';
import { writeUp } from './write-up.ts';

const ORDER_CHECK_MS = 100; // well under what a reader notices
const WATCH_MS = 1_000;

/** How long the last words and their posting are waited for by a process that ends without ending the meeting. */
const LEAVING = {
  failed: { wordsMs: 3_000, postingMs: 15_000 }, // the process itself is ended after 8 s
  restarting: { wordsMs: 8_000, postingMs: 5_000 }, // together well under the 15 s that hosts give at least
} as const;
const SIGN_EVERY_MS = 2_000; // so inexact is what is said after a crash of how long nobody was heard
const POSTING_LIMIT_MS = 15_000; // at the end: three of Discord's five-second rate-limit windows
const OUTAGE_WORTH_A_NOTICE_MS = 8_000; // most are over sooner: a move, another voice server, a session made anew
const ERASURE_POSTING_MS = 5_000; // one of Discord's rate-limit windows
const WORTH_A_NOTICE_MS = 3_000; // shorter silences pass for a pause; the minutes still count them

const REMEMBERED_FINALS = 500; // translations follow their final within seconds

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
  readonly minutes: MinutesPoster;
  readonly usher?: Usher;
  readonly summariser?: Summariser; // missing: minutes quote what was said
  readonly log: Log;
  readonly emptyAfterMs: number; // how long an empty channel is waited for
}

type Phase = MeetingStatus['phase'];

/**
 * The story of one meeting: people come and go, each is followed on their own, what they say is journalled and told in
 * the order in which it was said, and at the end there are minutes.
 */
export class Meeting implements LiveMeeting, MeteredMeeting {
  readonly head: MeetingHead;
  readonly #clock: MeetingClock;
  readonly #parts: MeetingParts;
  readonly #journal: MeetingJournal;
  readonly #roster = new Roster();
  readonly #chains = new Set<SpeakerChain>();
  readonly #following = new Map<SpeakerChain, Promise<void>>();
  readonly #order = new SpokenOrder();
  readonly #waitingTranslations = new Map<string, TranslationSegment[]>(); // of finals that are held back
  readonly #spokenIn = new Map<string, string>(); // language by utterance, of the latest finals
  readonly #greeted = new Set<SpeakerId>(); // know that they are transcribed
  readonly #said = new Set<string>(); // notices about the recogniser, so that ten speakers do not repeat one
  readonly #ledger = new Ledger();
  readonly #watchdog = new Watchdog();
  readonly #figures = new Figures();
  readonly #deafSpells = new DeafSpells();
  readonly #audience = new Audience((isThere) => {
    for (const { stt } of this.#chains) stt.watched(isThere);
  });
  readonly #over = new AbortController();
  #signedMs = 0;
  #endedMs: number | undefined;
  #phase: Phase = 'running';
  #guild: GuildSettings;
  #voiceChannelId: ChannelId; // whose people are heard
  #spoken: string | undefined; // for this meeting only, until the guild's setting is changed
  #pausedMs: number | undefined;
  #interruptedMs: number | undefined;
  #isOutageTold = false;
  #outageEndMs = 0; // of the latest
  #emptyTimer: NodeJS.Timeout | undefined;
  #ended: Promise<MeetingRecord> | undefined;
  #whenOver: (minutesOut: Promise<MeetingRecord>) => void = () => {};

  constructor(
    head: MeetingHead,
    clock: MeetingClock,
    guild: GuildSettings,
    spoken: string | undefined,
    parts: MeetingParts,
  ) {
    this.head = head;
    this.#voiceChannelId = head.voiceChannelId;
    this.#clock = clock;
    this.#guild = guild;
    this.#spoken = spoken;
    this.#parts = parts;
    this.#journal = parts.journal.of(head.id);
  }

  /** Asked for every packet: only people who are there, have not opted out, and while we are on the record. */
  hears(speakerId: SpeakerId): boolean {
    // Dragged to other people, we hear nobody before it is decided whether the meeting goes on among them.
    const isHere = this.#parts.presence.channelId === this.#voiceChannelId;
    return isHere && this.#phase === 'running' && this.#consentOf(speakerId) === 'heard';
  }

  /** `undefined` for people who are not there. */
  #consentOf(speakerId: SpeakerId): Consent | undefined {
    const attendee = this.#roster.present(speakerId);
    return attendee && this.#consentBy(speakerId, attendee.choices);
  }

  #consentBy(speakerId: SpeakerId, choices: MemberSettings): Consent {
    const consent = consentOf(choices, this.#guild);
    const isInformed = this.#parts.usher?.hasInformed(speakerId) ?? true;
    return consent === 'heard' && !isInformed ? 'not informed' : consent;
  }

  /** Nobody is heard who can read nowhere that they are. */
  #inform(person: Person): void {
    if (this.#consentOf(person.id) !== 'opted out') this.#parts.usher?.inform(person);
  }

  /** Calls back once, when the last words are told; what it is given resolves when the minutes are out. */
  whenOver(callback: (minutesOut: Promise<MeetingRecord>) => void): void {
    this.#whenOver = callback;
  }

  /** Begins; the meeting then runs by itself until `stop`. @throws when the journal cannot be written */
  async open(): Promise<void> {
    await this.#parts.journal.begin(this.head);
    for (const { id } of this.#parts.presence.people()) this.#greeted.add(id); // by the meeting's announcement
    await this.#journal.alive(this.#signOf(0, []));
    await this.#begin();
  }

  /**
   * Goes on with a meeting that another process left behind, and says how long nobody was heard.
   *
   * @param left - what the journal holds of it
   */
  async reopen(left: MeetingRecord): Promise<void> {
    const { presence } = this.#parts;
    const record = await reconcile(left, this.#guild, this.#parts);
    const sinceMs = lastNewsMs(record);
    const there = new Set(presence.people().map(({ id }) => id));
    for (const { speakerId, displayName, joinedMs, leftMs } of record.attendance) {
      this.#greeted.add(speakerId);
      const person = this.#roster.remember({ id: speakerId, displayName, isBot: false });
      if (leftMs !== undefined) continue;
      if (there.has(speakerId))
        this.#roster.enter(person, joinedMs, { optedOut: true }); // until their choice is read
      else await this.#keep(this.#journal.left(speakerId, sinceMs));
    }
    for (const gap of record.gaps) this.#figures.lost(gap);
    this.#ledger.carryOver(record.lastSign?.tallies ?? []);
    const pause = record.gaps.findLast(({ reason }) => reason === 'paused');
    if (pause && pause.endMs === pause.startMs) {
      this.#phase = 'paused';
      this.#pausedMs = pause.startMs;
    }
    // First for what is known now: a second crash must not take the account of the first with it.
    for (const loss of lossesOf(record, this.#clock.nowMs())) await this.#keep(this.#journal.gap(loss));
    await this.#begin();
    const endMs = this.#clock.nowMs();
    for (const loss of lossesOf(record, endMs)) {
      this.#figures.lost(loss);
      await this.#keep(this.#journal.gap(loss));
    }
    this.#parts.channel.notice({ kind: 'back', awayMs: endMs - (record.lastSign?.atMs ?? sinceMs) });
  }

  async #begin(): Promise<void> {
    const { presence, channel, log } = this.#parts;
    void this.#run().catch((error: unknown) => {
      if (this.#over.signal.aborted) return; // the meeting ended while somebody still waited for news
      log.error({ err: error, meeting: this.head.id }, 'A meeting failed');
      channel.notice({ kind: 'meeting failed' });
      void this.stop('failed');
    });
    this.#parts.usher?.configure(this.#guild.optInOnly ?? false);
    for (const person of presence.people()) await this.#welcome(person);
    const there = new Set(presence.people().map(({ id }) => id));
    for (const { person } of this.#roster.everyone()) if (!there.has(person.id)) await this.#farewell(person.id);
    this.#watchForEmptiness();
    this.#watchHearing();
  }

  async #run(): Promise<void> {
    const tick = setInterval(() => this.#tell(), ORDER_CHECK_MS);
    const watch = setInterval(() => this.#watch(), WATCH_MS);
    try {
      await together(this.#over.signal, [
        async (signal) => {
          for await (const event of this.#parts.presence.events(signal)) await this.#onPresence(event, signal);
        },
        async (signal) => {
          for await (const event of this.#parts.room.events(signal)) this.#onRoom(event);
        },
        async (signal) => {
          for await (const speaker of this.#parts.room.speakers(signal)) this.#follow(speaker, signal);
        },
      ]);
    } finally {
      clearInterval(tick);
      clearInterval(watch);
    }
  }

  // ------------------------------------------------------------------------------------------- people come and go

  async #welcome(person: Person): Promise<void> {
    if (person.isBot) return;
    const choices = await this.#parts.settings.member(this.head.guildId, person.id);
    const joinedMs = this.#roster.present(person.id)?.joinedMs ?? this.#clock.nowMs();
    const named = this.#roster.enter(person, joinedMs, choices);
    this.#inform(named);
    await this.#keepStay(person.id);
    this.#greet(named);
  }

  /** Whoever comes later is told that they are transcribed: once, however often they come. */
  #greet(person: Person): void {
    if (this.#greeted.has(person.id) || this.#consentOf(person.id) === 'opted out') return;
    this.#greeted.add(person.id);
    this.#parts.usher?.greet(person);
  }

  /** Minutes call people by the names that they have at the end. */
  async #rename(person: Person): Promise<void> {
    const attendee = this.#roster.present(person.id);
    if (!attendee) return;
    const { displayName } = this.#roster.enter(person, attendee.joinedMs, attendee.choices);
    if (displayName !== attendee.person.displayName) await this.#keepStay(person.id);
  }

  async #keepStay(speakerId: SpeakerId): Promise<void> {
    const attendee = this.#roster.present(speakerId);
    if (!attendee) return;
    const stay = { speakerId, displayName: attendee.person.displayName, joinedMs: attendee.joinedMs };
    await this.#keep(this.#journal.joined(stay));
  }

  async #farewell(speakerId: SpeakerId): Promise<void> {
    this.#roster.leave(speakerId);
    for (const chain of this.#chains) if (chain.speakerId === speakerId) chain.finish();
    await this.#keep(this.#journal.left(speakerId, this.#clock.nowMs()));
  }

  async #onPresence(event: PresenceEvent, signal: AbortSignal): Promise<void> {
    switch (event.kind) {
      case 'joined':
        await this.#welcome(event.person);
        break;
      case 'renamed':
        if (this.#roster.present(event.person.id)) await this.#welcome(event.person); // the same stay, a new name
        break;
      case 'left':
        await this.#farewell(event.person.id);
        break;
      case 'bot moved':
        await this.#onMoved(event.channelId, event.channelName);
        break;
      case 'bot disconnected':
        void this.stop('disconnected');
        break;
      case 'voice channel deleted':
        void this.stop('channel deleted');
        break;
      case 'hearing changed':
        this.#watchHearing();
        break;
      case 'session replaced':
        await this.#parts.room.rejoin(signal);
        break;
    }
    this.#watchForEmptiness();
  }

  /** Whoever moves the bot chooses neither where voices may be transcribed nor who reads what is said there. */
  async #onMoved(channelId: ChannelId, channelName: string): Promise<void> {
    const { channel, usher } = this.#parts;
    const { allowedChannelIds = [] } = this.#guild;
    const isAllowed = allowedChannelIds.length === 0 || allowedChannelIds.includes(channelId);
    if (isAllowed && ((await usher?.mayFollow(channelId)) ?? true)) {
      channel.notice({ kind: 'bot moved', channelName });
      this.#voiceChannelId = channelId;
      return;
    }
    channel.notice({ kind: isAllowed ? 'bot moved away' : 'bot moved out' });
    void this.stop('disconnected');
  }

  /** When nobody is left, the meeting waits a little for somebody to come back. */
  #watchForEmptiness(): void {
    const isEmpty = this.#roster.everyone().length === 0;
    if (isEmpty && (this.#phase === 'running' || this.#phase === 'paused')) {
      this.#emptyTimer ??= setTimeout(() => void this.stop('empty'), this.#parts.emptyAfterMs);
    } else {
      clearTimeout(this.#emptyTimer);
      this.#emptyTimer = undefined;
    }
  }

  #onRoom(event: VoiceRoomEvent): void {
    if (event.kind === 'lost') {
      this.#parts.log.warn({ err: event.error, meeting: this.head.id }, 'The voice channel was lost');
      this.#parts.channel.notice({ kind: 'voice lost', error: event.error });
      void this.stop('failed');
    } else if (event.kind === 'interrupted') {
      this.#interruptedMs ??= event.sinceMs;
    } else if (event.kind === 'missed') {
      const { speakerId, startMs, endMs } = event;
      // What everybody's outage covers has been told already.
      if (startMs >= this.#outageEndMs) this.#onGap({ speakerId, startMs, endMs, reason: 'voice connection lost' });
    } else if (this.#interruptedMs !== undefined) {
      this.#outageEndMs = this.#clock.nowMs();
      this.#onGap({ startMs: this.#interruptedMs, endMs: this.#outageEndMs, reason: 'voice connection lost' });
      this.#interruptedMs = undefined;
      this.#isOutageTold = false;
    }
  }

  /** The voice channel cannot be heard for a while: people may be speaking in vain. */
  #watchOutage(nowMs: number): void {
    const sinceMs = this.#interruptedMs;
    if (sinceMs === undefined || this.#isOutageTold || nowMs - sinceMs < OUTAGE_WORTH_A_NOTICE_MS) return;
    this.#isOutageTold = true;
    this.#parts.channel.notice({ kind: 'nothing heard' });
  }

  /** A moderator may take our hearing, and give it back: who speaks meanwhile has to know. */
  #watchHearing(): void {
    const { presence, channel } = this.#parts;
    const news = this.#deafSpells.look(presence.isDeafened && this.#phase === 'running', this.#clock.nowMs());
    if (news === undefined) return;
    if (news === 'began') {
      channel.notice({ kind: 'deafened' });
      return;
    }
    this.#keepGap(news);
    if (!presence.isDeafened) channel.notice({ kind: 'hears again', deafMs: news.endMs - news.startMs });
  }

  get #deaf(): Deafness | undefined {
    if (this.#phase !== 'running') return undefined;
    if (this.#parts.presence.isDeafened) return 'deafened';
    return this.#interruptedMs === undefined ? undefined : 'voice connection lost';
  }

  // ------------------------------------------------------------------------------------ each speaker on their own

  #follow(speaker: SpeakerStream, signal: AbortSignal): void {
    const consent = this.#consentOf(speaker.speakerId);
    if (consent !== undefined && consent !== 'heard') {
      speaker.finish(); // its first packet came before they said no
      return;
    }
    const { transcriber, log } = this.#parts;
    const options = this.#optionsFor(speaker.speakerId);
    const notify = (notice: SttNotice) => {
      if (!chain.isCut) this.#onNotice(notice); // what they do not want heard is no loss to tell of
    };
    const stt = transcriber.open(speaker.speakerId, options, this.#clock, notify);
    stt.watched(this.#audience.isThere);
    const chain = new SpeakerChain(speaker, stt);
    this.#chains.add(chain);
    const growing = new Map<string, PartialSegment>(); // what was shown of this person and is not final
    const following = chain
      .follow((segment) => this.#take(segment, growing), signal)
      .catch((error: unknown) => {
        if (signal.aborted || chain.isCut) return;
        // One person's trouble stays theirs: their next packet starts a fresh chain.
        log.error({ err: error, meeting: this.head.id, speaker: speaker.speakerId }, 'A speaker was lost');
        chain.finish();
      })
      .then(() => this.#endGrowing(growing, chain.isCut))
      .then(() => stt[Symbol.asyncDispose]())
      .finally(() => {
        this.#chains.delete(chain);
        this.#ledger.close(chain);
        this.#following.delete(chain);
      });
    this.#following.set(chain, following);
  }

  #optionsFor(speakerId: SpeakerId): SttOptions {
    const own = this.#roster.present(speakerId)?.choices.spoken;
    const language = own ?? this.#spoken ?? this.#guild.spoken;
    return { language, translateTo: this.#guild.translateTo.filter((target) => !sameLanguage(target, language)) };
  }

  #onNotice(notice: SttNotice): void {
    if (notice.kind === 'gap') {
      this.#onGap(notice.gap);
      return;
    }
    const key = notice.kind === 'stopped' ? notice.error.message : JSON.stringify(notice.leftOut);
    if (this.#said.has(key)) return;
    this.#said.add(key);
    if (notice.kind === 'stopped') this.#parts.channel.notice({ kind: 'recogniser stopped', error: notice.error });
    else this.#parts.channel.notice(notice);
  }

  /** Keeps up to when everything is told: what a crash takes is then known. */
  #sign(): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#signedMs < SIGN_EVERY_MS) return;
    this.#signedMs = nowMs;
    void this.#keep(this.#journal.alive(this.#signOf(this.#endedMs ?? nowMs, this.#pending())));
    const deaf = this.#deafSpells.soFar(nowMs);
    if (deaf) void this.#keep(this.#journal.gap(deaf)); // after a crash it is known
  }

  #pending(): SignOfLife['pending'] {
    return [...this.#chains].flatMap(({ speakerId, stt }) => {
      const sinceMs = stt.pendingSinceMs();
      return sinceMs === undefined ? [] : [{ speakerId, sinceMs }];
    });
  }

  #signOf(atMs: number, pending: SignOfLife['pending']): SignOfLife {
    return { atMs, pending, tallies: this.#tallies(), ...(this.#spoken !== undefined && { spoken: this.#spoken }) };
  }

  #tallies(): readonly SpeakerTally[] {
    return this.#ledger.tallies(this.#chains, (speakerId) => this.#parts.room.reception(speakerId));
  }

  /** Whoever speaks and is not written down: people are told, whatever the cause. */
  #watch(): void {
    this.#watchOutage(this.#clock.nowMs());
    this.#sign();
    const chains = new Map([...this.#chains].map((chain) => [chain.speakerId, chain]));
    for (const { person } of this.#roster.everyone()) this.#inform(person); // who may read it by now
    const everybody = this.#roster.everyone().map(({ person: { id } }) => {
      const chain = chains.get(id);
      return {
        speakerId: id,
        heardMs: chain?.heardMs ?? 0,
        undecryptable: this.#parts.room.reception(id)?.undecryptable ?? 0,
        pendingSinceMs: chain?.stt.pendingSinceMs(),
        stt: chain?.stt.status(),
      };
    });
    for (const concern of this.#watchdog.observe(this.#clock.nowMs(), everybody)) this.#onConcern(concern);
  }

  #onConcern(concern: Concern): void {
    const name = this.#nameOf(concern.speakerId);
    if (concern.kind === 'readable again') {
      const { speakerId, sinceMs } = concern;
      this.#onGap({ speakerId, startMs: sinceMs, endMs: this.#clock.nowMs(), reason: 'audio not decrypted' });
    } else if (concern.kind === 'no text') {
      this.#parts.channel.notice({ kind: 'no text', speakerId: concern.speakerId, name, because: concern.because });
    } else {
      this.#parts.channel.notice({ kind: concern.kind, speakerId: concern.speakerId, name });
    }
  }

  #keepGap(gap: Gap): void {
    this.#figures.lost(gap);
    void this.#keep(this.#journal.gap(gap));
  }

  #onGap(gap: Gap): void {
    this.#keepGap(gap);
    const lengthMs = gap.endMs - gap.startMs;
    if (lengthMs < WORTH_A_NOTICE_MS || gap.reason === 'paused') return;
    const { speakerId } = gap;
    const name = speakerId === undefined ? {} : { speakerId, name: this.#nameOf(speakerId) };
    this.#parts.channel.notice({ kind: 'gap', durationMs: lengthMs, reason: gap.reason, ...name });
  }

  #nameOf(speakerId: SpeakerId): string {
    return this.#roster.person(speakerId).displayName;
  }

  // ----------------------------------------------------------------------------- what was said is kept, then told

  async #take(segment: TranscriptSegment, growing: Map<string, PartialSegment>): Promise<void> {
    if (segment.kind === 'partial') {
      this.#takePartial(segment, growing);
      return;
    }
    if (segment.kind === 'final') growing.delete(segment.utteranceId);
    if (this.#isEcho(segment)) return;
    await this.#keep(this.#journal.write(segment));
    if (segment.kind === 'final') {
      this.#figures.final(segment, this.#clock.nowMs());
      // A message that grows took its place at its first word: nobody has to be waited for.
      if (lookOf(this.#guild).style === 'grow') this.#postWithTranslations(segment);
      else this.#order.add(segment, this.#clock.nowMs());
    } else if (this.#order.holds(segment.utteranceId)) {
      const waiting = this.#waitingTranslations.get(segment.utteranceId) ?? [];
      this.#waitingTranslations.set(segment.utteranceId, [...waiting, segment]);
    } else this.#post(segment);
    this.#tell();
  }

  #takePartial(partial: PartialSegment, growing: Map<string, PartialSegment>): void {
    if (partial.text === '') growing.delete(partial.utteranceId);
    else growing.set(partial.utteranceId, partial);
    this.#post(partial);
  }

  /** The end came in the middle of words that people have seen: they stay, as not confirmed, unless they may not. */
  async #endGrowing(growing: Map<string, PartialSegment>, isCut: boolean): Promise<void> {
    for (const partial of growing.values()) {
      const end = isCut ? { ...partial, text: '' } : ({ ...partial, kind: 'final', confirmed: false } as const);
      await this.#take(end, growing);
    }
  }

  /** A translation into the language that was spoken: with `auto`, only the final tells which that is. */
  #isEcho(segment: FinalSegment | TranslationSegment): boolean {
    if (segment.kind === 'translation') return this.#spokenIn.get(segment.utteranceId) === segment.language;
    this.#spokenIn.set(segment.utteranceId, segment.language);
    const [oldest] = this.#spokenIn.keys();
    if (this.#spokenIn.size > REMEMBERED_FINALS && oldest !== undefined) this.#spokenIn.delete(oldest);
    return false;
  }

  #tell(): void {
    // The speaker's own words count, too, as finals may overtake one another.
    const pending = this.#pending().map(({ speakerId, sinceMs }) => ({ of: speakerId, startMs: sinceMs }));
    const finals = this.#order.release(this.#clock.nowMs(), pending);
    for (const final of finals) this.#postWithTranslations(final);
  }

  #postWithTranslations(final: FinalSegment): void {
    this.#post(final);
    for (const translation of this.#waitingTranslations.get(final.utteranceId) ?? []) this.#post(translation);
    this.#waitingTranslations.delete(final.utteranceId);
  }

  #post(segment: TranscriptSegment): void {
    const written = segmentInOwnWords(segment, this.#guild.glossary ?? []); // the journal keeps what was heard
    const speaker = this.#roster.person(segment.speakerId);
    this.#parts.channel.post(written, speaker);
    this.#audience.tell({ segment: written, name: speaker.displayName });
  }

  /** A journal that cannot be written must not silence the meeting: people read on, the operator is told. */
  async #keep(write: Promise<void>): Promise<void> {
    try {
      await write;
    } catch (error) {
      this.#parts.log.error({ err: error, meeting: this.head.id }, 'The journal could not be written');
      if (!this.#said.has('journal failed')) this.#parts.channel.notice({ kind: 'journal failed' });
      this.#said.add('journal failed');
    }
  }

  // ------------------------------------------------------------------------------------------- what commands may do

  pause(): boolean {
    if (this.#phase !== 'running') return false;
    this.#phase = 'paused';
    this.#watchHearing();
    const nowMs = this.#clock.nowMs();
    this.#pausedMs = nowMs;
    // Kept at once: after a crash in a pause the meeting has to come back paused.
    void this.#keep(this.#journal.gap({ startMs: nowMs, endMs: nowMs, reason: 'paused' }));
    return true;
  }

  resume(): boolean {
    if (this.#phase !== 'paused') return false;
    this.#endPause();
    this.#phase = 'running';
    this.#watchHearing();
    return true;
  }

  #endPause(): void {
    if (this.#pausedMs === undefined) return;
    this.#onGap({ startMs: this.#pausedMs, endMs: this.#clock.nowMs(), reason: 'paused' });
    this.#pausedMs = undefined;
  }

  /** Takes over what the guild or its members chose meanwhile. */
  async reconfigure(): Promise<void> {
    const { settings } = this.#parts;
    const guild = await settings.guild(this.head.guildId);
    if (guild.spoken !== this.#guild.spoken) this.#spoken = undefined;
    const host = sentOnTo(guild);
    if (host !== sentOnTo(this.#guild)) this.#parts.channel.notice({ kind: 'minutes sent on', host });
    this.#guild = guild;
    this.#parts.channel.configure(lookOf(guild));
    this.#parts.usher?.configure(guild.optInOnly ?? false);
    this.#said.clear();
    for (const { person } of this.#roster.everyone()) {
      this.#roster.choose(person.id, await settings.member(this.head.guildId, person.id));
      this.#inform(person);
    }
    for (const chain of this.#chains) {
      const consent = this.#consentOf(chain.speakerId);
      if (consent !== undefined && consent !== 'heard') chain.cut();
      else chain.stt.configure(this.#optionsFor(chain.speakerId));
    }
  }

  /** What one person said is erased meanwhile: nothing of it may come after, and who is there begins a new stay. */
  async whileErasing<T>(speakerId: SpeakerId, erase: () => Promise<T>): Promise<T> {
    const theirs = [...this.#following].filter(([chain]) => chain.speakerId === speakerId);
    for (const [chain] of theirs) chain.cut();
    await Promise.allSettled(theirs.map(([, following]) => following));
    for (const utteranceId of this.#order.drop(speakerId)) this.#waitingTranslations.delete(utteranceId);
    this.#parts.channel.forget(speakerId);
    await this.#parts.channel.drained(AbortSignal.timeout(ERASURE_POSTING_MS)); // then it is known where it stands
    const said = (await this.#parts.archive.read(this.head.id))?.finals ?? [];
    const erased = await erase();
    this.#takeBack(said.filter((final) => final.speakerId === speakerId));
    const attendee = this.#roster.present(speakerId);
    if (attendee && this.#consentOf(speakerId) === 'heard') {
      this.#roster.enter(attendee.person, this.#clock.nowMs(), attendee.choices);
      await this.#keepStay(speakerId);
    }
    return erased;
  }

  /** From the pages that are open somewhere: an empty text takes an utterance back. */
  #takeBack(finals: readonly FinalSegment[]): void {
    for (const { confirmed: _, ...final } of finals) {
      this.#audience.tell({ segment: { ...final, kind: 'partial', text: '' }, name: '' });
    }
  }

  listen(listener: Listener): () => void {
    return this.#audience.listen(listener);
  }

  sentHereMs(): number {
    return this.#ledger.sentHereMs(this.#chains);
  }

  notice(notice: Notice): void {
    this.#parts.channel.notice(notice);
  }

  /** A final of this meeting can be read in the channel now. */
  shown(utteranceId: string): void {
    this.#figures.posted(utteranceId, this.#clock.nowMs());
  }

  status(): MeetingStatus {
    const stts = new Map([...this.#chains].map(({ speakerId, stt }) => [speakerId, stt]));
    const speakers = this.#roster.everyone().map(({ person, choices }): SpeakerStatus => {
      const reception = this.#parts.room.reception(person.id);
      const stt = stts.get(person.id)?.status();
      const consent = this.#consentBy(person.id, choices);
      const isUnreadable = this.#watchdog.isUnreadable(person.id);
      const isTooQuiet = this.#watchdog.isTooQuiet(person.id);
      return { person, consent, isUnreadable, isTooQuiet, ...(reception && { reception }), ...(stt && { stt }) };
    });
    const options = { language: this.#spoken ?? this.#guild.spoken, translateTo: this.#guild.translateTo };
    const figures = this.#figures.told(this.#ledger.sentMs(this.#chains));
    const host = sentOnTo(this.#guild);
    const sentOn = host === undefined ? {} : { sentOnTo: host };
    const deaf = this.#deaf;
    return {
      head: this.head,
      phase: this.#phase,
      elapsedMs: this.#clock.nowMs(),
      options,
      speakers,
      figures,
      ...sentOn,
      ...(deaf && { deaf }),
    };
  }

  stop(ending: MeetingEnding): Promise<MeetingRecord> {
    this.#ended ??= this.#finish(ending);
    return this.#ended;
  }

  // -------------------------------------------------------------------------------------------------------- the end

  get isEmpty(): boolean {
    return this.#roster.everyone().length === 0;
  }

  /**
   * The process ends within seconds: what is being said is still written as far as it comes by then.
   *
   * The meeting is not over: it is left to the next start, as after a crash; people are told when that was planned. Never rejects. A
   * meeting that ends already goes on ending.
   */
  async breakOff(why: 'failed' | 'restarting'): Promise<void> {
    if (this.#ended) {
      if (why === 'restarting') await this.#ended;
      return;
    }
    this.#ended = new Promise(() => {}); // nothing that happens from now on may end it in the journal
    const { wordsMs, postingMs } = LEAVING[why];
    const limit = setTimeout(() => this.#over.abort(new Error('The process ends')), wordsMs);
    clearTimeout(this.#emptyTimer);
    this.#phase = why === 'restarting' ? 'restarting' : 'finishing';
    this.#watchHearing();
    if (why === 'restarting') this.#parts.usher?.leave(); // nobody is transcribed meanwhile
    await this.#takeLastWords(postingMs, () => {
      if (why === 'restarting') this.#parts.channel.notice({ kind: 'restarting' });
    });
    clearTimeout(limit);
    this.#over.abort(); // no further sign of life may take the place of the last one
    const sign = this.#signOf(this.#clock.nowMs(), this.#pending());
    await this.#keep(this.#journal.alive(why === 'restarting' ? { ...sign, isPlanned: true } : sign));
  }

  async #takeLastWords(postingMs: number, told = () => {}): Promise<void> {
    const { room, channel, log } = this.#parts;
    try {
      await room.leave(); // finishes every speaker's stream: their chains send the tail and wait for the last words
      await Promise.allSettled(this.#following.values());
      for (const final of this.#order.releaseAll()) this.#postWithTranslations(final);
      told();
      await channel.drained(AbortSignal.timeout(postingMs));
    } catch (error) {
      log.error({ err: error, meeting: this.head.id }, 'A meeting did not end cleanly');
    }
  }

  async #finish(ending: MeetingEnding): Promise<MeetingRecord> {
    const { presence } = this.#parts;
    const limitMs = ending === 'shutdown' ? SHUTDOWN_DRAIN_MS : DRAIN_MS;
    const limit = setTimeout(() => this.#over.abort(new Error('The last words took too long')), limitMs);
    clearTimeout(this.#emptyTimer);
    this.#endPause();
    const endedMs = this.#clock.nowMs();
    this.#endedMs = endedMs;
    this.#phase = 'finishing';
    this.#watchHearing();
    // Kept at once: after a crash from now on, the meeting is not taken up again but written up.
    const kept = this.#keep(this.#journal.end(endedMs, ending));
    const lastNames = presence.namesNow();
    await this.#takeLastWords(POSTING_LIMIT_MS);
    clearTimeout(limit);
    this.#over.abort();
    this.#audience.close();
    presence[Symbol.dispose]();
    await kept;
    for (const person of await lastNames) await this.#rename(person);
    await this.#closeTallies(endedMs, ending);
    const minutesOut = this.#leaveMinutes(endedMs, ending);
    this.#whenOver(minutesOut);
    return minutesOut;
  }

  async #closeTallies(endedMs: number, ending: MeetingEnding): Promise<void> {
    for (const { person } of this.#roster.everyone()) {
      await this.#keep(this.#journal.left(person.id, endedMs));
    }
    for (const tally of this.#tallies()) await this.#keep(this.#journal.tally(tally));
    await this.#keep(this.#journal.end(endedMs, ending)); // again: the first time may have been refused
    await this.#keep(this.#journal.alive(this.#signOf(endedMs, [])));
  }

  async #leaveMinutes(endedMs: number, ending: MeetingEnding): Promise<MeetingRecord> {
    const { channel, log } = this.#parts;
    const empty: MeetingRecord = {
      head: this.head,
      endedMs,
      ending,
      attendance: [],
      finals: [],
      translations: [],
      gaps: [],
      messages: [],
    };
    try {
      return await writeUp(empty, this.#parts);
    } catch (error) {
      log.error({ err: error, meeting: this.head.id }, 'The minutes could not be posted');
      channel.notice({ kind: 'minutes failed' });
      await channel.drained(AbortSignal.timeout(POSTING_LIMIT_MS));
      return empty;
    }
  }
}
