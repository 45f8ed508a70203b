import { setTimeout as delay } from 'node:timers/promises';
import { isAboutStorage, isSuperseded } from '../../errors.ts';
import type { GuildId, MeetingId } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Archive } from '../../ports/archive.ts';
import type { MeetingJournals } from '../../ports/journal.ts';
import type { Presences } from '../../ports/people.ts';
import type { Settings } from '../../ports/settings.ts';
import type { TranscriptChannel } from '../../ports/transcript.ts';
import type { MeetingHead, MeetingRecord } from '../../record.ts';
import type { GuildSettings } from '../../settings.ts';
import { POSTING_LIMIT_MS } from '../limits.ts';
import { lastNewsMs, lossesOf, reconcile } from './aftermath.ts';
import type { Tail } from './moving.ts';

const REJOIN_ATTEMPTS = 3;
const REJOIN_DELAY_MS = 5_000; // each attempt takes up to 15 s of its own
const STORAGE_DELAY_MS = 1_000; // a database that is away comes back at any moment
const COME_BACK_WITHIN_MS = 10 * 60_000; // after a planned restart

interface RecoveryParts {
  readonly archive: Pick<Archive, 'read'>;
  /** The meetings that this process has to go on with, or to close out. */
  readonly unfinished: () => Promise<readonly MeetingHead[]>;
  readonly journal: MeetingJournals;
  readonly presences: Presences;
  readonly settings: Pick<Settings, 'guild'>;
  readonly writer: { writeUp(over: MeetingRecord): Promise<unknown> };
  readonly log: Log;
  readonly isRunning: (head: MeetingHead) => boolean;
  /** Whether any meeting runs or starts in a guild. */
  readonly isTaken: (guildId: GuildId) => boolean;
  /** Keeps other meetings from starting in a guild until it is disposed of. */
  readonly claim: (guildId: GuildId) => Disposable;
  readonly openChannel: (head: MeetingHead, guild: GuildSettings) => TranscriptChannel;
  /** @throws when the voice channel cannot be joined, or the journal cannot be written */
  readonly resume: (record: MeetingRecord, signal: AbortSignal, tail?: Tail) => Promise<unknown>;
}

type Outcome = 'done' | 'failed';

