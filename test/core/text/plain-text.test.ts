import { describe, expect, it } from 'vitest';
import { isSeen, oneLine, withItsEnds } from '../../../src/core/text/plain-text.ts';
import { escapeName } from '../../../src/discord/formatting/escape.ts';
import { safeName } from '../../../src/discord/formatting/safe-name.ts';

describe('what people are called', () => {
  it.each([
    ['nothing', ''],
    ['spaces', ' \u00a0\u3000'],
    ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
    ['the empty Braille sign', '\u2800'],
    ['joiners and marks of direction', '\u200b\u200d\u200e\u2060\ufeff\u061c'],
    ['letters that are there to be ignored', '\u034f\u{e0061}\u{1d173}\u180b'],
    ['accents without a letter', '\u0301\u20e3'],
    ['characters that are none', '\ufffe\uffff\ufdd0\u{10ffff}'],
    ['controls', '\0\u001b\u007f\u0085\u009f'],
  ])('is somebody where the name is made of %s', (_, name) => {
    expect(isSeen(name)).toBe(false);
    expect([escapeName(name), safeName(name)]).toEqual(['Somebody', 'Somebody']);
  });

  it.each(['Ana', '李', '👩‍👩‍👧', '\u3164x', '.', 'نعم'])('is what it is where something can be seen: %s', (name) => {
    expect(isSeen(name)).toBe(true);
    expect(safeName(name)).not.toBe('Somebody');
  });
});

describe('a text on one line', () => {
  it.each([
    ['characters that are none', 'a\ufffeb\u{1ffff}c\ufdefd', 'a b c d'],
    ['controls of both kinds', 'a\u0007b\u0090c', 'a b c'],
    ['what turns the direction around', 'a\u202eb\u2067c', 'a b c'],
    ['line separators', 'a\r\n\u2028\u2029b', 'a b'],
  ])('has a space instead of %s', (_, text, plain) => {
    expect(oneLine(text)).toBe(plain);
  });

  it('keeps the room at its ends where that is asked for, as spaces that XML takes', () => {
    expect(withItsEnds('\f\u2028 a  b\v', oneLine)).toBe('   a b ');
    expect(withItsEnds(' \n ', oneLine)).toBe('   ');
    expect(withItsEnds('\n a b ', (inside) => `[${inside}]`)).toBe('  [a b] ');
  });

  it('has a sign instead of half a character', () => {
    expect(oneLine('a\ud83db')).toBe('a\ufffdb');
  });
});
