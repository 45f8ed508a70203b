import { describe, expect, it } from 'vitest';
import { People } from '../../../../src/web/browser/feed/people.ts';
import type { ShownPerson } from '../../../../src/web/browser/wire.ts';

describe('the people of a page', () => {
  const person = (parts: Partial<ShownPerson>): ShownPerson => ({
    ...{ key: 'a', name: 'Ana', colour: 3, isThere: true, isSpeaking: false },
    ...parts,
  });

  it('are those who are there, by name', () => {
    const people = new People();
    for (const [key, name] of Object.entries({ z: 'Zoë', a: 'Ana', g: 'Gone' })) people.take(person({ key, name }));
    people.take(person({ key: 'g', name: 'Gone', isThere: false }));
    expect(people.there.map(({ name }) => name)).toEqual(['Ana', 'Zoë']);
  });

  it('look the same while they only speak, so that nothing is drawn again', () => {
    const people = new People();
    const line = { person: 'a', name: 'As it was said' };
    expect(people.lookOf(line)).toEqual({ name: 'As it was said', colour: 0 });
    people.take(person({}));
    const look = people.lookOf(line);
    expect(look).toEqual({ name: 'Ana', colour: 3 });
    people.take(person({ isSpeaking: true }));
    expect(people.lookOf(line)).toBe(look);
    people.take(person({ picture: 'm1/pictures/a' }));
    expect(people.lookOf(line)).toEqual({ name: 'Ana', colour: 3, picture: 'm1/pictures/a' });
  });

  it('are forgotten when they have no name any more, or do not come again', () => {
    const people = new People();
    for (const key of ['a', 'b', 'c']) people.take(person({ key, name: key }));
    people.take(person({ key: 'a', name: '' }));
    people.beginAnew();
    people.take(person({ key: 'b', name: 'b' }));
    people.settle();
    expect(people.there.map(({ key }) => key)).toEqual(['b']);
  });
});
