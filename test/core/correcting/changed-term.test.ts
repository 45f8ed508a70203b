import { describe, expect, it } from 'vitest';
import { changedTerm } from '../../../src/core/correcting/changed-term.ts';

describe('the term that a correction put right', () => {
  it.each([
    ['a name', 'We ask Cuba netties about it', 'We ask Kubernetes about it', 'cuba netties', 'Kubernetes'],
    ['at the beginning', 'parly is a bot', 'Parley is a bot', 'parly', 'Parley'],
    ['at the end, before a full stop', 'I have asked an a.', 'I have asked Anna.', 'an a', 'Anna'],
    ['only its case', 'we use postgres here', 'we use Postgres here', 'postgres', 'Postgres'],
    ['behind a new capital', 'we ask cuba netties', 'We ask Kubernetes', 'cuba netties', 'Kubernetes'],
    ['with a digit', 'deploy kate’s', 'deploy k8s', 'kate’s', 'k8s'],
    ['beside a small word', 'the in voice of Mike’s fell', 'an in voice of MaxFell', 'mike’s fell', 'MaxFell'],
    ['with a hyphen', 'Ask gene marc', 'Ask Jean-Marc', 'gene marc', 'Jean-Marc'],
    ['in Japanese', '明日は久場ネティスの話です', '明日はクバネティスの話です', '久場', 'クバ'],
    ['in Russian', 'спроси кубер нетис', 'спроси Кубернетис', 'кубер нетис', 'Кубернетис'],
  ])('is %s', (_, before, after, heard, written) => {
    expect(changedTerm(before, after)).toEqual({ heard, written });
  });

  it.each([
    ['nothing', 'We go on', 'We go on'],
    ['small words', 'I seen the in voice', 'I saw the in voice'],
    ['something added', 'We go', 'We go to Berlin'],
    ['something taken away', 'We go to Berlin', 'We go'],
    ['too short a word', 'an I for it', 'an AI for it'],
    ['a whole sentence', 'one two three four five six seven', 'Uno Dos Tres Cuatro Cinco Seis Siete'],
    ['capitals of sentences', 'the end. then we go', 'The end. Then we go'],
    ['punctuation', 'Well now', 'Well, now!'],
    ['nothing to read', '', '—'],
  ])('is none in %s', (_, before, after) => {
    expect(changedTerm(before, after)).toBeUndefined();
  });

  it('is looked for in the longest line that a form takes, and whatever is typed', () => {
    const long = 'word '.repeat(799);
    expect(changedTerm(`${long}cube`, `${long}Kube`)).toEqual({ heard: 'cube', written: 'Kube' });
    expect(changedTerm('x'.repeat(4_000), '\u202e@everyone **\0** \ud800')).toBeUndefined();
    expect(changedTerm('語'.repeat(4_000), '文'.repeat(4_000))).toBeUndefined();
  });
});
