import { Inbox } from '../../src/core/concurrency/inbox.ts';
import { type CorrectionRequest, type KeptCorrection, printOf } from '../../src/core/correcting/correction.ts';
import type { Notice } from '../../src/core/notice.ts';
import type { PcmFrame } from '../../src/core/pcm.ts';
import type { Archive } from '../../src/core/ports/archive.ts';
import type { Journal, MeetingJournal } from '../../src/core/ports/journal.ts';
import type { MinutesPoster, Summariser } from '../../src/core/ports/minutes.ts';
import type { Person, Presence, PresenceEvent } from '../../src/core/ports/people.ts';
import type { Sessions } from '../../src/core/ports/sessions.ts';
import type { Settings, SettingsChange } from '../../src/core/ports/settings.ts';
import type { SttNotice, SttOptions, SttStream, Transcriber } from '../../src/core/ports/speech-to-text.ts';
import type { TranscriptChannel } from '../../src/core/ports/transcript.ts';
import type { DayOfUse, UsageBook } from '../../src/core/ports/usage-book.ts';
import type { SpeakerStream, VoiceRoom, VoiceRoomEvent } from '../../src/core/ports/voice.ts';
import type { ApiKeys } from '../../src/core/programs/keys.ts';
import type {
  Attendance,
  Gap,
  MeetingHead,
  MeetingRecord,
  Places,
  PostedAt,
  SignOfLife,
  SpeakerTally,
} from '../../src/core/record.ts';
import type { FinalSegment, TranscriptSegment, TranslationSegment } from '../../src/core/segment.ts';
import type { GuildSettings, MemberSettings, TranscriptLook } from '../../src/core/settings.ts';
import type { Summary } from '../../src/core/summary.ts';
import { noticeText } from '../../src/discord/transcript/notice-text.ts';
import { wordsFor } from '../../src/i18n/words.ts';

/** Small, whole implementations of core's ports in memory, driven by the test: what stands behind them is tested elsewhere. */

