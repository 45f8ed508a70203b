import { describe, expect, it } from 'vitest';
import { knownOwner, withKnownOwners } from '../../src/summary/owners.ts';

const people = [
  { name: 'Ana Torres', shownAs: 'Ana Torres' },
  { name: 'Ben Ops', shownAs: 'Ben [Ops]' },
  { name: 'Jo (0001)', shownAs: 'Jo (0001)' },
  { name: 'Jo (0002)', shownAs: 'Jo (0002)' },
  { name: '田中', shownAs: '田中' },
];
const nothing: string[] = [];

describe('the owner of an action', () => {
  it.each([
    ['a person of the meeting', 'Ana Torres', nothing, 'Ana Torres'],
    ['a person in other case and without accents', 'aná TORRES', nothing, 'Ana Torres'],
    ['a part of a name that only one person has', 'Ana', nothing, 'Ana Torres'],
    ['a person whose name looks different in the minutes', 'Ben Ops', nothing, 'Ben [Ops]'],
    ['one of two people with the same name', 'Jo (0002)', nothing, 'Jo (0002)'],
    ['a person without spaces', '田中', nothing, '田中'],
    ['somebody whom a cited line names', 'Zoe', ['We ask Zoe for it'], 'Zoe'],
    ['somebody whom a translation of a cited line names', 'Zoe', ['頼みます', 'Se lo pedimos a Zoé'], 'Zoe'],
    ['a name with an ending', 'Peter', ['Das ist Peters Aufgabe'], 'Peter'],
    ['a name that is inflected', 'Анна', ['Скажите Анне об этом'], 'Анна'],
    ['a name within a script without spaces', '鈴木', ['鈴木さんに頼みます'], '鈴木'],
    ['a person who shares a name with others, in full', 'Ana', nothing, 'Ana', ['Ana', 'Ana Torres']],
    ['a person whose name is one letter', 'I', nothing, 'I', ['I', 'I Two']],
    ['a name without the spaces around it', ' Zoe ', ['Zoe'], 'Zoe'],
    ['a name with an ending of two letters', 'Petrow', ['Петров: petrowna'], 'Petrow'],
    ['a short name with an ending', 'Bo', ['Bos Sache'], 'Bo'],
    ['a group that a line names', 'Legal team', ['the team in legal reads it'], 'Legal team'],
    ['several people', 'Ana and Ben Ops', nothing, 'Ana Torres, Ben [Ops]'],
    ['the known ones of several people', 'Ana, Zoe & 田中', nothing, 'Ana Torres, 田中'],
  ])('is kept: %s', (_, owner, cited, shown, names?: string[]) => {
    const there = names?.map((name) => ({ name, shownAs: name })) ?? people;
    expect(knownOwner(owner, there, cited)).toBe(shown);
  });

  it.each([
    ['somebody who was not there', 'Zoe', ['We ask somebody for it']],
    ['somebody whom only another line names', 'Zoe', nothing],
    ['a name within a word', 'Ann', ['We announce it']],
    ['half a name', 'Zoe Miller', ['We ask Zoe for it']],
    ['a name that two people have', 'Jo', nothing],
    ['a letter of a name', 'B', nothing],
    ['signs alone', '—', ['—']],
    ['a letter that begins a word', 'Zo', ['Zoological']],
    ['a short name with another ending', 'Bo', ['Be that as it may']],
    ['one name of two people', 'Ana Jo', nothing],
    ['nothing', '', ['We ask Zoe for it']],
  ])('is not kept: %s', (_, owner, cited) => {
    expect(knownOwner(owner, people, cited)).toBeUndefined();
  });
});

describe('the actions of a summary', () => {
  it('keep the owners that are known, and everything else as it is', () => {
    const cites = ['u1'];
    const text = {
      language: 'en',
      keyPoints: [{ text: 'k', cites }],
      decisions: [],
      actions: [
        { text: 'a', cites, owner: 'ana', due: 'Monday' },
        { text: 'b', cites, owner: 'Zoe' },
        { text: 'c', cites: ['u2'], owner: 'Zoe' },
        { text: 'd', cites },
      ],
      questions: [],
    };
    const cited = (utteranceId: string) => (utteranceId === 'u1' ? ['We ask Zoe'] : []);
    expect(withKnownOwners(text, people, cited)).toEqual({
      ...text,
      actions: [
        { text: 'a', cites, owner: 'Ana Torres', due: 'Monday' },
        { text: 'b', cites, owner: 'Zoe' },
        { text: 'c', cites: ['u2'] },
        { text: 'd', cites },
      ],
    });
  });
});
