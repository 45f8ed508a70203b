import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeInline, escapeLineStart, escapeName, escapeNotice } from '../../../src/discord/formatting/escape.ts';
import { splitAtWords } from '../../../src/discord/formatting/split.ts';
import { asDiscordReads } from '../support/discord-markdown.ts';

const safe = (text: string) => escapeLineStart(escapeInline(text));
/** The visible part of a text, on one line. */
const visible = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replaceAll(/[\p{Cc}\p{Noncharacter_Code_Point}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const hostile = fc.oneof(
  fc.constantFrom(
    '*',
    '**',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '```',
    '\\',
    '<',
    '>',
    '>>> ',
    '# ',
    '## ',
    '-# ',
    '- ',
    '* ',
    '+ ',
    '1. ',
    '[',
    ']',
    '](',
    '(',
    ')',
    '@everyone',
    '@here',
    '<@1234>',
    '<@!1234>',
    '<@&1234>',
    '<#1234>',
    '<t:1700000000:R>',
    '</start:1234>',
    '<:smile:1234>',
    '<a:wave:1234>',
    '<id:customize>',
    ':smile:',
    ':',
    '://',
    'http://a.b',
    'https://x.y/z?q=1',
    'discord.gg/abc',
    '<https://x.y>',
    '[x](https://x.y)',
    '\n',
    '\r\n',
    ' ',
    '\u200b',
    '\u202e',
    'é',
    '𝔸',
    '日本',
    'ab',
    '7',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const speech = fc.array(hostile, { maxLength: 24 }).map((parts) => parts.join(''));

describe('text from speech', () => {
  it('shows exactly the words that were said', () => {
    fc.assert(
      fc.property(speech, (text) => {
        expect(asDiscordReads(safe(text)).text.replaceAll('\u200b', '')).toBe(visible(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never pings, formats or links', () => {
    fc.assert(
      fc.property(speech, (text) => {
        expect(asDiscordReads(safe(text)).marks).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays plain in every piece it is cut into', () => {
    fc.assert(
      fc.property(speech, fc.integer({ min: 8, max: 30 }), (text, maxLength) => {
        const pieces = splitAtWords(escapeInline(text), maxLength).map(escapeLineStart);
        expect(pieces.flatMap((piece) => asDiscordReads(piece).marks)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is cut into pieces that hold all of it and are no longer than asked', () => {
    fc.assert(
      fc.property(speech, fc.integer({ min: 70, max: 200 }), (text, maxLength) => {
        const escaped = escapeInline(text);
        const pieces = splitAtWords(escaped, maxLength);
        expect(pieces.join('').replaceAll(' ', '')).toBe(escaped.replaceAll(' ', ''));
        expect(pieces.every((piece) => piece.length <= maxLength && piece.isWellFormed())).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['**a**', 'bold'],
    ['_a_', 'italics'],
    ['`a`', 'code'],
    ['||a||', 'spoiler'],
    ['# a', 'heading'],
    ['- a', 'list'],
    ['https://x.y', 'link'],
    ['[x](https://x.y)', 'masked link'],
    ['discord.gg/abc', 'invitation'],
    ['@everyone', 'mention'],
    ['<@123>', 'mention'],
    ['<t:1700000000:R>', 'time'],
    [':smile:', 'emoji'],
  ])('would be more than words in %j, were it not escaped', (said, mark) => {
    expect(asDiscordReads(said).marks).toContain(mark);
    expect(asDiscordReads(safe(said)).marks).toEqual([]);
  });

  it.each([
    ['**bold** and _this_', '\\*\\*bold\\*\\* and \\_this\\_'],
    ['# a heading', '\\# a heading'],
    ['1. first', '1\\. first'],
    ['-# small', '\\-# small'],
    ['> quoted', '\\> quoted'],
    ['two\nlines', 'two lines'],
  ])('%j is written as %j', (said, written) => {
    expect(safe(said)).toBe(written);
  });

  it('leaves ordinary speech as it is', () => {
    const said = "Well, it's 10:30 - 3.5 % off (or more)! ¿Vale? Да; 你好。";
    expect(safe(said)).toBe(said);
  });

  it('cannot break out of a bold name', () => {
    expect(asDiscordReads(`**${escapeName('**Eve** @everyone')}**`).marks).toEqual(['bold']);
  });

  it('gives a name to those whose name cannot be seen', () => {
    expect(escapeName(' \n ')).toBe('Somebody');
  });
});

describe('a notice of the bot', () => {
  it('keeps command names as code', () => {
    expect(escapeNotice('Use `/minutes latest` now.')).toBe('Use `/minutes latest` now.');
  });

  it('escapes everything else, such as a name in it', () => {
    expect(escapeNotice('5 s of what **Eve** said')).toBe('5 s of what \\*\\*Eve\\*\\* said');
  });
});
