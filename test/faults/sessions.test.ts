import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FaultStage, SOUND, TURNS } from './support/fault-stage.ts';
import type { Outcome } from './support/outcome.ts';
import { type Played, play } from './support/play.ts';
import { flawsOf, NONE } from './support/whole.ts';

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

describe('when the recogniser refuses sessions, does not answer or does not take a token at first', () => {
  let played: Played<'refuses'>;
  beforeAll(async () => {
    played = await play({ refuses });
  }, 150_000);

  it('the words are kept and told', () => {
    expect(flawsOf(played.outcomes.refuses)).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    expect(played.process).toEqual(SOUND);
  });
});

describe('when finals come 5 s late', () => {
  let played: Played<'isSlow'>;
  beforeAll(async () => {
    played = await play({ isSlow });
  }, 150_000);

  it('they are waited for, also at the end', () => {
    expect(flawsOf(played.outcomes.isSlow)).toEqual(NONE);
  });
});

describe('when broken connections still count for 10 s', () => {
  let played: Played<'stillCounts'>;
  beforeAll(async () => {
    played = await play({ stillCounts }, { palabra: { socketsPerCredential: 3, lingerMs: 10_000 } });
  }, 150_000);

  it('the words are kept and told', () => {
    expect(flawsOf(played.outcomes.stillCounts)).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    expect(played.process).toEqual(SOUND);
  });
});
