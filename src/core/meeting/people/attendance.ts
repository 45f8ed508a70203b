import { type Consent, consentOf } from '../../consent.ts';
import type { ChannelId, SpeakerId } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { MeetingJournal } from '../../ports/journal.ts';
import type { StageAudience } from '../../ports/live-meetings.ts';
import type { Person, Presence, Usher } from '../../ports/people.ts';
import type { Settings } from '../../ports/settings.ts';
import type { MeetingHead, MeetingRecord } from '../../record.ts';
import type { MemberSettings } from '../../settings.ts';
import type { MeetingClock } from '../../time/clock.ts';
import type { MeetingRules } from '../rules.ts';
import { type Attendee, Roster } from './roster.ts';
import { StageAudienceCount } from './stage-audience.ts';

interface AttendanceParts {
  readonly head: MeetingHead;
  readonly clock: MeetingClock;
  readonly rules: MeetingRules;
  readonly presence: Presence;
  readonly journal: Pick<MeetingJournal, 'joined' | 'left' | 'stageAudience'>;
  readonly settings: Pick<Settings, 'member'>;
  readonly log: Log;
  readonly usher?: Usher;
  readonly finishSpeaker: (speakerId: SpeakerId) => void; // the person is gone
}

/** The people of one meeting: who is there, whether they are heard, whether they were told so, and their stays in the journal. */
export class AttendanceBook {
  readonly #parts: AttendanceParts;
  readonly #roster = new Roster();
  readonly #greeted = new Set<SpeakerId>(); // know that they are transcribed
  readonly #unread = new Set<SpeakerId>(); // whose choices could not be read
  readonly #stageAudience = new StageAudienceCount();
  #isReading = false;
  #hasWelcomed = false;
  #voiceChannelId: ChannelId; // whose people are heard

  constructor(parts: AttendanceParts) {
    this.#parts = parts;
    this.#voiceChannelId = parts.head.voiceChannelId;
    this.countStageAudience();
  }

  /** Whether it is known who of those who were there at the beginning wants to be heard, as far as it can be read. */
  get hasWelcomed(): boolean {
    return this.#hasWelcomed;
  }

  /** Nobody is there. Between two talks a stage may be empty while its audience waits. */
  get isEmpty(): boolean {
    return this.#roster.everyone().length === 0 && (this.#parts.presence.stageAudience ?? 0) === 0;
  }

  get stageAudience(): StageAudience | undefined {
    return this.#stageAudience.value;
  }

  /** Meant to be called when people come to a stage, or leave it. */
  countStageAudience(): void {
    this.#stageAudience.see(this.#parts.presence.stageAudience);
  }

  /** Writes down how many listened to the stage at most, where that is new. Meant to be called regularly. */
  async keepStageAudience(): Promise<void> {
    const most = this.#stageAudience.takeUnkept();
    if (most !== undefined) await this.#parts.journal.stageAudience(most);
  }

  everyone(): readonly Attendee[] {
    return this.#roster.everyone();
  }

  /** Also for people who have left: their last words may still be on the way. */
  personOf(speakerId: SpeakerId): Person {
    return this.#roster.person(speakerId);
  }

  choicesOf(speakerId: SpeakerId): MemberSettings | undefined {
    return this.#roster.present(speakerId)?.choices;
  }

  /** Dragged to other people, the bot hears nobody until it is decided whether the meeting goes on among them. */
  get isWhereItBelongs(): boolean {
    return this.#parts.presence.channelId === this.#voiceChannelId;
  }

  /** `undefined` for people who are not there. */
  consentOf(speakerId: SpeakerId): Consent | undefined {
    const attendee = this.#roster.present(speakerId);
    return attendee && this.consentBy(speakerId, attendee.choices);
  }

