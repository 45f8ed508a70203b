import { beforeAll, describe, expect, it } from 'vitest';
import { type FaultStage, SOUND } from './support/fault-stage.ts';
import type { Outcome } from './support/outcome.ts';
import { type Played, play } from './support/play.ts';
import { flawsOf, NONE } from './support/whole.ts';

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

describe('when three people share one socket', () => {
  let played: Played<'threeOverOne'>;
  beforeAll(async () => {
    played = await play({ threeOverOne }, { palabra: { socketsPerCredential: 1 } });
  }, 180_000);

  it('everything is told under the right names and in its time, only later', () => {
    expect(flawsOf(played.outcomes.threeOverOne)).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    expect(played.process).toEqual(SOUND);
  });
});

describe('when eight people share three sockets', () => {
  let played: Played<'eightOverThree'>;
  beforeAll(async () => {
    const palabra = { credentials: POOL, socketsPerCredential: 1 };
    played = await play({ eightOverThree }, { palabra, environment: POOL_ENVIRONMENT });
  }, 180_000);

  it('everything is told under the right names and in its time', () => {
    expect(flawsOf(played.outcomes.eightOverThree)).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    expect(played.process).toEqual(SOUND);
  });
});
