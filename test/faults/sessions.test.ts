import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FaultStage, SOUND, TURNS } from '../support/meetings/fault-stage.ts';
import type { Outcome } from '../support/meetings/outcome.ts';
import { type Played, play } from '../support/meetings/play.ts';
import { flawsOf, NONE } from '../support/meetings/whole.ts';

async function refuses(faults: FaultStage): Promise<Outcome> {
  const { palabra } = faults.stage;
  palabra.faults.nextSession({ kind: 'status', status: 500 }, 2);
  palabra.faults.nextSession({ kind: 'hang' });
  palabra.faults.nextUpgrade({ kind: 'status', status: 401 });
  const meeting = await faults.meet();
  await meeting.talk(faults.scripts(meeting, TURNS));
  return await meeting.end('two session requests answered with 500, one never, one upgrade with 401');
}

async function isSlow(faults: FaultStage): Promise<Outcome> {
  faults.stage.palabra.faults.finalDelayMs = 5_000;
  const meeting = await faults.meet();
  await meeting.talk(faults.scripts(meeting, TURNS));
  return await meeting.end('finals 5 s late');
}

/** All connections break at once, and for 10 s the service counts them as active, unless their sessions are ended. */
async function stillCounts(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet();
  const breaking = delay(5_000).then(() => faults.stage.palabra.faults.resetAll());
  await Promise.all([meeting.talk(faults.scripts(meeting, TURNS)), breaking]);
  return await meeting.end('every socket reset once, each counted for 10 s more, no more allowed');
}

describe('when the recogniser', () => {
  let refusing: Played<'refuses'>;
  let slow: Played<'isSlow'>;
  let counting: Played<'stillCounts'>;
  beforeAll(async () => {
    [refusing, slow, counting] = await Promise.all([
      play({ refuses }),
      play({ isSlow }),
      play({ stillCounts }, { palabra: { socketsPerCredential: 3, lingerMs: 10_000 } }),
    ]);
  }, 180_000);

  it('refuses sessions, does not answer or does not take a token at first, the words are kept and told', () => {
    expect(flawsOf(refusing.outcomes.refuses)).toEqual(NONE);
  });

  it('sends its finals 5 s late, they are waited for, also at the end', () => {
    expect(flawsOf(slow.outcomes.isSlow)).toEqual(NONE);
  });

  it('counts broken connections for 10 s more, nothing is lost', () => {
    expect(flawsOf(counting.outcomes.stillCounts)).toEqual(NONE);
  });

  it('is in trouble, the log holds no defect, no secret and no spoken word', () => {
    for (const { process } of [refusing, slow, counting]) expect(process).toEqual(SOUND);
  });
});
