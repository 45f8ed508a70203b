import { expect, it } from 'vitest';
import { AT_THE_END, IN_THE_MIDDLE } from '../../scripts/crash/moments.ts';
import { KilledSitting } from '../../scripts/crash/sitting.ts';
import { seededRandom } from '../simulators/discord/voice/index.ts';
import { faultStage } from '../support/meetings/fault-stage.ts';
import { sentences } from '../support/meetings/sentences.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';

// `npm run crash` does this for as many rounds as one likes.
it('loses nothing and posts nothing twice when it is killed while it posts, and while it ends', {
  ...inRealTime,
  timeout: 120_000,
}, async () => {
  await using faults = await faultStage();
  const sitting = new KilledSitting(faults, sentences(120, 3).values(), 2, seededRandom(3));
  const moments = IN_THE_MIDDLE.filter(({ name }) => name.includes('posted'));
  const [, minutesPosted] = AT_THE_END;
  if (!minutesPosted) throw new Error('There is no such moment');
  const { verdicts, complaints } = await sitting.play(moments, minutesPosted);
  expect(verdicts.map(({ flaws }) => flaws)).toEqual([[], []]);
  expect(complaints).toEqual([]);
});
