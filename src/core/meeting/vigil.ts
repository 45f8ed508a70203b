import type { SpeakerId } from '../ids.ts';
import type { MeetingJournal } from '../ports/journal.ts';
import type { Deafness } from '../ports/live-meetings.ts';
import type { Presence } from '../ports/people.ts';
import type { SttNotice } from '../ports/speech-to-text.ts';
import type { TranscriptChannel } from '../ports/transcript.ts';
import type { VoiceRoom, VoiceRoomEvent } from '../ports/voice.ts';
import type { Gap, SignOfLife } from '../record.ts';
import type { MeetingClock } from '../time/clock.ts';
import type { Figures } from './figures.ts';
import { DeafSpells } from './hearing/deafness.ts';
import { Outages } from './hearing/outage.ts';
import type { Speakers } from './hearing/speakers.ts';
import { type Concern, Watchdog } from './hearing/watchdog.ts';
import type { AttendanceBook } from './people/attendance.ts';
import type { Phases } from './phases.ts';
import type { MeetingRules } from './rules.ts';

const WORTH_A_NOTICE_MS = 3_000; // shorter silences pass for a pause; the minutes still count them

interface VigilParts {
  readonly clock: MeetingClock;
  readonly rules: MeetingRules;
  readonly attendance: AttendanceBook;
  readonly speakers: Speakers;
  readonly presence: Pick<Presence, 'isDeafened'>;
  readonly room: Pick<VoiceRoom, 'reception'>;
  readonly channel: Pick<TranscriptChannel, 'notice'>;
  readonly journal: Pick<MeetingJournal, 'gap' | 'alive'>;
  readonly figures: Pick<Figures, 'noteGap'>;
  readonly phases: Pick<Phases, 'isRunning'>;
}

/** Watches over a meeting: whatever is not heard or does not become text, people are told and the journal keeps it. */
export class Vigil {
  readonly #parts: VigilParts;
  readonly #watchdog = new Watchdog();
  readonly #deafSpells = new DeafSpells();
  readonly #outages = new Outages();
  readonly #reported = new Set<string>(); // notices about the recogniser, so that ten speakers do not repeat one
  #keepsLastSign = false;

  constructor(parts: VigilParts) {
    this.#parts = parts;
  }

