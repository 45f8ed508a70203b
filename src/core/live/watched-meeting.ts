import type { SpeakerId } from '../ids.ts';
import type { LiveMeeting, StageAudience } from '../ports/live-meetings.ts';
import { isSameAudience, type LiveNews } from './news.ts';
import { changesBetween, type LivePerson, peopleIn } from './people.ts';

/** How often people are looked at: whoever begins to speak is shown within that time, and sooner than their first word. */
const LOOK_EVERY_MS = 200;

/** A meeting of this process that pages watch. */
export type Watched = Pick<LiveMeeting, 'addListener' | 'currentStatus'>;

/**
 * Tells the listener what is said in a meeting of this process, and of the people in it: everybody at once, then whoever
 * changes.
 *
 * @returns what ends that
 */
export function watchMeeting(meeting: Watched, listener: (news: LiveNews) => void): () => void {
  let known: ReadonlyMap<SpeakerId, LivePerson> = new Map();
  let translateTo = '';
  let audience: StageAudience | undefined;
  const look = () => {
    const status = meeting.currentStatus();
    const now = new Map(peopleIn(status).map((person) => [person.speakerId, person]));
    const people = changesBetween(known, now);
    known = now;
    const targets = status.options.translateTo;
    const isTranslated = targets.join(' ') !== translateTo;
    translateTo = targets.join(' ');
    const { stageAudience } = status;
    const isCounted = !isSameAudience(stageAudience, audience);
    audience = stageAudience;
    if (people.length > 0 || isTranslated || isCounted)
      listener({
        people,
        ...(isTranslated && { targets }),
        ...(isCounted && { stageAudience: stageAudience ?? null }),
      });
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  const unlisten = meeting.addListener((news) => {
    if (news === 'over') clearInterval(timer);
    listener(news);
  });
  look();
  return () => {
    clearInterval(timer);
    unlisten();
  };
}
