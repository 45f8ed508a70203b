import { describe, expect, it } from 'vitest';
import { readDraft, readTexts } from '../../src/summary/read-draft.ts';

const nothing = { title: '', keyPoints: [], decisions: [], actions: [], questions: [] };
const linesOf = (lines: unknown) => readDraft({ keyPoints: [{ text: 'x', lines }] })?.keyPoints[0]?.lines;

describe('a draft that a model wrote', () => {
  it('is taken as it is where it has the shape that was asked for', () => {
    const draft = {
      title: 'Budget',
      keyPoints: [{ text: 'k', lines: [1] }],
      decisions: [{ text: 'd', lines: [2] }],
      actions: [{ text: 'a', lines: [3], owner: 'Ana', due: 'Monday' }],
      questions: [{ text: 'q', lines: [4] }],
    };
    expect(readDraft(draft)).toEqual(draft);
  });

  it.each([[undefined], [null], ['text'], [7], [[]], [{}], [{ title: 'Budget' }], [{ keyPoints: 'none' }]])(
    'is none: %j',
    (value) => {
      expect(readDraft(value)).toBeUndefined();
    },
  );

  it.each(['keyPoints', 'decisions', 'actions', 'questions'])('is one where there are %s only', (name) => {
    expect(readDraft({ [name]: [] })).toEqual(nothing);
  });

  it('costs no other item where one has another shape', () => {
    const good = { text: 'x', lines: [1] };
    const points = [good, null, 'text', [], {}, { text: '' }, { text: null }, { text: 5, lines: 2 }];
    const kept = [good, { text: '5', lines: [2] }];
    expect(readDraft({ keyPoints: points, actions: points })).toEqual({
      ...nothing,
      keyPoints: kept,
      actions: kept.map((one) => ({ ...one, owner: null, due: null })),
    });
  });

  it('has no owner and no date where there is no text of them', () => {
    const actions = [{ text: 'x', lines: [1], owner: '', due: {} }];
    expect(readDraft({ actions })?.actions).toEqual([{ text: 'x', lines: [1], owner: null, due: null }]);
  });

  it.each([
    [[3], [3]],
    [3, [3]],
    ['3', [3]],
    ['[3]', [3]],
    ['lines 3 and 5', [3, 5]],
    ['3-5', [3, 4, 5]],
    ['3 – 5', [3, 4, 5]],
    ['5-3', [5, 3]],
    ['5-5', [5, 5]],
    ['1-20', Array.from({ length: 20 }, (_, index) => index + 1)],
    ['1-21', [1, 21]],
    [
      [1, '2', null, 'none', 2.5, {}],
      [1, 2],
    ],
    [undefined, []],
  ])('cites lines as models name them: %j', (lines, numbers) => {
    expect(linesOf(lines)).toEqual(numbers);
  });
});

describe('the texts of a translation', () => {
  it('are taken in their order, empty where one is none', () => {
    expect(readTexts({ texts: ['a', 2, null] })).toEqual({ texts: ['a', '2', ''] });
  });

  it.each([[null], ['a'], [{}], [{ texts: 'a' }]])('are none: %j', (value) => {
    expect(readTexts(value)).toBeUndefined();
  });
});
