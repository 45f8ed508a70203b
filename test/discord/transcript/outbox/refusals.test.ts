import { describe, expect, it } from 'vitest';
import { lineMarks } from '../../../../src/discord/formatting/line-marks.ts';
import { headOf, linesOf } from '../../../../src/discord/transcript/outbox/line.ts';
import { Refusals } from '../../../../src/discord/transcript/outbox/refusals.ts';
import { wordsFor } from '../../../../src/i18n/words.ts';
import { makePerson } from '../../../support/make.ts';

const head = headOf(makePerson(), { utteranceId: 'u1', startMs: 0 }, new Date(0), lineMarks(wordsFor('en-US')));
const [bad, worse] = linesOf(head, ['bad', 'worse'], 'final', 0);
const apology = { kind: 'sentence', text: 'A line could not be posted' } as const;

function lines() {
  if (!bad || !worse) throw new Error('There are two pieces');
  return { bad, worse };
}

describe('what Discord refuses', () => {
  it('goes one by one, as often as there were entries in the message', () => {
    const refusals = new Refusals();
    expect(refusals.isOneByOne).toBe(false);
    refusals.goOneByOne(2);
    refusals.noteAttempt();
    expect(refusals.isOneByOne).toBe(true);
    refusals.noteAttempt();
    expect(refusals.isOneByOne).toBe(false);
  });

  it('is remembered as a name that the webhook may not use', () => {
    const refusals = new Refusals();
    refusals.refuseNamesOf([lines().bad, apology]);
    expect([...refusals.names]).toEqual(['Ana']);
  });

  it('goes to another place when this one refused the apology as well', () => {
    const refusals = new Refusals();
    const { bad, worse } = lines();
    refusals.leaveOut(bad, apology);
    refusals.leaveOut(worse, { ...apology });
    refusals.leaveOut(apology); // an earlier one: a sentence like any other
    expect(refusals.takeLeftOut()).toEqual([bad, worse, apology]);
    expect(refusals.takeLeftOut()).toEqual([]);
  });

  it('leaves the latest apology behind, as what it is about goes on', () => {
    const refusals = new Refusals();
    refusals.leaveOut(lines().bad, apology);
    refusals.leaveOut(apology);
    expect(refusals.takeLeftOut()).toEqual([lines().bad]);
  });

  it('is to blame itself once the place takes another message', () => {
    const refusals = new Refusals();
    refusals.leaveOut(lines().bad, apology);
    refusals.noteTaken();
    expect(refusals.takeLeftOut()).toEqual([]);
  });

  it('goes nowhere any more when somebody took it back', () => {
    const refusals = new Refusals();
    const { bad, worse } = lines();
    refusals.leaveOut(bad, apology);
    refusals.leaveOut(worse, apology);
    refusals.forgetEntry(bad);
    refusals.forgetEntry(apology); // it was never left out
    expect(refusals.takeLeftOut()).toEqual([worse]);
  });
});
