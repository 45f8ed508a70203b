import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Holding, nextShare } from '../../../src/storage/cluster/share-out.ts';

const held = (hash: string, holder: string, more: Partial<Holding> = {}): Holding => ({
  hash,
  holder,
  isAlive: true,
  isGiving: false,
  sockets: 0,
  ...more,
});

describe('the share of one process in the recogniser’s credentials', () => {
  it.each<[string, string[], string[], Holding[], { take: string[]; give: string[] }]>([
    ['everything, for a process that is alone', ['a', 'b', 'c'], ['me'], [], { take: ['a', 'b', 'c'], give: [] }],
    ['half of it beside another one', ['a', 'b', 'c', 'd'], ['me', 'you'], [], { take: ['a', 'b'], give: [] }],
    [
      'one more where there is one over',
      ['a', 'b', 'c'],
      ['me', 'you'],
      [held('b', 'you')],
      { take: ['a', 'c'], give: [] },
    ],
    [
      'not the one that another one still lacks',
      ['a', 'b', 'c'],
      ['me', 'you'],
      [held('a', 'me')],
      { take: ['b'], give: [] },
    ],
    [
      'nothing of those who live',
      ['a', 'b'],
      ['me', 'you'],
      [held('a', 'me'), held('b', 'you')],
      { take: [], give: [] },
    ],
    [
      'what a dead one held',
      ['a', 'b'],
      ['me'],
      [held('a', 'me'), held('b', 'you', { isAlive: false })],
      { take: ['b'], give: [] },
    ],
    ['nothing for one that drains', ['a'], ['you'], [], { take: [], give: [] }],
    [
      'a part of somebody’s at once, rather of one who has more',
      ['a', 'b', 'c'],
      ['me', 'you', 'they'],
      [held('a', 'they'), held('b', 'you'), held('c', 'you')],
      { take: ['b'], give: [] },
    ],
    [
      'what remains after a newcomer has come to share it',
      ['a', 'b'],
      ['me', 'you'],
      [held('a', 'me'), held('b', 'me'), held('a', 'you')],
      { take: [], give: ['a'] },
    ],
    [
      'less, those without sockets first, where it is too much',
      ['a', 'b', 'c', 'd'],
      ['me', 'you'],
      [held('a', 'me', { sockets: 1 }), held('b', 'me'), held('c', 'me', { sockets: 2 }), held('d', 'you')],
      { take: [], give: ['b'] },
    ],
    [
      'not less still while some of it is being given',
      ['a', 'b', 'c', 'd'],
      ['me', 'you'],
      [held('a', 'me'), held('b', 'me', { isGiving: true, sockets: 1 }), held('c', 'me'), held('d', 'you')],
      { take: [], give: [] },
    ],
    [
      'a free one in place of a shared one',
      ['a', 'b'],
      ['me', 'you'],
      [held('a', 'me'), held('a', 'you')],
      { take: ['b'], give: ['a'] },
    ],
    [
      'the one that the fewest share, where there are fewer than processes',
      ['a', 'b'],
      ['me', 'you', 'they', 'she'],
      [held('a', 'you'), held('a', 'they'), held('b', 'she')],
      { take: ['b'], give: [] },
    ],
    [
      'another one where that evens out the sharing',
      ['a', 'b'],
      ['me', 'you', 'they', 'she'],
      [held('a', 'me'), held('a', 'you'), held('a', 'they'), held('b', 'she')].slice(0, 4),
      { take: ['b'], give: ['a'] },
    ],
  ])('is %s', (_, hashes, fleet, holdings, change) => {
    expect(nextShare({ me: 'me', fleet, hashes, holdings, mayJudge: true })).toEqual(change);
  });

  it('is nothing of the dead for a process that may not judge that yet', () => {
    const holdings = [held('a', 'you', { isAlive: false })];
    const situation = { me: 'me', fleet: ['me'], hashes: ['a', 'b'], holdings };
    expect(nextShare({ ...situation, mayJudge: false }).take).toEqual(['b']);
    expect(nextShare({ ...situation, mayJudge: true }).take).toEqual(['a', 'b']);
  });

  it('settles after every coming and going: nobody is without, no share differs by more than one', () => {
    const steps = fc.array(fc.record({ comes: fc.boolean(), who: fc.nat(7), dies: fc.boolean() }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), steps, (credentials, all) => {
        const hashes = Array.from({ length: credentials }, (_, n) => `c${n}`);
        const fleet = new Set(['p0']);
        let holdings: Holding[] = [];
        for (const { comes, who, dies } of all) {
          const id = `p${who}`;
          if (comes && fleet.has(id)) continue;
          if (comes) {
            holdings = holdings.filter(({ holder }) => holder !== id);
            fleet.add(id);
          } else if (fleet.size > 1) {
            fleet.delete(id);
            holdings = dies
              ? holdings.map((each) => (each.holder === id ? { ...each, isAlive: false } : each))
              : holdings.filter(({ holder }) => holder !== id);
          }
          holdings = settle(hashes, [...fleet], holdings);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Lets everybody take their steps until nothing changes, and checks what came of it. */
function settle(hashes: readonly string[], fleet: readonly string[], before: readonly Holding[]): Holding[] {
  let holdings = [...before];
  for (let round = 0; ; round += 1) {
    expect(round).toBeLessThan(20);
    let isChanged = false;
    for (const me of fleet) {
      const { take, give } = nextShare({ me, fleet, hashes, holdings, mayJudge: true });
      isChanged ||= take.length + give.length > 0;
      const isMine = ({ hash, holder }: Holding, some: readonly string[]) => holder === me && some.includes(hash);
      const given = holdings.map((each) => (isMine(each, give) ? { ...each, isGiving: true } : each));
      const taken = take.filter((hash) => !give.includes(hash)).map((hash) => held(hash, me));
      holdings = [...given.filter((each) => each.isAlive && !isMine(each, take)), ...taken];
      expect(holdings.some(({ holder, isGiving }) => holder === me && !isGiving)).toBe(true); // nobody is ever without
    }
    holdings = holdings.filter(({ isGiving }) => !isGiving); // their last sockets are closed
    if (!isChanged) break;
  }
  const counts = fleet.map((id) => holdings.filter(({ holder }) => holder === id).length);
  const sharers = hashes.map((hash) => holdings.filter((each) => each.hash === hash).length);
  const isEnough = hashes.length >= fleet.length;
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(isEnough ? 1 : 0);
  expect(Math.max(...sharers) - Math.min(...sharers)).toBeLessThanOrEqual(isEnough ? 0 : 1);
  expect(isEnough ? Math.max(...sharers) : Math.max(...counts)).toBe(1);
  return holdings;
}