export class MemorySpeaker implements SpeakerStream {
  readonly speakerId: string;
  readonly isResting = false;
  readonly #frames = new Inbox<PcmFrame>();
  constructor(speakerId: string) {
    this.speakerId = speakerId;
  }
  async listen(take: (frame: PcmFrame) => void, signal: AbortSignal) {
    for await (const frame of this.#frames.items(signal)) take(frame);
  }
  finish() {
    this.#frames.finish();
  }
}

export class MemoryRoom implements VoiceRoom {
  isConnected = true;
  readonly #speakers = new Inbox<MemorySpeaker>();
  readonly #events = new Inbox<VoiceRoomEvent>();
  readonly #all: MemorySpeaker[] = [];
  rejoined = 0;
  hasLeft = false;
  speakers(signal: AbortSignal) {
    return this.#speakers.items(signal);
  }
  events(signal: AbortSignal) {
    return this.#events.items(signal);
  }
  reception() {
    return undefined;
  }
  async rejoin() {
    this.rejoined += 1;
  }
  async leave() {
    this.hasLeft = true;
    for (const speaker of this.#all) speaker.finish();
    this.#speakers.finish();
  }
  async [Symbol.asyncDispose]() {
    await this.leave();
  }
  /** Somebody is heard for the first time. */
  hear(speakerId: string): MemorySpeaker {
    const speaker = new MemorySpeaker(speakerId);
    this.#all.push(speaker);
    this.#speakers.put(speaker);
    return speaker;
  }
  tell(event: VoiceRoomEvent) {
    this.#events.put(event);
  }
}

export class MemoryPresence implements Presence, Disposable {
  channelId = '10'; // `makeHead`'s
  isDeafened = false;
  stageAudience: number | undefined;
  #people: readonly Person[];
  readonly #events = new Inbox<PresenceEvent>();
  constructor(...people: Person[]) {
    this.#people = people;
  }
  people() {
    return this.#people;
  }
  async namesNow() {
    return this.#people;
  }
  /** Under another name, which nobody tells of. */
  rename(id: string, displayName: string) {
    this.#people = this.#people.map((person) => (person.id === id ? { ...person, displayName } : person));
  }
  events(signal: AbortSignal) {
    return this.#events.items(signal);
  }
  tell(event: PresenceEvent) {
    if (event.kind === 'bot moved') this.channelId = event.channelId;
    if (event.kind === 'joined') this.#people = [...this.#people, event.person];
    if (event.kind === 'left') this.#people = this.#people.filter(({ id }) => id !== event.person.id);
    this.#events.put(event);
  }
  /** So many listen to the stage. */
  count(stageAudience: number | undefined) {
    this.stageAudience = stageAudience;
    this.#events.put({ kind: 'stage audience changed' });
  }
  deafen(isDeafened = true) {
    this.isDeafened = isDeafened;
    this.#events.put({ kind: 'hearing changed' });
  }
  [Symbol.dispose]() {
    this.#events.finish();
  }
}

export class MemoryStt implements SttStream {
  readonly speakerId: string;
  readonly notify: (notice: SttNotice) => void;
  options: SttOptions;
  pendingMs: number | undefined;
  quietMs = 0;
  neverFinishes = false;
  isDisposed = false;
  isWatched = false;
  lastWords: TranscriptSegment[] = []; // come only when the stream is finished
  readonly #segments = new Inbox<TranscriptSegment>();
  constructor(speakerId: string, options: SttOptions, notify: (notice: SttNotice) => void) {
    this.speakerId = speakerId;
    this.options = options;
    this.notify = notify;
  }
  send() {}
  configure(options: SttOptions) {
    this.options = options;
  }
  watched(isWatched: boolean) {
    this.isWatched = isWatched;
  }
  segments(signal: AbortSignal) {
    return this.#segments.items(signal);
  }
  async finish(signal: AbortSignal) {
    if (this.neverFinishes)
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    for (const segment of this.lastWords) this.#segments.put(segment);
    this.#segments.finish();
  }
  pendingSinceMs() {
    return this.pendingMs;
  }
  status() {
    const { quietMs } = this;
    return { state: 'live', sentMs: 0, silenceMs: 0, quietMs, sockets: 1, reconnects: 0, forcedFinals: 0 } as const;
  }
  say(segment: TranscriptSegment) {
    this.#segments.put(segment);
  }
  async [Symbol.asyncDispose]() {
    this.isDisposed = true;
  }
}

export class MemoryTranscriber implements Transcriber {
  readonly opened: MemoryStt[] = [];
  open(speakerId: string, options: SttOptions, _clock: unknown, notify: (notice: SttNotice) => void) {
    const stt = new MemoryStt(speakerId, options, notify);
    this.opened.push(stt);
    return stt;
  }
  async [Symbol.asyncDispose]() {}
}

export class MemoryChannel implements TranscriptChannel {
  readonly channelId = '20';
  readonly lines: string[] = []; // `Name: text` or `Name [es]: text`, and `* notice`
  look: TranscriptLook | undefined;
  forget(speakerId: string) {
    this.lines.push(`- ${speakerId}`);
  }
  correct({ text }: FinalSegment) {
    this.lines.push(`~ ${text}`);
    return 'shown' as const;
  }
  configure(look: TranscriptLook) {
    this.look = look;
  }
  post(segment: TranscriptSegment, speaker: Person) {
    if (segment.kind === 'partial') {
      this.lines.push(`${speaker.displayName}… ${segment.text}`);
      return;
    }
    const tag = segment.kind === 'translation' ? ` [${segment.language}]` : '';
    this.lines.push(`${speaker.displayName}${tag}: ${segment.text}`);
  }
  notice(notice: Notice) {
    this.lines.push(`* ${noticeText(notice, wordsFor('en-US'))}`);
  }
  async resumeFrom(): Promise<FinalSegment[]> {
    return [];
  }
  async drained() {}
}

export class MemoryJournal implements Journal, MeetingJournal, UsageBook {
  head: MeetingHead | undefined;
  readonly attendance: Attendance[] = [];
  readonly segments: (FinalSegment | TranslationSegment)[] = [];
  readonly gaps: Gap[] = [];
  readonly tallies: SpeakerTally[] = [];
  readonly messages: PostedAt[] = [];
  mostAtOnce: number | undefined; // in the audience of a stage
  isSettled = false;
  lastSign: SignOfLife | undefined;
  ended: { endedMs: number; ending: NonNullable<MeetingRecord['ending']> } | undefined;
  summary: Summary | undefined;
  isBroken = false;
  readonly uses: DayOfUse[] = [];
  readonly usage = this;
  readonly held = { count: 0, bytes: 0, isAway: false };
  readonly sessions: Sessions = {
    begin: async () => {
      throw new Error('Nobody signs in here');
    },
    sessionOf: async () => undefined,
    whichLast: async () => [],
    countOf: async () => 0,
    end: async () => false,
    endAllOf: async () => 0,
  };
  readonly apiKeys: ApiKeys = {
    make: async () => 'too many',
    keyOf: async () => undefined,
    listOf: async () => [],
    revoke: async () => false,
    revokeAllOf: async () => 0,
  };
  readonly archive: Archive = {
    read: async () => this.#record(),
    head: async () => this.head,
    channelsOf: async () => [],
    listIn: async () => [],
    placesOf: async () => [],
    listAt: async () => [],
    list: async () => (this.head ? [this.head] : []),
    unfinished: async () => (this.head && !this.ended ? [this.head] : []),
    search: async () => [],
    messagesOf: async () => [],
    shownIn: async () => undefined,
    meetingsOf: async () => [],
    forget: async () => 0,
    erase: async () => 0,
    correct: async (request) => this.#correct(request),
    rename: async () => {},
    mentioned: async () => {},
    mentionsOf: async () => [],
    unmention: async () => {},
    wipe: async () => 'none',
    keepDays: async () => undefined,
    setKeepDays: async () => {},
    expire: async () => 0,
  };
  async addUse(_guildId: string, use: DayOfUse) {
    this.#check();
    this.uses.push(use);
  }
  async usesSince(_guildId: string, day: string) {
    this.#check();
    return this.uses.filter((use) => use.day >= day);
  }
  async begin(head: MeetingHead) {
    this.#check();
    this.head = head;
    return this;
  }
  of() {
    return this;
  }
  async joined(attendance: Attendance) {
    this.attendance.push(attendance);
  }
  async left(speakerId: string, leftMs: number) {
    const index = this.attendance.findLastIndex((stay) => stay.speakerId === speakerId);
    const stay = this.attendance[index];
    if (stay) this.attendance[index] = { ...stay, leftMs };
  }
  async write(segment: FinalSegment | TranslationSegment) {
    this.#check();
    this.segments.push(segment);
  }
  async gap(gap: Gap) {
    const isSame = ({ speakerId, startMs, reason }: Gap) =>
      speakerId === gap.speakerId && startMs === gap.startMs && reason === gap.reason;
    const index = this.gaps.findIndex(isSame);
    this.gaps.splice(index < 0 ? this.gaps.length : index, 1, gap); // one that lasts is kept again and again
  }
  async posted(at: PostedAt) {
    this.messages.push(at);
  }
  async setPlaces(places: Places) {
    if (this.head) this.head = { ...this.head, places: { ...this.head.places, ...places } };
  }
  async retitle(title: string) {
    if (this.head) this.head = { ...this.head, title };
  }
  async tally(tally: SpeakerTally) {
    this.tallies.push(tally);
  }
  async stageAudience(most: number) {
    this.mostAtOnce = Math.max(most, this.mostAtOnce ?? 0);
  }
  async end(endedMs: number, ending: NonNullable<MeetingRecord['ending']>) {
    this.ended = { endedMs, ending };
  }
  async alive(sign: SignOfLife) {
    this.lastSign = sign;
  }
  async settled() {
    this.isSettled = true;
    this.lastSign = undefined;
  }
  async summarised(summary: Summary) {
    this.summary = summary;
    return true;
  }
  async [Symbol.asyncDispose]() {}
  #correct({ utteranceId, seen, text, byId, byName, atMs }: CorrectionRequest): KeptCorrection {
    const at = this.segments.findIndex((one) => one.kind === 'final' && one.utteranceId === utteranceId);
    const said = this.segments[at];
    if (said?.kind !== 'final') return { kind: 'gone' };
    if (printOf(said.text) !== seen) return { kind: 'changed', final: said };
    const original = said.corrected?.original ?? said.text;
    const final = { ...said, text, corrected: { original, byId, byName, atMs } };
    this.segments[at] = final;
    return { kind: 'corrected', final };
  }
  #record(): MeetingRecord | undefined {
    if (!this.head) return undefined;
    const finals = this.segments.filter((segment) => segment.kind === 'final');
    const translations = this.segments.filter((segment) => segment.kind === 'translation');
    const { head, ended, attendance, gaps, messages, summary, lastSign, mostAtOnce } = this;
    const known = {
      ...(summary && { summary }),
      ...(lastSign && { lastSign }),
      ...(mostAtOnce !== undefined && { stageAudience: mostAtOnce }),
    };
    return { head, ...ended, attendance, finals, translations, gaps, messages, ...known };
  }
  #check() {
    if (this.isBroken) throw new Error('disk full');
  }
}

