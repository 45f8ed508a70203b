import { describe, expect, it } from 'vitest';
import { Roster } from '../../../src/core/meeting/people/roster.ts';
import { Names, namesIn } from '../../../src/core/text/names.ts';
import { makeFinal, makePerson, makeTranslation } from '../../support/make.ts';

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

  it('is nobody else’s, even where others took it with every mark', () => {
    const names = new Names();
    const taken = ['Ana', 'Ana (5678)', `Ana (${OTHER})`];
    for (const [index, name] of taken.entries()) names.nameOf(`33${index}`, name);
    const name = names.nameOf(OTHER, 'Ana');
    expect(taken).not.toContain(name);
    expect(names.nameOf(OTHER, 'Ana')).toBe(name);
    expect(names.nameOf('332', `Ana (${OTHER})`)).toBe(`Ana (${OTHER})`);
  });

  it('stays theirs after they changed it or left, as their words stand under it', () => {
    const names = new Names();
    names.nameOf(ANA, 'Ana');
    expect(names.nameOf(ANA, 'Anita')).toBe('Anita');
    expect(names.nameOf(OTHER, 'Ana')).toBe('Ana (5678)');
    expect(names.nameOf(ANA, 'Ana')).toBe('Ana');
  });
});

describe('what people are called in a record', () => {
  const stay = (speakerId: string, displayName: string, joinedMs = 0) => ({ speakerId, displayName, joinedMs });
  const record = { attendance: [], finals: [], translations: [], gaps: [] };
  const unseen = {
    finals: [makeFinal({ speakerId: '90001' })],
    translations: [makeTranslation({ speakerId: '90002' })],
    gaps: [
      { speakerId: '90003', startMs: 0, endMs: 1, reason: 'too much at once' as const },
      { startMs: 0, endMs: 1, reason: 'restarted' as const }, // of nobody
    ],
  };
  it.each([
    ['as they were shown', { ...record, attendance: [stay('1', ' Ana\n')] }, { 1: 'Ana' }],
    [
      'by their latest name, in whatever order it was kept',
      { ...record, attendance: [stay('1', 'Anita', 9_000), stay('1', 'Ana', 1_000)] },
      { 1: 'Anita' },
    ],
    [
      'with the end of their id where several are called alike',
      { ...record, attendance: [stay('10001', 'Ana'), stay('10002', 'ANA'), stay('3', 'Ben')] },
      { 10001: 'Ana (0001)', 10002: 'ANA (0002)', 3: 'Ben' },
    ],
    [
      'with all of their id where its end is alike, too',
      { ...record, attendance: [stay('10001', 'Ana'), stay('20001', 'Ana')] },
      { 10001: 'Ana (0001) (10001)', 20001: 'Ana (0001) (20001)' },
    ],
    [
      'somebody where the name shows nothing',
      { ...record, attendance: [stay('10001', '\u3164')] },
      { 10001: 'Somebody (0001)' },
    ],
    [
      'somebody where nobody saw them come',
      { ...record, ...unseen },
      { 90001: 'Somebody (0001)', 90002: 'Somebody (0002)', 90003: 'Somebody (0003)' },
    ],
    [
      'by their name also where they spoke',
      { ...record, ...unseen, gaps: [], translations: [], attendance: [stay('90001', 'Ana')] },
      { 90001: 'Ana' },
    ],
  ])('%s', (_, of, names) => {
    expect(Object.fromEntries(namesIn(of))).toEqual(names);
  });

  it('are called as somebody wants to call whom nobody saw', () => {
    expect(namesIn({ ...record, finals: unseen.finals }, () => 'Jemand').get('90001')).toBe('Jemand');
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
