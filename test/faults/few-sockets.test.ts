import { beforeAll, describe, expect, it } from 'vitest';
import { type FaultStage, SOUND } from '../support/meetings/fault-stage.ts';
import type { Outcome } from '../support/meetings/outcome.ts';
import { type Played, play } from '../support/meetings/play.ts';
import { flawsOf, NONE } from '../support/meetings/whole.ts';

const POOL = [1, 2, 3].map((each) => ({ clientId: `client-${each}`, clientSecret: `a-secret-of-pool-${each}` }));
const POOL_ENVIRONMENT = {
  PALABRA_CLIENT_ID: POOL.map(({ clientId }) => clientId).join(),
  PALABRA_CLIENT_SECRET: POOL.map(({ clientSecret }) => clientSecret).join(),
};

async function threeOverOne(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet(3);
  await meeting.talk(faults.scripts(meeting, 3));
  return await meeting.end('three people, one socket');
}

async function eightOverThree(faults: FaultStage): Promise<Outcome> {
  const meeting = await faults.meet(8);
  await meeting.talk(faults.scripts(meeting, 3));
  return await meeting.end('eight people, a pool of three sockets');
}

describe('with fewer sockets than people who speak', () => {
  let one: Played<'threeOverOne'>;
  let pool: Played<'eightOverThree'>;
  beforeAll(async () => {
    [one, pool] = await Promise.all([
      play({ threeOverOne }, { palabra: { socketsPerCredential: 1 } }),
      play(
        { eightOverThree },
        { palabra: { credentials: POOL, socketsPerCredential: 1 }, environment: POOL_ENVIRONMENT },
      ),
    ]);
  }, 180_000);

  it('three people share one, and everything is told under the right names and in its time, only later', () => {
    expect(flawsOf(one.outcomes.threeOverOne)).toEqual(NONE);
  });

  it('eight people share three, and everything is told under the right names and in its time', () => {
    expect(flawsOf(pool.outcomes.eightOverThree)).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    for (const { process } of [one, pool]) expect(process).toEqual(SOUND);
  });
});
