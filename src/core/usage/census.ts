import type { MeetingStatus } from '../ports/live-meetings.ts';
import type { MeetingCounts } from '../ports/metrics.ts';

/** The part of a meeting that counting needs. */
interface Countable {
  readonly phase: MeetingStatus['phase'];
  countPeople(): { readonly there: number; readonly talking: number };
}

/** Counts meetings, and the people in all of them together. */
export function censusOf(meetings: readonly Countable[]): MeetingCounts {
  const byState = { running: 0, paused: 0, finishing: 0, restarting: 0 };
  let people = 0;
  let talking = 0;
  for (const meeting of meetings) {
    byState[meeting.phase] += 1;
    const counted = meeting.countPeople();
    people += counted.there;
    talking += counted.talking;
  }
  return { byState, people, talking };
}
