import { untilAnswered } from '../../concurrency/until-answered.ts';
import type { Archive } from '../../ports/archive.ts';
import type { Metrics } from '../../ports/metrics.ts';
import type { Gap, MeetingRecord } from '../../record.ts';
import type { GuildSettings } from '../../settings.ts';
import { lastNewsMs, lossesOf, type ReconcileParts, reconcile } from './aftermath.ts';
import type { Tail } from './moving.ts';

const UNHEARD_MS = 20; // a packet, at least: whoever speaks just then loses a letter, and their word falls into two lines

interface ArrivalParts extends ReconcileParts {
  readonly archive: Pick<Archive, 'read'>;
  readonly rules: { readonly guild: GuildSettings };
  readonly publisher: {
    hideFromChannel(): void;
    /** Shows what has waited, but for the finals that the channel shows by now. */
    showFrom(shown: ReadonlySet<string>): void;
  };
  readonly vigil: {
    /** Until disposed, the journal keeps the sign of the process before. */
    keepLastSign(): Disposable;
    signLife(atMs: number): Promise<void>;
    keepGap(gap: Gap): Promise<void>;
    /** Keeps a gap, and tells people of it. */
    reportGap(gap: Gap): void;
  };
  readonly metrics?: Pick<Metrics, 'cluster'>;
  /** Goes on with what the process before knew: people, pauses, sums. */
  readonly carryOver: (left: MeetingRecord) => Promise<void>;
  /** @returns since when people are heard, in ms since the meeting began */
  readonly startHearing: () => Promise<number>;
}

/**
 * How a meeting arrives in this process that another one began.
 *
 * Either way nothing is shown at first. What the process before knew is carried over, and people are heard at once; what they
 * say is written. Then the channel is brought up to date, what nobody heard is noted, and what has waited is shown. The
 * two ways differ in what the process before still says:
 *
 * - **After a kill** nothing. Its last sign of life tells what it took with it, and stays in the journal until that is noted:
 *   a second kill must not take what is known of the first with it. People are told how long the bot was away.
 * - **After a move** its last words, and until when it heard: the channel waits for them. This process signs at once, and
 *   people are told of a gap only if it is long.
 */
export class Arrival {
  readonly #parts: ArrivalParts;
  #noted: Promise<void> = Promise.resolve();

  constructor(parts: ArrivalParts) {
    this.#parts = parts;
  }

  /** Resolves when it is noted what a killed process lost. Never rejects. */
  get noted(): Promise<void> {
    return this.#noted;
  }

  /**
   * Goes on with the meeting where the process before left it.
   *
   * @param left - what the journal holds of it by now
   * @param tail - the process before gave it away, and still writes its last words; missing: it was killed
   */
  async resumeMeeting(left: MeetingRecord, tail?: Tail): Promise<void> {
    if (tail) {
      await this.#resumeAfterMove(left, tail);
      return;
    }
    const resuming = this.#resumeAfterKill(left);
    this.#noted = resuming.catch(() => {}); // the caller's
    await resuming;
  }

  async #resumeAfterKill(left: MeetingRecord): Promise<void> {
    const { rules, vigil, channel, metrics } = this.#parts;
    using _lastSign = vigil.keepLastSign();
    const hearsSinceMs = await this.#hearHidden(left);
    const record = await reconcile(left, rules.guild, this.#parts); // takes a second, and somebody speaks
    for (const loss of lossesOf(record, hearsSinceMs)) await vigil.keepGap(loss);
    const awayMs = hearsSinceMs - (record.lastSign?.atMs ?? lastNewsMs(record));
    metrics?.cluster.handoverGap(awayMs);
    channel.notice({ kind: 'back', awayMs });
    this.#showHidden(record);
  }

  async #resumeAfterMove(left: MeetingRecord, tail: Tail): Promise<void> {
    const { archive, rules, vigil, metrics } = this.#parts;
    const hearsSinceMs = await this.#hearHidden(left);
    void vigil.signLife(hearsSinceMs);
    const heardUntilMs = await tail();
    const written = (await untilAnswered(() => archive.read(left.head.id)).catch(() => undefined)) ?? left;
    const record = await reconcile(written, rules.guild, this.#parts);
    this.#showHidden(record);
    metrics?.cluster.handoverGap(Math.max(0, hearsSinceMs - (heardUntilMs ?? left.lastSign?.atMs ?? hearsSinceMs)));
    // The sign of life is that of the process before: this one has signed, too, while it waited for those words.
    const { lastSign: _, ...rest } = written;
    const asItWasLeft = { ...rest, ...(left.lastSign && { lastSign: left.lastSign }) };
    for (const gap of gapsBetween(asItWasLeft, heardUntilMs, hearsSinceMs)) vigil.reportGap(gap);
  }

  async #hearHidden(left: MeetingRecord): Promise<number> {
    const { publisher, carryOver, startHearing } = this.#parts;
    publisher.hideFromChannel();
    await carryOver(left);
    return await startHearing();
  }

  #showHidden({ finals }: MeetingRecord): void {
    this.#parts.publisher.showFrom(new Set(finals.map(({ utteranceId }) => utteranceId)));
  }
}

/** What was lost between two processes. */
function gapsBetween(record: MeetingRecord, heardUntilMs: number | undefined, hearsSinceMs: number): readonly Gap[] {
  if (heardUntilMs === undefined) return lossesOf(record, hearsSinceMs);
  if (hearsSinceMs < heardUntilMs) return [];
  // Keys come a moment after the connection, so the true gap is never shorter.
  return [{ startMs: heardUntilMs, endMs: Math.max(hearsSinceMs, heardUntilMs + UNHEARD_MS), reason: 'restarted' }];
}