export class MemorySettings implements Settings {
  #guild: GuildSettings = { spoken: 'auto', translateTo: [] };
  readonly #members = new Map<string, MemberSettings>();
  readonly #subscribers = new Set<Parameters<Settings['subscribe']>[0]>();
  async guild() {
    return this.#guild;
  }
  async changeGuild(guildId: string, change: Parameters<Settings['changeGuild']>[1]) {
    const chosen = Object.entries({ ...this.#guild, ...change }).filter(([, value]) => value !== undefined);
    this.#guild = Object.assign({ spoken: 'auto', translateTo: [] }, Object.fromEntries(chosen));
    await this.#notify({ guildId, keys: Object.keys(change) });
    return this.#guild;
  }
  async member(_guildId: string, userId: string): Promise<MemberSettings> {
    return this.#members.get(userId) ?? { optedOut: false };
  }
  async changeMember(guildId: string, userId: string, change: Partial<MemberSettings>) {
    const changed = { ...(await this.member(guildId, userId)), ...change };
    this.#members.set(userId, changed);
    await this.#notify({ guildId, userId, keys: Object.keys(change) });
    return changed;
  }
  subscribe(subscriber: Parameters<Settings['subscribe']>[0]) {
    this.#subscribers.add(subscriber);
    return () => void this.#subscribers.delete(subscriber);
  }
  async #notify(change: SettingsChange) {
    await Promise.all([...this.#subscribers].map((subscriber) => subscriber(change)));
  }
  async [Symbol.asyncDispose]() {}
}

export class MemoryMinutes implements MinutesPoster {
  readonly posted: { record: MeetingRecord; channelId: string }[] = [];
  async post(record: MeetingRecord, channelId: string) {
    this.posted.push({ record, channelId });
    return [{ channelId, messageId: 'minutes' }];
  }
}

export class MemorySummariser implements Summariser {
  readonly summary: Summary = {
    kind: 'written',
    madeBy: { model: 'memory' },
    texts: [
      {
        language: 'en',
        keyPoints: [{ text: 'A point', cites: ['u1'] }],
        decisions: [],
        actions: [],
        questions: [],
      },
    ],
  };
  readonly asked: { readonly finals: readonly string[]; readonly languages: readonly string[] }[] = [];
  waitsFor: Promise<void> = Promise.resolve();
  async summarise(record: MeetingRecord, languages: readonly string[]) {
    this.asked.push({ finals: record.finals.map(({ text }) => text), languages });
    await this.waitsFor;
    return this.summary;
  }
}
