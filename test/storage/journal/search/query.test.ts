import { describe, expect, it } from 'vitest';
import type { Term } from '../../../../src/core/settings.ts';
import { type Clause, matchesIn, readQuery } from '../../../../src/storage/journal/search/query.ts';

/** `meet…` is open; the ways of a clause are parted by a bar. */
const shown = (clauses: readonly Clause[]) =>
  clauses.map(({ ways }) =>
    ways.map((way) => way.map(({ words, isOpen }) => words.join(' ') + (isOpen ? '…' : '')).join(' + ')).join(' | '),
  );
const term = (written: string, heard: readonly string[] = [], translations: Record<string, string> = {}): Term => ({
  written,
  heard: [...heard],
  translations,
});

describe('what somebody looks for', () => {
  it.each([
    ['', []],
    ['… —', []],
    ['Budget Review', ['budget…', 'review…']],
    ['the tea', ['the', 'tea']], // shorter beginnings are those of half the dictionary
    ['teas', ['teas…']],
    ['"Budget Review" now', ['budget review', 'now']],
    ['“Budget Review”', ['budget review']],
    ['"meet', ['meet…']],
    ['follow-up', ['follow up | followup…']],
    ['"follow-up"', ['follow up | followup']],
    ['3.5', ['3 5']],
    ['会議', ['会 議']],
    ['x a-b-y/z', ['x', 'a b y z']],
  ])('%s', (typed, clauses) => {
    expect(shown(readQuery(typed))).toEqual(clauses);
  });

  it('is sixteen words or phrases at most, of forty words each, within a thousand characters', () => {
    expect(readQuery('word '.repeat(17))).toHaveLength(16);
    expect(readQuery(`"${'a '.repeat(41)}"`)[0]?.ways[0]?.[0]?.words).toHaveLength(40);
    expect(readQuery(`${' '.repeat(999)}ab`).map(({ ways }) => ways[0]?.[0]?.words)).toEqual([['a']]);
  });

  it.each([
    [
      'as it is heard, where the term is named',
      'Palabra',
      [term('Palabra', ['pa labra'])],
      ['palabra… | pa labra | palabra'],
    ],
    ['also by a word of it', 'lake', [term('Data Lake', ['date alike'])], ['lake… | date alike | data lake']],
    [
      'also by the beginning of its last word',
      '"x" lake',
      [term('Data Lakehouse', ['date'])],
      ['x', 'lake… | date | data lakehouse'],
    ],
    [
      'also with words around it',
      '"our data lake now"',
      [term('Data Lake', ['date alike'])],
      ['our data lake now | our date alike now | our data lake now'],
    ],
    [
      'also by its translation',
      'consejo',
      [term('Board', ['bored'], { es: 'Consejo' })],
      ['consejo… | bored | board | consejo'],
    ],
    ['not, where another term is named', 'other', [term('Palabra', ['pa labra'])], ['other…']],
    ['not as nothing', 'palabra', [term('Palabra', ['…'], { es: '—' })], ['palabra… | palabra']],
    ['not for words in another order', '"lake data"', [term('Data Lake', ['date alike'])], ['lake data']],
  ])('is looked for %s', (_, typed, glossary, clauses) => {
    expect(shown(readQuery(typed, glossary))).toEqual(clauses);
  });

  it('is looked for once in each of the forms of a term, so that all of them have room', () => {
    const forms = Array.from({ length: 10 }, (_, n) => `form${n}`);
    const ways = ['palabra…', ...forms, 'palabra', 'palabre'];
    const translated = [term('Palabra', forms, { fr: 'Palabre' })];
    expect(shown(readQuery('palabra', translated))).toEqual([ways.join(' | ')]);
  });

  it('is looked for in 24 ways at most', () => {
    const forms = Array.from({ length: 30 }, (_, n) => `form${n}`);
    expect(readQuery('palabra', [term('Palabra', forms)])[0]?.ways).toHaveLength(24);
  });
});

describe('where it stands in a text', () => {
  const marked = (text: string, typed: string) =>
    matchesIn(text, readQuery(typed)).map(({ start, end }) => text.slice(start, end));
  it.each([
    ['each word, in their order', 'We review the budget', 'budget review', ['review', 'budget']],
    ['each time', 'tea and tea', 'tea', ['tea', 'tea']],
    ['with other endings', 'The meetings of the meeting', 'meet', ['meetings', 'meeting']],
    ['not with others where it is short', 'teas', 'tea', []],
    ['a phrase only as a whole', 'budget review, review budget', '"budget review"', ['budget review']],
    ['a phrase at the end, not beyond it', 'the budget', '"budget review"', []],
    ['not within a phrase with another ending', 'budgets review', '"budget review"', []],
    ['the one word that a sign parts', 'a follow-up', 'followup', ['follow-up']],
    ['two words that are one', 'a followup', 'follow-up', ['followup']],
    ['what overlaps once', 'alpha beta gamma', '"alpha beta" "beta gamma"', ['alpha beta gamma']],
    ['what lies within once', 'alpha beta', '"alpha beta" alpha', ['alpha beta']],
    ['what stands next to each other apart', '会議', '会 議', ['会', '議']],
    ['nowhere', 'nothing of it', 'budget', []],
  ])('is %s', (_, text, typed, matches) => {
    expect(marked(text, typed)).toEqual(matches);
  });
});
