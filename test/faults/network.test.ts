import { beforeAll, describe, expect, it } from 'vitest';
import { PERFECT, seededRandom, type VoiceHabits } from '../simulators/discord/voice/index.ts';
import { type FaultStage, SOUND, TURNS } from '../support/meetings/fault-stage.ts';
import type { Outcome } from '../support/meetings/outcome.ts';
import { type Played, play } from '../support/meetings/play.ts';
import { flawsOf, NONE } from '../support/meetings/whole.ts';

const LATE: Partial<VoiceHabits> = { announces: { afterMs: 400 } };

const SEED = 11; // neither kind nor cruel: half as many characters are wrong as may be

type Network = typeof PERFECT;
type Line = 'loses 1 %' | 'loses 5 %' | 'loses 10 %' | 'swaps 5 %' | 'doubles 5 %' | 'delays' | 'names late';

const lossRates = new Map<string, number>();

/** A meeting over a line like this between the voice server and the bot. */
function over(what: Partial<Network>, name: string, people = 2, habits: Partial<VoiceHabits> = {}) {
  return async (faults: FaultStage): Promise<Outcome> => {
    const meeting = await faults.meet(people, habits);
    // Everybody has dice of their own, so that the same packets are lost in each run, however people's packets interleave.
    for (const [index, person] of meeting.people.entries())
      meeting.voiceOf(person).network = { ...PERFECT, random: seededRandom(SEED + index), ...what };
    await meeting.talk(faults.scripts(meeting, TURNS));
    const traffic = meeting.people.map((person) => meeting.voiceOf(person).traffic);
    const sum = (kind: 'lost' | 'sent') => traffic.reduce((total, each) => total + each[kind], 0);
    lossRates.set(name, sum('lost') / sum('sent'));
    return await meeting.end(name);
  };
}

/** At most a tenth as many characters are wrong as packets were lost, and what is there is in its place. */
const isUnderstood = (name: string) => (outcome: Outcome) =>
  outcome.characterErrorRate <= (lossRates.get(name) ?? 0) / 10 && !flawsOf(outcome).isFarFromItsTime;

describe('over a bad line', () => {
  let played: Played<Line>;
  beforeAll(async () => {
    const scenarios = {
      'loses 1 %': over({ lossRate: 0.01 }, 'UDP loss 1 %'),
      'loses 5 %': over({ lossRate: 0.05 }, 'UDP loss 5 %', 3),
      'loses 10 %': over({ lossRate: 0.1 }, 'UDP loss 10 %', 3),
      'swaps 5 %': over({ reorderRate: 0.05 }, 'UDP reorder 5 %'),
      'doubles 5 %': over({ duplicateRate: 0.05 }, 'UDP duplicates 5 %'),
      delays: over({ jitterMs: 80 }, 'UDP jitter up to 80 ms'),
      'names late': over({}, 'speakers named 400 ms late', 2, LATE),
    };
    played = await play<Line>(
      scenarios,
      {},
      { 'loses 5 %': isUnderstood('UDP loss 5 %'), 'loses 10 %': isUnderstood('UDP loss 10 %') },
    );
  }, 120_000);

  it('that loses 1 % of the packets, nothing is lost, doubled or out of its time', () => {
    expect(flawsOf(played.outcomes['loses 1 %'])).toEqual(NONE);
  });

  it.each([
    ['loses 5 %', 'UDP loss 5 %'],
    ['loses 10 %', 'UDP loss 10 %'],
  ] as const)('that %s of the packets, at most a tenth as many characters are wrong', (line, name) => {
    const lossRate = lossRates.get(name) ?? 0;
    expect(lossRate).toBeGreaterThan(0.03);
    expect(played.outcomes[line].characterErrorRate).toBeLessThanOrEqual(lossRate / 10);
    expect(flawsOf(played.outcomes[line])).toMatchObject({ isFarFromItsTime: false, gaps: [] });
  });

  it('that swaps packets, nothing is lost, doubled or out of its time', () => {
    expect(flawsOf(played.outcomes['swaps 5 %'])).toEqual(NONE);
  });

  it('that doubles packets, nothing is lost, doubled or out of its time', () => {
    expect(flawsOf(played.outcomes['doubles 5 %'])).toEqual(NONE);
  });

  it('that delays packets by up to 80 ms, nothing is lost, doubled or out of its time', () => {
    expect(flawsOf(played.outcomes.delays)).toEqual(NONE);
  });

  it('over which people are named only after they began, their first syllables are there', () => {
    expect(flawsOf(played.outcomes['names late'])).toEqual(NONE);
  });

  it('the log holds no defect, no secret and no spoken word', () => {
    expect(played.process).toEqual(SOUND);
  });
});
