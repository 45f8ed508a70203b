import { describe, expect, it } from 'vitest';
import { Roster } from '../../../../src/core/meeting/people/roster.ts';
import { makePerson } from '../../../support/make.ts';

const ana = makePerson({ id: '1', displayName: 'Ana' });
const ben = makePerson({ id: '2', displayName: 'Ben' });
const heard = { optedOut: false };

describe('who is in a meeting', () => {
  it('is whoever came and did not leave, since when, and with which choices', () => {
    const roster = new Roster();
    roster.enter(ana, 1_000, heard);
    roster.enter(ben, 2_000, { optedOut: true });
    expect(roster.everyone()).toEqual([
      { person: ana, joinedMs: 1_000, choices: heard },
      { person: ben, joinedMs: 2_000, choices: { optedOut: true } },
    ]);
    roster.leave('1');
    expect(roster.everyone().map(({ person }) => person.id)).toEqual(['2']);
    expect([roster.present('1'), roster.present('2')?.joinedMs]).toEqual([undefined, 2_000]);
  });

  it('has the choice that they made last, and keeps when they came', () => {
    const roster = new Roster();
    roster.enter(ana, 1_000, heard);
    roster.choose('1', { optedOut: true });
    expect(roster.present('1')).toEqual({ person: ana, joinedMs: 1_000, choices: { optedOut: true } });
  });

  it('is not who chose something without being there', () => {
    const roster = new Roster();
    roster.choose('1', { optedOut: true });
    expect(roster.everyone()).toEqual([]);
  });

  it('is known after they left, and a human also where nobody saw them', () => {
    const roster = new Roster();
    roster.enter(ana, 1_000, heard);
    roster.leave('1');
    expect(roster.person('1')).toEqual(ana);
    expect(roster.person('9')).toEqual({ id: '9', displayName: 'Somebody (9)', isBot: false });
  });
});
