import { checkMode, type Log } from '../log.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Presence, Usher } from '../ports/people.ts';
import type { TranscriptChannel } from '../ports/transcript.ts';
import type { VoiceRoom } from '../ports/voice.ts';
import type { MeetingEnding, MeetingHead, MeetingRecord } from '../record.ts';
import type { MeetingClock } from '../time/clock.ts';
import type { Audience } from './audience.ts';
import type { ForgivingJournal } from './forgiving-journal.ts';
import type { Speakers } from './hearing/speakers.ts';
import { LEAVING } from './limits.ts';
import type { AttendanceBook } from './people/attendance.ts';
import type { Phases } from './phases.ts';
import type { Publisher } from './publisher.ts';
import type { Arrival } from './succession/arrival.ts';
import { type Handover, hearUntilSeatIsGone } from './succession/moving.ts';
import type { Vigil } from './vigil.ts';

interface DepartureParts {
  readonly head: MeetingHead;
  readonly clock: MeetingClock;
  readonly room: Pick<VoiceRoom, 'leave' | 'isConnected' | 'reception'>;
  readonly presence: Pick<Presence, 'namesNow'> & Disposable;
  readonly channel: Pick<TranscriptChannel, 'notice' | 'drained'>;
  readonly usher?: Pick<Usher, 'takeDownNotice' | 'leave'>;
  readonly journal: ForgivingJournal;
  readonly phases: Phases;
  readonly speakers: Speakers;
  readonly publisher: Publisher;
  readonly audience: Audience;
  readonly attendance: AttendanceBook;
  readonly vigil: Vigil;
  readonly arrival: Arrival;
  readonly metrics?: Pick<Metrics, 'meetings'>;
  readonly log: Log;
  readonly emptyAfterMs: number;
  readonly lost?: AbortController;
  readonly whenSeatTaken?: () => void;
  readonly whenOver: (over: MeetingRecord) => Promise<MeetingRecord>;
}

const NOTHING = { attendance: [], finals: [], translations: [], gaps: [], messages: [] };

/**
 * The ways in which a meeting leaves this process. The first one taken counts.
 *
 * - `stopMeeting`: it ends, and is written up.
 * - `breakOff`: the process ends; the next start goes on with it.
 * - `handOver`: another process takes it, and hears people before this one stops hearing them.
 * - `dropMeeting`: another process has it already.
 * - `abandonMeeting`: it could not begin.
 *
 * | mode | what holds in it | what ends it |
 * |---|---|---|
 * | staying | it runs or is paused; an empty channel is waited for | one of the ways |
 * | leaving | the way is decided; last words are waited for, no longer than `LEAVING` says | no words left; its limit; its loss |
 * | left | nobody is heard, and nothing of it runs on | nothing |
 *
 * `checkMode` checks *left* when it begins.
 */
export class Departure {
  readonly #parts: DepartureParts;
  readonly #over = new AbortController();
  readonly #left = Promise.withResolvers<void>(); // resolves when it has left without ending
  #ended: Promise<MeetingRecord> | undefined; // missing: it stays
  #emptyTimer: NodeJS.Timeout | undefined;
  #seatTakenMs: number | undefined; // of performance.now()

  constructor(parts: DepartureParts) {
    this.#parts = parts;
  }

