import { describe, expect, it } from 'vitest';
import { objectsIn } from '../../src/summary/objects-in.ts';

describe('the objects in an answer of a model', () => {
  it.each([
    ['one alone', '{"a":1}', [{ a: 1 }]],
    ['one among words', 'Here it is: {"a":1}. Done.', [{ a: 1 }]],
    ['the last one first', '{"a":1} or {"b":2}', [{ b: 2 }, { a: 1 }]],
    ['one that holds others, whole', '{"a":{"b":{}}}', [{ a: { b: {} } }]],
    ['one with braces in its texts', '{"a":"} { \\" }"}', [{ a: '} { " }' }]],
    ['none of what was thought aloud', 'hm {"a":1}</think>{"b":2}', [{ b: 2 }]],
    ['none of what is no JSON, and what stands in it', '{not {"a":1}}', [{ a: 1 }]],
    ['none that never ends, and what stands in it', '{"a": {"b":1}', [{ b: 1 }]],
    ['none where there is none', 'Nothing was said.', []],
    ['none of braces alone', '}}{', []],
  ])('are %s', (_, answer, objects) => {
    expect(objectsIn(answer)).toEqual(objects);
  });

  it('are looked for at 200 places', () => {
    expect(objectsIn(`${'{ '.repeat(199)}{"a":1}`)).toEqual([{ a: 1 }]);
    expect(objectsIn(`${'{ '.repeat(200)}{"a":1}`)).toEqual([]);
  });
});
