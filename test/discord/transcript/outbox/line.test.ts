import { describe, expect, it } from 'vitest';
import { lineMarks } from '../../../../src/discord/formatting/line-marks.ts';
import {
  continues,
  type Entry,
  expectedLength,
  headOf,
  isGrowing,
  type Line,
  type LineHead,
  linesOf,
  newestOf,
  piecesOf,
  render,
  translationLinesOf,
} from '../../../../src/discord/transcript/outbox/line.ts';
import { wordsFor } from '../../../../src/i18n/words.ts';

const marks = lineMarks(wordsFor('en-US'));
const head: LineHead = {
  utteranceId: 'u1',
  speakerId: '100',
  name: 'Ana',
  profile: { username: 'Ana' },
  atS: 1_700,
  startMs: 1_000,
  marks,
};
const line = (parts: Partial<Line> = {}): Line => ({
  ...head,
  kind: 'line',
  text: 'Hello',
  state: 'final',
  endMs: 2_000,
  translations: new Map(),
  ...parts,
});
const sentence: Entry = { kind: 'sentence', text: 'The bot says this' };
const HEAD = '**Ana** · <t:1700:T>';

describe('who said something', () => {
  it('is told by name, picture and time', () => {
    const ana = { id: '100', displayName: '*Ana*', avatarUrl: 'https://cdn.example/a.png' };
    expect(headOf(ana, { utteranceId: 'u1', startMs: 1_500 }, new Date(1_700_000_600), marks)).toEqual({
      utteranceId: 'u1',
      speakerId: '100',
      name: '\\*Ana\\*',
      profile: { username: '*Ana*', avatarUrl: 'https://cdn.example/a.png' },
      atS: 1_700_002,
      startMs: 1_500,
      marks,
    });
  });

  it('has no picture where there is none, and a name of 100 characters at most', () => {
    const { name, profile } = headOf(
      { id: '1', displayName: 'x'.repeat(120) },
      { utteranceId: 'u', startMs: 0 },
      new Date(0),
      marks,
    );
    expect([name.length, Object.keys(profile)]).toEqual([100, ['username']]);
  });
});

describe('the lines of what was said', () => {
  it('are one for each piece', () => {
    expect(linesOf(head, ['one', 'two'], 'growing', 9_000)).toEqual([
      line({ text: 'one', state: 'growing', endMs: 9_000 }),
      line({ text: 'two', state: 'growing', endMs: 9_000 }),
    ]);
  });

  it('are, of a translation alone, final and without a text of their own', () => {
    const long = 'x'.repeat(1_800);
    expect(translationLinesOf(head, 'es', `${long} y`)).toEqual([
      line({ text: '', endMs: 1_000, translations: new Map([['es', long]]) }),
      line({ text: '', endMs: 1_000, translations: new Map([['es', 'y']]) }),
    ]);
  });

  it('hold 1,800 characters at most, or as many as there is room for', () => {
    const text = 'x'.repeat(4_000);
    expect(piecesOf(text).map(({ length }) => length)).toEqual([1_800, 1_800, 400]);
    expect(piecesOf(text, 9_000)).toHaveLength(3);
    expect(piecesOf('# one two', 6)).toEqual(['\\# one', 'two']);
  });

  it.each([
    [line({ state: 'growing' }), true],
    [line(), false],
    [sentence, false],
  ])('grow, or do not', (entry, expected) => {
    expect(isGrowing(entry)).toBe(expected);
  });
});

describe('the newest words', () => {
  it.each([
    ['are all of it where it fits exactly', 'x'.repeat(20), 20, 'x'.repeat(20)],
    ['are not shown where there is less room than 20', 'x', 19, undefined],
    ['are two pieces at the end', 'aaaa bbbb cccc dddd eeee', 22, '… cccc dddd eeee'],
    ['have no space in the middle of a word', 'x'.repeat(50), 22, `… ${'x'.repeat(20)}`],
  ])('%s', (_, text, room, newest) => {
    expect(newestOf(text, room)).toBe(newest);
  });
});

