import { Bell } from '../../concurrency/bell.ts';
import { untilAnswered } from '../../concurrency/until-answered.ts';
import type { Archive } from '../../ports/archive.ts';
import type { Metrics } from '../../ports/metrics.ts';
import type { VoiceRoom } from '../../ports/voice.ts';
import type { Gap, MeetingRecord } from '../../record.ts';
import type { GuildSettings } from '../../settings.ts';
import { lossesOf, type ReconcileParts, reconcile } from './aftermath.ts';

/** How a meeting leaves this process for another one. */
export interface Handover {
  /** Offers the meeting. @returns whether the other process took it */
  give(): Promise<boolean>;
}

/**
 * What the process before still does with a meeting that it gave away: it writes the last words that it heard.
 *
 * Resolves when it has, with the last moment that it heard (ms since the meeting began); with `undefined` when it never
 * said so, as it was killed. Never rejects.
 */
export type Tail = () => Promise<number | undefined>;

const LOOK_MS = 10; // what is noted as unheard begins so much late at most
const SEAT_LIMIT_MS = 3_000; // the other process takes the seat within two tenths of a second as a rule
const OVERLAP_MS = 700; // until the other process is let in, packets still come here
const UNHEARD_MS = 20; // a packet: whoever speaks just then loses a letter, and their word falls into two lines

interface SeatParts {
  readonly room: Pick<VoiceRoom, 'isConnected'>;
  readonly nowMs: () => number;
  /** When the bot's seat in the channel went to another session, of `performance.now()`. */
  readonly seatTakenMs: () => number | undefined;
}

/**
 * Goes on hearing until the other process hears: until Discord closes the voice connection, or shortly after the seat is
 * gone.
 *
 * @returns the last moment that was heard, in ms since the meeting began
 */
export async function hearUntilSeatIsGone({ room, nowMs, seatTakenMs }: SeatParts): Promise<number> {
  const clock = new Bell(); // that nobody rings
  const limitMs = performance.now() + SEAT_LIMIT_MS;
  while (room.isConnected) {
    const overMs = Math.min(limitMs, (seatTakenMs() ?? Number.POSITIVE_INFINITY) + OVERLAP_MS);
    if (performance.now() >= overMs) break;
    await clock.wait(undefined, LOOK_MS);
  }
  return nowMs();
}

interface ArrivalParts extends ReconcileParts {
  readonly archive: Pick<Archive, 'read'>;
  /** Shows what has waited, but for the finals that the channel shows by now. */
  readonly showFrom: (shown: ReadonlySet<string>) => void;
  readonly reportGap: (gap: Gap) => void;
  readonly metrics?: Pick<Metrics, 'cluster'>;
}

/**
 * Brings the channel up to date once the process before has written its last words, and notes what nobody heard. Until
 * then what is said here is written, and waits to be shown.
 *
 * @param left - the meeting as it was when it was taken
 * @param hearsSinceMs - when this process began to hear
 */
export async function arrive(
  left: MeetingRecord,
  hearsSinceMs: number,
  tail: Tail,
  guild: GuildSettings,
  parts: ArrivalParts,
): Promise<void> {
  const { archive, showFrom, reportGap, metrics } = parts;
  const heardUntilMs = await tail();
  const record = (await untilAnswered(() => archive.read(left.head.id)).catch(() => undefined)) ?? left;
  const shown = await reconcile(record, guild, parts);
  showFrom(new Set(shown.finals.map(({ utteranceId }) => utteranceId)));
  const unheardFromMs = heardUntilMs ?? left.lastSign?.atMs ?? hearsSinceMs;
  metrics?.cluster.handoverGap(Math.max(0, hearsSinceMs - unheardFromMs));
  // The sign of life is that of the process before: this one has signed, too, while it waited for those words.
  const { lastSign: _, ...rest } = record;
  const asItWasLeft = { ...rest, ...(left.lastSign && { lastSign: left.lastSign }) };
  for (const gap of gapsOf(asItWasLeft, heardUntilMs, hearsSinceMs)) reportGap(gap);
}

/** What was lost between two processes. */
function gapsOf(record: MeetingRecord, heardUntilMs: number | undefined, hearsSinceMs: number): readonly Gap[] {
  if (heardUntilMs === undefined) return lossesOf(record, hearsSinceMs);
  if (hearsSinceMs - heardUntilMs < UNHEARD_MS) return [];
  return [{ startMs: heardUntilMs, endMs: hearsSinceMs, reason: 'restarted' }];
}