  /** Why nobody is heard although the meeting runs. */
  get deafness(): Deafness | undefined {
    if (!this.#parts.phases.isRunning) return undefined;
    if (this.#parts.presence.isDeafened) return 'deafened';
    return this.#outages.isOn ? 'voice connection lost' : undefined;
  }

  /** Meant to be called about once a second. */
  watchMeeting(): void {
    const { clock, attendance, channel } = this.#parts;
    if (this.#outages.isDueForNotice(clock.nowMs())) channel.notice({ kind: 'nothing heard' });
    void attendance.readMissingChoices();
    attendance.informEverybody();
    void attendance.keepStageAudience();
    this.#watchSpeakers();
  }

  /** A moderator may deafen the bot, and undo it: whoever speaks meanwhile has to know. */
  watchHearing(): void {
    const { presence, channel, clock, phases } = this.#parts;
    const news = this.#deafSpells.look(presence.isDeafened && phases.isRunning, clock.nowMs());
    if (news === undefined) return;
    if (news === 'began') {
      channel.notice({ kind: 'deafened' });
      return;
    }
    void this.keepGap(news);
    if (!presence.isDeafened) channel.notice({ kind: 'hears again', deafMs: news.endMs - news.startMs });
  }

  /** Takes note of what happens to the voice connection, short of its final loss. */
  noteRoomEvent(event: Exclude<VoiceRoomEvent, { readonly kind: 'lost' }>): void {
    if (event.kind === 'interrupted') {
      this.#outages.begin(event.sinceMs);
    } else if (event.kind === 'missed') {
      const { speakerId, startMs, endMs } = event;
      // People already know of everybody's outage, which covers this.
      if (!this.#outages.covers(startMs))
        this.reportGap({ speakerId, startMs, endMs, reason: 'voice connection lost' });
    } else {
      const over = this.#outages.end(this.#parts.clock.nowMs());
      if (over) this.reportGap(over);
    }
  }

  /** Passes on what the recogniser has to say, the same thing once. */
  reportNotice(notice: SttNotice): void {
    if (notice.kind === 'gap') {
      this.reportGap(notice.gap);
      return;
    }
    const key = notice.kind === 'stopped' ? notice.error.message : JSON.stringify(notice.leftOut);
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    const { channel } = this.#parts;
    channel.notice(notice.kind === 'stopped' ? { kind: 'recogniser stopped', error: notice.error } : notice);
  }

  /** Settings have changed: the recogniser's messages may be news again. */
  forgetReported(): void {
    this.#reported.clear();
  }

  /** Counts a gap, and writes it down. */
  async keepGap(gap: Gap): Promise<void> {
    this.#parts.figures.noteGap(gap);
    await this.#parts.journal.gap(gap);
  }

  /** Keeps a gap, and tells people unless it is short or they asked for it. */
  reportGap(gap: Gap): void {
    void this.keepGap(gap);
    const durationMs = gap.endMs - gap.startMs;
    if (durationMs < WORTH_A_NOTICE_MS || gap.reason === 'paused') return;
    const { speakerId } = gap;
    const who = speakerId === undefined ? {} : { speakerId, name: this.#nameOf(speakerId) };
    this.#parts.channel.notice({ kind: 'gap', durationMs, reason: gap.reason, ...who });
  }

  /**
   * Gives a sign of life: keeps up to when everything is text, which the next process has to know if this one is killed now, or
   * gives the meeting away. What is not heard meanwhile is no text.
   *
   * @param more - what is known better, or besides
   */
  async signLife(atMs: number, more: Partial<SignOfLife> = {}): Promise<void> {
    const { journal, speakers, rules, attendance } = this.#parts;
    const { spoken } = rules;
    const ungreeted = attendance.ungreeted();
    const nowMs = this.#parts.clock.nowMs();
    for (const gap of [this.#deafSpells.soFar(nowMs), this.#outages.soFar(nowMs)]) if (gap) void journal.gap(gap);
    await journal.alive({
      atMs,
      pending: speakers.pending(),
      tallies: speakers.tallies(),
      ...(spoken !== undefined && { spoken }),
      ...(ungreeted.length > 0 && { ungreeted }),
      ...more,
    });
  }

  isUnreadable(speakerId: SpeakerId): boolean {
    return this.#watchdog.isUnreadable(speakerId);
  }

  isTooQuiet(speakerId: SpeakerId): boolean {
    return this.#watchdog.isTooQuiet(speakerId);
  }

  /** Until disposed, the journal keeps the sign of the process before, which tells what is still to be noted as lost. */
  keepLastSign(): Disposable {
    this.#keepsLastSign = true;
    return {
      [Symbol.dispose]: () => {
        this.#keepsLastSign = false;
      },
    };
  }

  /** Gives a sign of life; meant to be called regularly. @param endedMs - when the meeting ended, if its last words are on the way */
  signRegularly(endedMs: number | undefined): void {
    if (this.#keepsLastSign) return;
    void this.signLife(endedMs ?? this.#parts.clock.nowMs());
  }

  #watchSpeakers(): void {
    const { clock, attendance, speakers, room } = this.#parts;
    const chains = speakers.latestChains();
    const everybody = attendance.everyone().map(({ person: { id } }) => {
      const chain = chains.get(id);
      return {
        speakerId: id,
        heardMs: chain?.heardMs ?? 0,
        undecryptable: room.reception(id)?.undecryptable ?? 0,
        pendingSinceMs: chain?.stt.pendingSinceMs(),
        stt: chain?.stt.status(),
      };
    });
    for (const concern of this.#watchdog.observe(clock.nowMs(), everybody)) this.#reportConcern(concern);
  }

  #reportConcern(concern: Concern): void {
    const { clock, channel } = this.#parts;
    const { speakerId } = concern;
    const name = this.#nameOf(speakerId);
    if (concern.kind === 'readable again')
      this.reportGap({ speakerId, startMs: concern.sinceMs, endMs: clock.nowMs(), reason: 'audio not decrypted' });
    else if (concern.kind === 'no text') channel.notice({ kind: 'no text', speakerId, name, because: concern.because });
    else channel.notice({ kind: concern.kind, speakerId, name });
  }

  #nameOf(speakerId: SpeakerId): string {
    return this.#parts.attendance.personOf(speakerId).displayName;
  }
}