describe('a message', () => {
  it.each<[string, readonly Entry[], string]>([
    ['says who speaks, when, and what', [line()], `${HEAD}\nHello`],
    ['marks what grows', [line({ state: 'growing' })], `${HEAD}\nHello *…*`],
    ['marks what was never confirmed', [line({ state: 'unconfirmed' })], `${HEAD}\nHello *(unconfirmed)*`],
    ['has the bot speak for itself', [sentence], 'ℹ️ The bot says this'],
    [
      'has one head for what follows at once',
      [line(), line({ text: 'again', startMs: 3_000 })],
      `${HEAD}\nHello\nagain`,
    ],
    [
      'has another head for somebody else',
      [line(), line({ speakerId: '200', name: 'Ben' })],
      `${HEAD}\nHello\n**Ben** · <t:1700:T>\nHello`,
    ],
    [
      'has another head behind a sentence',
      [line(), sentence, line()],
      `${HEAD}\nHello\nℹ️ The bot says this\n${HEAD}\nHello`,
    ],
    [
      'has translations behind the text, always in one order',
      [
        line({
          translations: new Map([
            ['fr', 'Bonjour'],
            ['es', 'Hola'],
            ['de*', 'Hallo'],
          ]),
        }),
      ],
      `${HEAD}\nHello\n> **de\\*** · Hallo\n> **es** · Hola\n> **fr** · Bonjour`,
    ],
    [
      'has translations alone under a head',
      [line({ text: '', translations: new Map([['es', 'Hola']]) })],
      `${HEAD}\n> **es** · Hola`,
    ],
  ])('%s', (_, entries, message) => {
    expect(render(entries)).toBe(message);
  });

  it('has no head under the speaker’s own name', () => {
    expect(render([line(), line({ startMs: 60_000 })], 'no heads')).toBe('Hello\nHello');
  });
});

describe('a line that follows', () => {
  it.each<[string, Partial<Line>, Entry | undefined, boolean]>([
    ['is under the same head ten seconds later', { startMs: 12_000 }, line(), true],
    ['is not later still', { startMs: 12_001 }, line(), false],
    ['is not behind nothing', {}, undefined, false],
    ['is not behind a sentence', {}, sentence, false],
    ['is not of somebody else', { speakerId: '200' }, line(), false],
    ['is not under another name', { name: 'Anita' }, line(), false],
    ['is not where it has translations alone', { text: '' }, line(), false],
    ['is not behind translations alone', {}, line({ text: '' }), false],
  ])('%s', (_, parts, before, expected) => {
    expect(continues(line(parts), before)).toBe(expected);
  });
});

describe('how long a message will be', () => {
  const now = render([line()]).length;
  it.each<[string, readonly Entry[], readonly string[], number]>([
    ['is as long as it is, where nothing is missing', [line()], [], now],
    ['counts a translation that is to come', [line()], ['es'], now + 5 * 1.3 + 14],
    ['counts each of them', [line()], ['es', 'fr'], now + 2 * (5 * 1.3 + 14)],
    [
      'counts none that is there',
      [line({ translations: new Map([['es', 'Hola']]) })],
      ['es'],
      now + '\n> **es** · Hola'.length,
    ],
    ['takes words that grow for 120 characters', [line({ state: 'growing' })], [], now + ' *…*'.length + 115],
    [
      'takes them for as long as they are where they are longer',
      [line({ state: 'growing', text: 'x'.repeat(200) })],
      ['es'],
      now + ' *…*'.length + 195 + 200 * 1.3 + 14,
    ],
    ['expects no translation of a sentence', [sentence], ['es'], render([sentence]).length],
    ['expects none of translations alone', [line({ text: '' })], ['es'], render([line({ text: '' })]).length],
  ])('%s', (_, entries, languages, length) => {
    expect(expectedLength(entries, new Set(languages))).toBeCloseTo(length);
  });
});
