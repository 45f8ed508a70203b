import { setTimeout as delay } from 'node:timers/promises';
import { readTranscript } from '../../test/discord/support/read-transcript.ts';
import type { FaultMeeting } from '../../test/support/meetings/fault-meeting.ts';
import type { FaultStage } from '../../test/support/meetings/fault-stage.ts';
import { MISCHIEF } from './mischief.ts';

const TALK_MS = 45_000; // of each minute; in the rest everybody is quiet until everything is written
const QUIET_BY_MS = 60_000;
const SETTLE_LIMIT_MS = 60_000; // words that are sent again take longer
const LOOK_EVERY_MS = 250;
const FAULT_EVERY_MS = 5_000; // on average
const MIN_PAUSE_MS = 1_000; // longer than what ends an utterance
const MAX_PAUSE_MS = 6_000;

/** Plays one minute of talk with faults, and the quiet after it. @returns the names of the faults */
export async function talkFor(
  meeting: FaultMeeting,
  faults: FaultStage,
  random: () => number,
  signal: AbortSignal,
): Promise<string[]> {
  const beganMs = performance.now();
  const isOver = () => performance.now() - beganMs > TALK_MS;
  const troubles: string[] = [];
  const going = (async () => {
    const working: Promise<void>[] = [];
    for (;;) {
      await delay(2 * random() * FAULT_EVERY_MS, undefined, { signal });
      if (isOver()) break;
      const mischief = MISCHIEF[Math.floor(random() * MISCHIEF.length)];
      if (!mischief) continue;
      troubles.push(mischief.name);
      working.push(Promise.resolve(mischief.act(meeting, random, signal)));
    }
    await Promise.all(working);
  })();
  const talking = meeting.people.map(async (person) => {
    while (!isOver()) {
      await delay(MIN_PAUSE_MS + random() * (MAX_PAUSE_MS - MIN_PAUSE_MS), undefined, { signal });
      await meeting.say(person, faults.anySentence(random));
    }
  });
  await Promise.all([going, ...talking]);
  await allWritten(meeting, signal);
  await delay(Math.max(0, beganMs + QUIET_BY_MS - performance.now()), undefined, { signal });
  return troubles;
}

/** Waits until as much is written as was said, up to a limit: the end of the meeting reports what is missing. */
async function allWritten({ text, said }: FaultMeeting, signal: AbortSignal): Promise<void> {
  const wanted = said.reduce((sum, one) => sum + one.text.length, 0);
  const limitMs = performance.now() + SETTLE_LIMIT_MS;
  while (performance.now() < limitMs) {
    const written = readTranscript(text.messages).reduce((sum, line) => sum + line.text.length, 0);
    if (written >= wanted) return;
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}