  /** What somebody's choices come to here. */
  consentBy(speakerId: SpeakerId, choices: MemberSettings): Consent {
    const consent = consentOf(choices, this.#parts.rules.guild);
    const isInformed = this.#parts.usher?.hasInformed(speakerId) ?? true;
    return consent === 'heard' && !isInformed ? 'not informed' : consent;
  }

  /** The meeting's announcement has told whoever is there that they are transcribed. */
  greetEverybodyThere(): void {
    for (const { id } of this.#parts.presence.people()) this.#greeted.add(id);
  }

  /** Who came and was not told yet that they are transcribed. */
  ungreeted(): readonly SpeakerId[] {
    return this.#parts.usher?.ungreeted() ?? [];
  }

  /** Carries over the people of a meeting that another process left behind, who last gave signs of life at `sinceMs`. */
  async carryOver(
    record: Pick<MeetingRecord, 'attendance' | 'lastSign' | 'stageAudience'>,
    sinceMs: number,
  ): Promise<void> {
    this.#stageAudience.carryOver(record.stageAudience);
    const there = new Set(this.#parts.presence.people().map(({ id }) => id));
    const ungreeted = ungreetedIn(record);
    for (const { speakerId, displayName, joinedMs, leftMs } of record.attendance) {
      if (!ungreeted.has(speakerId)) this.#greeted.add(speakerId);
      const person = this.#roster.remember({ id: speakerId, displayName, isBot: false });
      if (leftMs !== undefined) continue;
      if (there.has(speakerId))
        this.#roster.enter(person, joinedMs, { optedOut: true }); // until their choice is read
      else await this.#parts.journal.left(speakerId, sinceMs);
    }
  }

  /**
   * Welcomes everybody who is there, and takes leave of everybody else.
   *
   * @param unreadable - what choices that cannot be read do: `wait` has their people heard once they can
   * @returns since when people are heard, in ms since the meeting began
   * @throws with `fail`, when somebody's choices cannot be read
   */
  async welcomeEverybody(unreadable: 'fail' | 'wait'): Promise<number> {
    const { presence } = this.#parts;
    const people = presence.people().filter(({ isBot }) => !isBot);
    const read = ({ id }: Person) => (unreadable === 'fail' ? this.#readChoicesOf(id) : this.#choicesKnownOf(id));
    const known = await Promise.all(people.map(async (person) => ({ person, choices: await read(person) })));
    const named = known.map(({ person, choices }) => this.#enter(person, choices));
    this.#hasWelcomed = true;
    const heardSinceMs = this.#parts.clock.nowMs(); // writing their stays down takes longer, and somebody speaks
    for (const person of named) await this.#settle(person);
    const there = new Set(presence.people().map(({ id }) => id));
    for (const { person } of this.#roster.everyone()) if (!there.has(person.id)) await this.farewellPerson(person.id);
    return heardSinceMs;
  }

  async welcomePerson(person: Person): Promise<void> {
    if (!person.isBot) await this.#settle(this.#enter(person, await this.#choicesKnownOf(person.id)));
  }

  /** From now on a person is heard, as far as they want that. @returns the person, by the name they go by here */
  #enter(person: Person, choices: MemberSettings): Person {
    const joinedMs = this.#roster.present(person.id)?.joinedMs ?? this.#parts.clock.nowMs();
    const named = this.#roster.enter(person, joinedMs, choices);
    this.#informPerson(named);
    return named;
  }

  /** Writes down that a person is there, and tells them. */
  async #settle(person: Person): Promise<void> {
    await this.#keepStay(person.id);
    this.#greetPerson(person);
  }

  /** The same stay under a new name, if the person is there. */
  async renamePerson(person: Person): Promise<void> {
    if (this.#roster.present(person.id)) await this.welcomePerson(person);
  }

  /** Minutes call people by the names that they have at the end. */
  async takeLastNames(people: readonly Person[]): Promise<void> {
    for (const person of people) {
      const attendee = this.#roster.present(person.id);
      if (!attendee) continue;
      const { displayName } = this.#roster.enter(person, attendee.joinedMs, attendee.choices);
      if (displayName !== attendee.person.displayName) await this.#keepStay(person.id);
    }
  }

  async farewellPerson(speakerId: SpeakerId): Promise<void> {
    this.#roster.leave(speakerId);
    this.#parts.finishSpeaker(speakerId);
    await this.#parts.journal.left(speakerId, this.#parts.clock.nowMs());
  }

  /** The meeting is over: everybody who is still there has left by then. */
  async endStays(endedMs: number): Promise<void> {
    await this.keepStageAudience();
    for (const { person } of this.#roster.everyone()) await this.#parts.journal.left(person.id, endedMs);
  }

  /** After somebody's words and stays were erased: if they are heard, a new stay begins. */
  async restartStay(speakerId: SpeakerId): Promise<void> {
    const attendee = this.#roster.present(speakerId);
    if (!attendee || this.consentOf(speakerId) !== 'heard') return;
    this.#roster.enter(attendee.person, this.#parts.clock.nowMs(), attendee.choices);
    await this.#keepStay(speakerId);
  }

  /** Reads again what everybody chose. */
  async readChoices(): Promise<void> {
    for (const { person } of this.#roster.everyone()) {
      this.#roster.choose(person.id, await this.#readChoicesOf(person.id));
      this.#informPerson(person);
    }
  }

  /** Reads again what could not be read when people came. Meant to be called regularly. */
  async readMissingChoices(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    for (const speakerId of [...this.#unread]) {
      const attendee = this.#roster.present(speakerId);
      if (attendee) await this.welcomePerson(attendee.person);
      else this.#unread.delete(speakerId);
    }
    this.#isReading = false;
  }

  /** Has everybody informed who can read by now that they are transcribed. */
  informEverybody(): void {
    for (const { person } of this.#roster.everyone()) this.#informPerson(person);
  }

  /**
   * Decides whether the meeting goes on in another voice channel, and hears the people there if it does.
   *
   * Whoever moves the bot chooses neither where voices may be transcribed nor who reads what is said there.
   */
  async followTo(channelId: ChannelId): Promise<'followed' | 'not allowed there' | 'other readers'> {
    const { allowedChannelIds = [] } = this.#parts.rules.guild;
    if (allowedChannelIds.length > 0 && !allowedChannelIds.includes(channelId)) return 'not allowed there';
    const mayFollow = (await this.#parts.usher?.mayFollow(channelId)) ?? true;
    if (!mayFollow) return 'other readers';
    this.#voiceChannelId = channelId;
    this.countStageAudience();
    return 'followed';
  }

  /** Nobody is heard who can read nowhere that they are. */
  #informPerson(person: Person): void {
    if (this.consentOf(person.id) !== 'opted out') this.#parts.usher?.inform(person);
  }

  /** Whoever comes later is told that they are transcribed: once, however often they come. */
  #greetPerson(person: Person): void {
    if (this.#greeted.has(person.id) || this.consentOf(person.id) === 'opted out') return;
    this.#greeted.add(person.id);
    this.#parts.usher?.greet(person);
  }

  /**
   * What somebody chose. While settings cannot be read, what was known before counts; a newcomer is not heard, as they may
   * have opted out.
   */
  async #choicesKnownOf(speakerId: SpeakerId): Promise<MemberSettings> {
    try {
      const choices = await this.#readChoicesOf(speakerId);
      this.#unread.delete(speakerId);
      return choices;
    } catch (error) {
      if (!this.#unread.has(speakerId))
        this.#parts.log.warn(
          { err: error, meeting: this.#parts.head.id },
          'The choices of a member cannot be read yet',
        );
      this.#unread.add(speakerId);
      return this.#roster.present(speakerId)?.choices ?? { optedOut: true };
    }
  }

  #readChoicesOf(speakerId: SpeakerId): Promise<MemberSettings> {
    return this.#parts.settings.member(this.#parts.head.guildId, speakerId);
  }

  async #keepStay(speakerId: SpeakerId): Promise<void> {
    const attendee = this.#roster.present(speakerId);
    if (!attendee) return;
    const stay = { speakerId, displayName: attendee.person.displayName, joinedMs: attendee.joinedMs };
    await this.#parts.journal.joined(stay);
  }
}

/**
 * Whom the process before had not greeted. Of those who came after its last sign of life nobody knows; a greeting that is
 * sent again appears once.
 */
function ungreetedIn({ attendance, lastSign }: Pick<MeetingRecord, 'attendance' | 'lastSign'>): ReadonlySet<SpeakerId> {
  if (!lastSign) return new Set();
  const { atMs, ungreeted = [] } = lastSign;
  // The first sign says that the meeting has begun: whoever is there has read its announcement.
  if (atMs === 0) return new Set(ungreeted);
  const known = new Set(attendance.filter(({ joinedMs }) => joinedMs <= atMs).map(({ speakerId }) => speakerId));
  const came = attendance.map(({ speakerId }) => speakerId).filter((speakerId) => !known.has(speakerId));
  return new Set([...ungreeted, ...came]);
}
