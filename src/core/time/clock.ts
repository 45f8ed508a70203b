/** The meeting's own time: monotonic, zero when the meeting began. */
export interface MeetingClock {
  readonly beganAt: Date;
  nowMs(): number;
}

/**
 * A clock for a meeting that begins now, or that began earlier in another process.
 *
 * Once started, it ignores changes of the system's time.
 */
export function startClock(beganAt = new Date()): MeetingClock {
  const zero = performance.now() - (Date.now() - beganAt.getTime());
  return { beganAt, nowMs: () => performance.now() - zero };
}
