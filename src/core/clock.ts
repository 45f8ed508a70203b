/** The meeting's own time: monotonic, zero when the meeting began. */
export interface MeetingClock {
  readonly beganAt: Date;
  nowMs(): number;
}

/** A clock that starts now. It ignores later changes of the system's time. */
export function startClock(): MeetingClock {
  const zero = performance.now();
  return { beganAt: new Date(), nowMs: () => performance.now() - zero };
}