  /** Aborted when nothing of the meeting may run on here. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** When nobody is left, the meeting waits a little for somebody to come back. */
  watchForEmptiness(): void {
    const { attendance, phases, emptyAfterMs } = this.#parts;
    if (attendance.isEmpty && phases.isOpen)
      this.#emptyTimer ??= setTimeout(() => void this.stopMeeting('empty'), emptyAfterMs);
    else {
      clearTimeout(this.#emptyTimer);
      this.#emptyTimer = undefined;
    }
  }

  /** The bot sits in the channel by the session of another process. */
  noteSeatTaken(): void {
    const { lost, whenSeatTaken } = this.#parts;
    this.#seatTakenMs ??= performance.now();
    if (!lost?.signal.aborted) whenSeatTaken?.();
  }

  /**
   * Every caller gets the same promise. Never rejects.
   *
   * @returns without `endedMs` when it does not end but goes on elsewhere, or at the next start
   */
  stopMeeting(ending: MeetingEnding): Promise<MeetingRecord> {
    this.#ended ??= this.#end(ending);
    return this.#ended;
  }

  async #end(ending: MeetingEnding): Promise<MeetingRecord> {
    const { head, clock, phases, vigil, journal, presence, attendance, speakers, audience, usher, metrics } =
      this.#parts;
    metrics?.meetings.ended(ending);
    clearTimeout(this.#emptyTimer);
    const endedMs = clock.nowMs();
    const pause = phases.pauseUntil(endedMs);
    if (pause) vigil.reportGap(pause);
    phases.end(endedMs);
    vigil.watchHearing();
    // Kept at once: after a crash from now on, the meeting is not resumed but written up.
    const kept = journal.end(endedMs, ending);
    const lastNames = presence.namesNow();
    const limits = LEAVING[ending === 'shutdown' ? 'shutdown' : 'ended'];
    await usher?.takeDownNotice();
    await this.#takeLastWords(limits);
    this.#leave();
    audience.close();
    await kept;
    await attendance.takeLastNames(await lastNames);
    await attendance.endStays(endedMs);
    for (const tally of speakers.tallies()) await journal.tally(tally);
    await journal.end(endedMs, ending); // again: the first time may have been refused
    await vigil.signLife(endedMs, { pending: [] });
    await journal.flush(limits.keepingMs); // the minutes read it
    return await this.#parts.whenOver({ head, endedMs, ending, ...NOTHING });
  }

  /**
   * The process ends within seconds: words that are being said are written as far as they come by then.
   *
   * The meeting is not over: the next start resumes it, as after a crash; people are told when that was planned. Never
   * rejects. A meeting that already ends goes on ending.
   */
  async breakOff(why: 'failed' | 'restarting'): Promise<void> {
    const isPlanned = why === 'restarting';
    if (this.#ended) {
      if (isPlanned) await this.#ended;
      return;
    }
    const { clock, phases, vigil, journal, channel, usher } = this.#parts;
    this.#endNoMore();
    phases.leave({ isGoingOn: isPlanned });
    vigil.watchHearing();
    if (isPlanned) {
      await usher?.takeDownNotice(); // nobody is transcribed meanwhile
      usher?.leave();
    }
    await this.#takeLastWords(LEAVING[why], () => {
      if (isPlanned) channel.notice({ kind: 'restarting' });
    });
    this.#leave(); // no further sign of life may take the place of the last one
    await vigil.signLife(clock.nowMs(), isPlanned ? { isPlanned } : {});
    await journal.flush(LEAVING[why].keepingMs);
    this.#left.resolve();
  }

  /**
   * Gives the meeting to another process. It is heard here until it is heard there, and what was said by then is still
   * written here.
   *
   * @returns the last moment that was heard here, in ms since the meeting began; `undefined` when the meeting stays
   */
  async handOver({ give }: Handover): Promise<number | undefined> {
    const { arrival, attendance, clock, phases, vigil, room } = this.#parts;
    await arrival.noted; // what the process before lost is noted by this one
    if (this.#ended) return undefined;
    await vigil.signLife(clock.nowMs());
    if (!(await give())) return undefined;
    this.#lose();
    const heardUntilMs = await hearUntilSeatIsGone({
      room,
      nowMs: () => clock.nowMs(),
      seatTakenMs: () => this.#seatTakenMs,
      lastHeardMs: () =>
        Math.max(0, ...attendance.everyone().map(({ person }) => room.reception(person.id)?.lastHeardMs ?? 0)),
    });
    phases.leave({ isGoingOn: true });
    await this.#takeLastWords(LEAVING.given);
    this.#leave();
    this.#left.resolve();
    return heardUntilMs;
  }

  /** Another process goes on with the meeting: here it ends at once, and nobody hears of that. */
  dropMeeting(): void {
    this.#lose();
    this.#parts.phases.leave({ isGoingOn: false });
    this.#leave();
    this.#left.resolve();
    void this.#parts.room.leave();
  }

  /** The meeting could not begin: nothing of it runs on. */
  abandonMeeting(): void {
    this.#over.abort(new Error('The meeting could not begin'));
    clearTimeout(this.#emptyTimer);
  }

  #lose(): void {
    const { lost, usher } = this.#parts;
    this.#endNoMore();
    lost?.abort(new Error('Another process goes on with the meeting'));
    usher?.leave();
  }

  /** Nothing that happens from now on may end the meeting in the journal. */
  #endNoMore(): void {
    this.#ended ??= this.#left.promise.then(() => ({ head: this.#parts.head, ...NOTHING }));
    clearTimeout(this.#emptyTimer);
  }

  /** Publishes what is still on its way, as far as it comes in time. Never rejects. */
  async #takeLastWords(
    { wordsMs, postingMs }: { readonly wordsMs: number; readonly postingMs: number },
    afterWords = () => {},
  ): Promise<void> {
    const { head, room, speakers, publisher, channel, log } = this.#parts;
    const limit = setTimeout(() => this.#over.abort(new Error('The last words took too long')), wordsMs);
    try {
      await room.leave(); // finishes every speaker's stream: their chains send the tail and wait for the last words
      await speakers.allFinished();
      publisher.releaseAllFinals();
      afterWords();
      await channel.drained(AbortSignal.timeout(postingMs));
    } catch (error) {
      log.error({ err: error, meeting: head.id }, 'A meeting did not end cleanly');
    }
    clearTimeout(limit);
  }

  #leave(): void {
    const { lost, phases, presence, log } = this.#parts;
    this.#over.abort(lost?.signal.reason);
    presence[Symbol.dispose]();
    checkMode(log, 'left', { 'nobody is heard': !phases.isOpen, 'its way is decided': this.#ended !== undefined });
  }
}
