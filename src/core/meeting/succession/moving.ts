import { Bell } from '../../concurrency/bell.ts';
import type { VoiceRoom } from '../../ports/voice.ts';

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

interface SeatParts {
  readonly room: Pick<VoiceRoom, 'isConnected'>;
  readonly nowMs: () => number;
  /** When the bot's seat in the channel went to another session, of `performance.now()`. */
  readonly seatTakenMs: () => number | undefined;
  /** When anybody was heard for the last time, in ms since the meeting began. */
  readonly lastHeardMs: () => number;
}

/**
 * Goes on hearing until the other process hears: until Discord closes the voice connection, or shortly after the seat is
 * gone.
 *
 * @returns the last moment that was heard, in ms since the meeting began
 */
export async function hearUntilSeatIsGone({ room, nowMs, seatTakenMs, lastHeardMs }: SeatParts): Promise<number> {
  const clock = new Bell(); // that nobody rings
  const limitMs = performance.now() + SEAT_LIMIT_MS;
  while (room.isConnected) {
    const overMs = Math.min(limitMs, (seatTakenMs() ?? Number.POSITIVE_INFINITY) + OVERLAP_MS);
    if (performance.now() >= overMs) break;
    await clock.wait(undefined, LOOK_MS);
  }
  const takenMs = seatTakenMs();
  if (!room.isConnected || takenMs === undefined) return nowMs();
  // The connection is still open, and nobody says when what is spoken began to go to the other process.
  return Math.max(nowMs() - (performance.now() - takenMs), lastHeardMs());
}
