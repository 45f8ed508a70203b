import type { MeetingEnding } from '../record.ts';
import type { MeetingStatus } from './live-meetings.ts';

/**
 * What the bot tells a monitoring system about itself: sums and times, never of one server, channel or person.
 *
 * Every method returns at once and never throws. What is counted anyway is read when somebody asks (`readFrom`), so it costs
 * nothing in between.
 */
export interface Metrics {
  readonly meetings: MeetingMetrics;
  readonly discord: DiscordMetrics;
  readonly journal: JournalMetrics;
  readonly cluster: ClusterMetrics;
  /** Adds sources of figures. A later source of the same name replaces the earlier one. */
  readFrom(sources: MetricsSources): void;
}

/** Figures that are read each time somebody asks for metrics. Each source is missing until its part of the bot runs. */
export interface MetricsSources {
  readonly meetings?: () => MeetingCounts;
  readonly voice?: () => VoiceCounts;
  readonly recogniser?: () => RecogniserCounts;
  readonly shards?: () => readonly ShardHealth[]; // the gateway sessions of this process
  readonly seats?: () => SeatCounts;
  readonly isBusUp?: () => boolean;
  readonly identifiesLeft?: () => number | undefined; // of today; `undefined`: Discord has not said yet
  readonly heldWrites?: () => number; // journal writes in memory that wait for the database
  readonly viewers?: () => number; // open live pages
  readonly isPostingDegraded?: () => boolean; // some meeting is posted in a plainer style than its server chose
}

export interface MeetingCounts {
  readonly byState: Readonly<Record<MeetingStatus['phase'], number>>;
  readonly people: number; // in the voice channels of all meetings, bots excluded
  readonly talking: number; // of them, heard within the last second
}

export interface VoiceCounts {
  readonly packets: Readonly<Record<string, number>>; // totals since the start, by what became of them
  readonly links: Readonly<Record<string, number>>; // voice connections now, by state
}

export interface RecogniserCounts {
  readonly sockets: { readonly open: number; readonly opening: number };
  readonly waiting: number; // speakers who wait until another one gives a socket back
  readonly dials: Readonly<Record<string, number>>; // totals since the start, by result
  readonly speechMs: number; // audio sent since the start
  readonly silenceMs: number; // silence sent since the start
}

export interface ShardHealth {
  readonly shardId: number;
  readonly isUp: boolean;
  readonly latencyMs?: number; // of the last heartbeat; missing: none was answered yet
}

export interface SeatCounts {
  readonly shards: number; // of the bot, in all processes
  readonly serving: number; // seats of this process
  readonly heir: number; // seats that this process would serve in another's place, ready or not
  readonly ready: number; // of these, the ones whose session is open here
}

export interface MeetingMetrics {
  ended(ending: MeetingEnding): void;
  /** Speech that could not become text; a pause is none. */
  gap(reason: string, durationMs: number): void;
  /** A final came, so long after the end of what was said. */
  final(delayMs: number): void;
  /** The channel shows a final, so long after it came. */
  shown(delayMs: number): void;
}

/** What a request to Discord waits for its turn as. */
type RequestClass = 'final' | 'edit' | 'other';

export interface DiscordMetrics {
  /**
   * A request was answered.
   *
   * @param route - the method and the path with `:id` and `:token` in place of what differs
   * @param scope - of a 429, as Discord names it: `user`, `global` or `shared`
   */
  answered(route: string, status: number, scope?: string): void;
  /** A request waited so long for the limits that all processes share. */
  waited(requestClass: RequestClass, waitMs: number): void;
}

export interface JournalMetrics {
  /** A write has resolved or failed. @param operation - the method of `MeetingJournal` */
  wrote(operation: string, tookMs: number): void;
}

/** Why a meeting, or a seat with its meetings, changes its process. */
type HandoverReason = 'drain' | 'crash' | 'balance' | 'reshard';

/**
 * `frozen`: the process stood still; `unreachable`: the database did not answer; `taken`: another process has the meeting.
 */
type LeaseLoss = 'frozen' | 'unreachable' | 'taken';

export interface ClusterMetrics {
  /** The membership was renewed. @param tookMs - from sending the statement to its answer */
  renewed(tookMs: number): void;
  leaseLost(why: LeaseLoss): void;
  /** A write came too late and was refused: another process owns the meeting by now. */
  fencedWrite(): void;
  /** This process took over a meeting: it goes on here, nobody was there any more, or it could not be taken over. */
  handedOver(reason: HandoverReason, result: 'moved' | 'ended' | 'failed'): void;
  /** Nobody was heard for so long while a meeting changed its process. */
  handoverGap(durationMs: number): void;
  /** A gateway session was opened with an identify, which Discord counts. */
  identified(): void;
}

const nothing = () => {};

/** Where nobody asks for metrics. */
export const noMetrics: Metrics = {
  meetings: { ended: nothing, gap: nothing, final: nothing, shown: nothing },
  discord: { answered: nothing, waited: nothing },
  journal: { wrote: nothing },
  cluster: {
    renewed: nothing,
    leaseLost: nothing,
    fencedWrite: nothing,
    handedOver: nothing,
    handoverGap: nothing,
    identified: nothing,
  },
  readFrom: nothing,
};
