import type { FaultMeeting } from './fault-meeting.ts';
import { type FaultStage, TURNS } from './fault-stage.ts';

/** Lets a meeting talk, and does something to it again and again meanwhile. */
export async function talkWhile(
  faults: FaultStage,
  meeting: FaultMeeting,
  everyMs: number,
  act: (round: number) => void,
): Promise<void> {
  let round = 0;
  const timer = setInterval(() => act(round++), everyMs);
  await meeting.talk(faults.scripts(meeting, TURNS)).finally(() => clearInterval(timer));
}
