import { describe, expect, it } from 'vitest';
import { fold } from '../../../../src/storage/journal/search/folding.ts';

describe('the one spelling of a word', () => {
  it.each([
    ['Café', 'cafe'],
    ['CAFE\u0301', 'cafe'],
    ['Łódź', 'lodz'],
    ['Straße', 'strasse'],
    ['Ærø', 'aero'],
    ['œuvre', 'oeuvre'],
    ['Þórr', 'thorr'],
    ['ΣΊΣΥΦΟΣ', 'σισυφοσ'],
    ['Ёлка', 'елка'],
    ['ﾊﾝｶｸ', 'ハンカク'],
    ['Ｗｉｄｅ', 'wide'],
    ['ﬁnal', 'final'],
    ['کتابی', 'كتابي'],
    ['مُحَمَّد', 'محمد'],
    ['٢٠٢٦', '2026'],
    ['۰۹', '09'],
    ['९०', '90'],
    ['½', '12'], // the sign between is no letter
    ["rock'n'roll", 'rocknroll'],
    ['…', ''],
    ['x'.repeat(70), 'x'.repeat(64)],
    [`${'x'.repeat(63)}😀`, 'x'.repeat(63)],
  ])('of %s is %s', (written, folded) => {
    expect(fold(written)).toBe(folded);
  });

  it('is well-formed where it is cut', () => {
    expect(fold(`${'x'.repeat(63)}𐎀`)).toBe(`${'x'.repeat(63)}\ufffd`);
  });
});