/** Resumes the meetings that a crash or a restart left unfinished, or closes them out. */
export class Recovery {
  readonly #parts: RecoveryParts;
  readonly #resuming = new Map<GuildId, Promise<Outcome>>(); // one guild's meetings one after the other
  readonly #underWay = new Map<MeetingId, { readonly head: MeetingHead; readonly stop: AbortController }>();
  #lookedUp: Promise<unknown> = Promise.resolve();

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  /**
   * Resumes or closes out all unfinished meetings at once. A failure is logged and concerns that meeting alone. Never rejects.
   *
   * Does not wait for the meetings of guilds whose people are not known yet: they follow later.
   */
  async resumeUnfinished(signal: AbortSignal): Promise<void> {
    const { unfinished, log } = this.#parts;
    const heads = unfinished().catch((error: unknown): readonly MeetingHead[] => {
      log.error({ err: error }, 'Unfinished meetings could not be looked up');
      return [];
    });
    const begun = heads.then((found) => found.map((head) => this.#resumeInTurn(head, signal)));
    this.#lookedUp = begun;
    await Promise.all((await begun).filter((resuming) => resuming !== 'later'));
  }

  /**
   * Resumes or closes out one meeting of which another process was the owner. Never rejects.
   *
   * @param tail - the other process gave it away, and still writes its last words
   * @returns whether that is done; it is not when the journal could not be read, say
   */
  async resumeOne(head: MeetingHead, signal: AbortSignal, tail?: Tail): Promise<boolean> {
    return (await this.#resumeInTurn(head, signal, tail)) !== 'failed';
  }

  /** The meetings that are being resumed, or wait for that. */
  get underWay(): readonly MeetingHead[] {
    return [...this.#underWay.values()].map(({ head }) => head);
  }

  /** Another process owns a meeting: this one does not try to resume it any longer. */
  drop(meetingId: MeetingId): void {
    this.#underWay.get(meetingId)?.stop.abort();
  }

  /** Whether a guild has unfinished meetings that are not resumed yet; waits until they have been looked up. Never rejects. */
  async isResuming(guildId: GuildId): Promise<boolean> {
    await this.#lookedUp;
    return this.#resuming.has(guildId);
  }

  /** Resolves when no unfinished meeting of a guild is left. Never rejects. */
  async whenResumed(guildId: GuildId): Promise<void> {
    await this.#lookedUp;
    await this.#resuming.get(guildId);
  }

  #resumeInTurn(head: MeetingHead, ending: AbortSignal, tail?: Tail): Promise<Outcome> | 'later' {
    const { presences, log } = this.#parts;
    const stop = new AbortController();
    const own = { head, stop };
    const signal = AbortSignal.any([ending, stop.signal]);
    this.#underWay.set(head.id, own);
    const unknownYet = presences.unknownYet(head.guildId, head.voiceChannelId, signal);
    if (unknownYet) log.info({ meeting: head.id }, 'An unfinished meeting waits for its server');
    const before = this.#resuming.get(head.guildId);
    const resuming = Promise.all([unknownYet, before])
      .then(() => {
        signal.throwIfAborted();
        return this.#resumeOrCloseOut(head, signal, tail);
      })
      .then(() => 'done' as const)
      .catch((error: unknown) => {
        if (signal.aborted || isSuperseded(error)) return 'done'; // by this process, that is
        log.error({ err: error, meeting: head.id }, 'An unfinished meeting could not be resumed');
        return 'failed' as const;
      })
      .finally(() => {
        if (this.#resuming.get(head.guildId) === resuming) this.#resuming.delete(head.guildId);
        if (this.#underWay.get(head.id) === own) this.#underWay.delete(head.id);
      });
    this.#resuming.set(head.guildId, resuming);
    return unknownYet ? 'later' : resuming;
  }

  async #resumeOrCloseOut(head: MeetingHead, signal: AbortSignal, tail?: Tail): Promise<void> {
    const { archive, presences, isRunning, isTaken, claim } = this.#parts;
    const record = await archive.read(head.id);
    if (!record || isRunning(head)) return;
    if (record.endedMs !== undefined || isTaken(head.guildId)) {
      await this.#closeOut(record);
      return;
    }
    using _claim = claim(head.guildId);
    using presence = presences.watch(head.guildId, head.voiceChannelId);
    const somebodyIsThere = presence.people().some(({ isBot }) => !isBot);
    if (somebodyIsThere && !isStale(record)) await this.#resume(record, signal, tail);
    else {
      await tail?.();
      await this.#closeOut((await archive.read(head.id)) ?? record);
    }
  }

  /** If the voice channel can no longer be joined, people at least get the minutes. */
  async #resume(record: MeetingRecord, signal: AbortSignal, tail?: Tail): Promise<void> {
    let isWaiting = false; // for the database, which has been said
    for (let attempt = 1; ; ) {
      try {
        await this.#parts.resume(record, signal, tail);
        return;
      } catch (error) {
        signal.throwIfAborted(); // the next start tries again
        if (isSuperseded(error)) throw error; // another process goes on with it
        if (!isWaiting)
          this.#parts.log.warn({ err: error, meeting: record.head.id }, 'An unfinished meeting could not go on');
        isWaiting = isAboutStorage(error);
        if (isWaiting) {
          await delay(STORAGE_DELAY_MS, undefined, { signal }); // the meeting could not be ended either
          continue;
        }
        if (attempt === REJOIN_ATTEMPTS) {
          await this.#closeOut(record, error);
          return;
        }
        attempt += 1;
        await delay(REJOIN_DELAY_MS, undefined, { signal });
      }
    }
  }

  /**
   * Ends a meeting that nobody is left in, or that was over and not written up. Its channel and its minutes show what was heard.
   *
   * @param failure - why it cannot go on although people are there
   */
  async #closeOut(left: MeetingRecord, failure?: unknown): Promise<void> {
    const { archive, settings, writer, openChannel } = this.#parts;
    const { head } = left;
    const journal = this.#parts.journal.of(head.id);
    const guild = await settings.guild(head.guildId);
    const channel = openChannel(head, guild);
    const heard = await reconcile(left, guild, { ...this.#parts, channel });
    const endedMs = heard.endedMs ?? lastNewsMs(heard);
    for (const { speakerId, leftMs } of heard.attendance) {
      if (leftMs === undefined) await journal.left(speakerId, endedMs);
    }
    for (const loss of lossesOf(heard, endedMs)) await journal.gap(loss);
    await journal.end(endedMs, heard.ending ?? (left.lastSign?.isPlanned ? 'shutdown' : 'failed'));
    // A process that got as far as closing the tallies has kept them.
    const tallies = heard.tallies ? [] : (heard.lastSign?.tallies ?? []);
    for (const tally of tallies) await journal.tally(tally);
    await journal.alive({ atMs: endedMs, pending: [] });
    if (failure instanceof Error) channel.notice({ kind: 'voice lost', error: failure });
    await channel.drained(AbortSignal.timeout(POSTING_LIMIT_MS));
    // In the background: the summary takes time, and people wait in the meetings that are resumed next.
    void writer.writeUp((await archive.read(head.id)) ?? heard);
  }
}

/** People were told that the meeting goes on, but nobody waits for so long. */
function isStale(record: MeetingRecord): boolean {
  const lastMs = record.head.beganAt.getTime() + lastNewsMs(record);
  return record.lastSign?.isPlanned === true && Date.now() - lastMs > COME_BACK_WITHIN_MS;
}
