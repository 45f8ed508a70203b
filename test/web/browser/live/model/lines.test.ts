import { describe, expect, it } from 'vitest';
import { chunksOf, groupsOf } from '../../../../../src/web/browser/live/model/groups.ts';
import { chosenIn, columnsOf, shouldAskAgain } from '../../../../../src/web/browser/live/model/languages.ts';
import { sinceBeginning } from '../../../../../src/web/browser/live/model/times.ts';
import { Transcript } from '../../../../../src/web/browser/live/model/transcript.ts';
import { makeLine } from './support/make-line.ts';

const texts = ({ lines }: Transcript) => lines.map(({ text }) => text);

describe('the lines of a page', () => {
  it('stand in the order in which they began, whenever they come', () => {
    const transcript = new Transcript();
    for (const at of [3_000, 1_000, 2_000]) transcript.take(makeLine({ id: `u${at}`, at, text: `${at}` }));
    expect(texts(transcript)).toEqual(['1000', '2000', '3000']);
  });

  it('are replaced by later ones of the same utterance, and removed by empty ones', () => {
    const transcript = new Transcript();
    expect(transcript.take(makeLine({ text: 'Good' }))).toBe(true);
    expect(transcript.take(makeLine({ text: 'Good morning' }))).toBe(false);
    expect(texts(transcript)).toEqual(['Good morning']);
    expect(transcript.take(makeLine({ text: '' }))).toBe(false);
    expect(texts(transcript)).toEqual([]);
  });

  it('stay while all come anew, and those that did not come again go', () => {
    const transcript = new Transcript();
    for (const id of ['kept', 'erased']) transcript.take(makeLine({ id, text: id }));
    transcript.beginAnew();
    expect(texts(transcript)).toEqual(['kept', 'erased']);
    expect(transcript.take(makeLine({ id: 'kept', text: 'kept' }))).toBe(false);
    transcript.settle();
    expect(texts(transcript)).toEqual(['kept']);
  });

  it('that are growing go when nobody will finish them', () => {
    const transcript = new Transcript();
    transcript.take(makeLine({ id: 'a', text: 'Done' }));
    transcript.take(makeLine({ id: 'b', text: 'Half a', state: 'growing' }));
    transcript.dropGrowing();
    expect(texts(transcript)).toEqual(['Done']);
  });
});

describe('lines in groups', () => {
  const at = (seconds: number, person: string) => makeLine({ id: `u${seconds}`, person, at: seconds * 1_000 });
  const lengths = (lines: Parameters<typeof groupsOf>[0]) => groupsOf(lines).map(({ lines }) => lines.length);

  it.each([
    ['no lines', [], []],
    ['what one person says in a row', [at(0, 'a'), at(10, 'a'), at(69, 'a')], [3]],
    ['what they say a minute later', [at(0, 'a'), at(60, 'a')], [1, 1]],
    ['what several say', [at(0, 'a'), at(1, 'b'), at(2, 'b'), at(3, 'a')], [1, 2, 1]],
  ])('stand under a name once: %s', (_, lines, groups) => {
    expect(lengths(lines)).toEqual(groups);
  });

  it('keep their key while they grow', () => {
    const [first] = groupsOf([at(0, 'a')]);
    const [later] = groupsOf([at(0, 'a'), at(1, 'a')]);
    expect(later?.key).toBe(first?.key);
  });

  it('are cut into chunks of which only the last one changes', () => {
    expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunksOf([])).toEqual([]);
  });
});

describe('the language of a page', () => {
  it.each([
    ['what the reader chose in Discord, at first', { targets: ['es'], shown: 'es' }, undefined, 'es'],
    ['as spoken where they chose nothing', { targets: ['es'] }, undefined, 'spoken'],
    ['as spoken where they chose that here', { targets: ['es'], shown: 'es' }, 'spoken', 'spoken'],
    ['a variant of what they chose', { targets: ['pt-BR'], shown: 'pt' }, 'pt', 'pt-BR'],
    ['as spoken where there is no such language', { targets: ['fr'], shown: 'es' }, undefined, 'spoken'],
  ])('is %s', (_, languages, wish, chosen) => {
    expect(chosenIn(languages, wish)).toBe(chosen);
  });

  it.each([
    ['there is the language now', { targets: ['es'] }, 'es', true],
    ['a variant of it is there', { targets: ['pt-BR'], shown: 'fr' }, 'pt', true],
    ['it is shown', { targets: ['es'], shown: 'es' }, 'es', false],
    ['it is not there', { targets: ['fr'] }, 'es', false],
    ['they want it as spoken', { targets: ['es'] }, 'spoken', false],
    ['they chose nothing', { targets: ['es'] }, undefined, false],
  ])('is asked for again when %s: %j, %s, %s', (_, languages, wish, isAsked) => {
    expect(shouldAskAgain(languages, wish)).toBe(isAsked);
  });
});

describe('the columns of a line', () => {
  const spoken = makeLine({ text: 'Hello', language: 'en' });
  const translated = makeLine({ text: 'Hola', language: 'es', original: { text: 'Hello', language: 'en' } });

  it.each([
    ['as spoken', spoken, undefined, true, ['Hello', undefined]],
    ['translated, and without the original', translated, 'es', false, ['Hola', undefined]],
    ['translated beside the original', translated, 'es', true, ['Hola', 'Hello']],
    ['not translated yet: where the original will be', spoken, 'es', true, [undefined, 'Hello']],
    ['not translated yet, without the original', spoken, 'es', false, ['Hello', undefined]],
    ['spoken in the language of the reader', spoken, 'en-GB', true, ['Hello', undefined]],
  ])('are, %s, %#', (_, line, shown, isBeside, columns) => {
    const { read, spoken } = columnsOf(line, shown, isBeside);
    expect([read?.text, spoken?.text]).toEqual(columns);
  });
});

describe('the time since the beginning', () => {
  it.each([
    [-1, '0:00:00'],
    [59_999, '0:00:59'],
    [3_600_000 + 61_000, '1:01:01'],
  ])('of %i ms is %s', (ms, time) => {
    expect(sinceBeginning(ms)).toBe(time);
  });
});
