import { describe, expect, it } from 'vitest';
import { Roster } from '../../../src/core/meeting/attendance.ts';
import { Names } from '../../../src/core/text/names.ts';
import { makePerson } from '../../support/make.ts';

const ANA = '111111111111111234';
const OTHER = '222222222222225678';

describe('the name of somebody in a meeting', () => {
  it.each([
    ['Ana', 'Ana'],
    ['  Ana\n# Maria ', 'Ana # Maria'],
    ['', 'Somebody (1234)'],
    ['\u3164', 'Somebody (1234)'],
    ['\u2800\u2800', 'Somebody (1234)'],
    ['\uffa0', 'Somebody (1234)'],
    ['\u115f', 'Somebody (1234)'],
    ['\u180e', 'Somebody (1234)'],
    ['\u034f', 'Somebody (1234)'],
    ['\u200b\u2060', 'Somebody (1234)'],
  ])('%j is %j', (shown, name) => {
    expect(new Names().nameOf(ANA, shown)).toBe(name);
  });

  it.each([
    ['Ana', 'Ana'],
    ['Ana', 'ANA'],
    ['Ana', 'A\u200bna'],
    ['Ana', 'Ａｎａ'],
    ['Ana', ' Ana '],
  ])('has a mark when somebody is called so already: %j, then %j', (first, second) => {
    const names = new Names();
    expect(names.nameOf(ANA, first)).toBe(first);
    expect(names.nameOf(OTHER, second)).toMatch(/ \(5678\)$/);
  });

  it('is never that of somebody else with a mark, whoever calls themselves so', () => {
    const names = new Names();
    names.nameOf(ANA, 'Ana');
    names.nameOf('333', 'Ana (5678)');
    expect(names.nameOf(OTHER, 'Ana')).toBe(`Ana (${OTHER})`);
  });

  it('stays theirs after they changed it or left, as their words stand under it', () => {
    const names = new Names();
    names.nameOf(ANA, 'Ana');
    expect(names.nameOf(ANA, 'Anita')).toBe('Anita');
    expect(names.nameOf(OTHER, 'Ana')).toBe('Ana (5678)');
    expect(names.nameOf(ANA, 'Ana')).toBe('Ana');
  });
});

describe('everybody of a meeting', () => {
  it('is known by one name, present or gone, also after a restart', () => {
    const before = new Roster();
    before.enter(makePerson({ id: ANA, displayName: 'Ana' }), 0, { optedOut: false });
    const second = before.enter(makePerson({ id: OTHER, displayName: 'Ana' }), 0, { optedOut: false });
    before.leave(OTHER);
    expect(before.person(OTHER).displayName).toBe('Ana (5678)');
    const after = new Roster();
    for (const { id, displayName } of [before.person(ANA), second]) after.remember({ id, displayName, isBot: false });
    expect(after.enter(makePerson({ id: OTHER, displayName: 'Ana' }), 0, { optedOut: false }).displayName).toBe(
      'Ana (5678)',
    );
    expect(after.enter(makePerson({ id: ANA, displayName: 'Ana' }), 0, { optedOut: false }).displayName).toBe('Ana');
  });

  it('has a name of their own also when nobody saw them come', () => {
    const roster = new Roster();
    expect(roster.person('333').displayName).not.toBe(roster.person('444').displayName);
  });
});
