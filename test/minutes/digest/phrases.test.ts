import { describe, expect, it } from 'vitest';
import { Phrases } from '../../../src/minutes/digest/phrases.ts';
import { wordsFrom, wordsOf } from '../../../src/minutes/digest/words.ts';

function isIn(phrase: string, text: string, hasSpaces = true): boolean {
  return new Phrases([phrase], hasSpaces).areIn(wordsOf(text, hasSpaces));
}

describe('a phrase', () => {
  it.each<[string, string, boolean]>([
    ['we decided', 'So WE decided, then.', true],
    ['we decided', 'we all decided', false],
    ['we decided', 'how we decidedly', false],
    ['we decided', 'power decided', false],
    ['we/they decided', 'they decided', true],
    ['we/they decided', 'he decided', false],
    ['we (all) decided', 'we all decided', true],
    ['we (all/both) decided', 'we decided', true],
    ['we (all/both) decided', 'we never decided', false],
    ['look_into/do it', 'I look into it', true],
    ['look_into/do it', 'I look it', false],
    ['decid* that', 'deciding that', true],
    ['*ing that', 'deciding that', true],
    ['*ing that', 'decide that', false],
    ['*ing!thing/ring that', 'deciding that', true],
    ['*ing!thing/ring that', 'thing that', false],
    ['*ing!thing/ring that', 'bring that', true],
    ['we * that', 'we say that', true],
    ['we * that', 'we that', false],
    ['i !am/have it', 'I do it', true],
    ['i !am/have it', 'I have it', false],
    ['i !am/have it', 'I amuse it', true],
    ['in # days', 'in 12 days', true],
    ['the #', 'on the 3rd', true],
    ['in # days', 'in many days', false],
    ['i will ... report', 'I will send you the report', true],
    ['i will ... report', 'I will report', true],
    ['i will ... report', 'I will one two three four report', true],
    ['i will ... report', 'I will one two three four five report', false],
    ['^ we do', 'We do.', true],
    ['^ we do', 'Can we do', false],
    ['we do $', 'can we do?', true],
    ['we do $', 'we do it', false],
    ["i'll do", 'I’ll do', true],
    ["i'll do", "I'll do", true],
    ["d'ici/est_ce_que jeudi", 'd’ici jeudi', true],
    ['est_ce_que jeudi', 'est-ce que jeudi', true],
  ])('“%s” is in “%s”: %s', (phrase, text, expected) => {
    expect(isIn(phrase, text)).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ['私/僕 が ... ます', 'はい、私がやります。', true],
    ['私/僕 が ... ます', '誰がやりますか', false],
    ['私/僕 が ... ます', '私が一二三四五六七八九十百千万ます', false],
    ['にします $', '千部にします。', true],
    ['にします $', '千部にしますか', false],
    ['^ 私', '私です', true],
    ['^ 私', 'はい私です', false],
    ['(今日) 中', '今日中', true],
    ['# 日', '12日', true],
    ['送*す', '送ります', false],
    ['送* す', '送ります', true],
  ])('without spaces, “%s” is in “%s”: %s', (phrase, text, expected) => {
    if (phrase === '送*す') expect(() => isIn(phrase, text, false)).toThrow('Cannot read the phrase');
    else expect(isIn(phrase, text, false)).toBe(expected);
  });

  it('with a sign that the notation does not have is refused', () => {
    for (const phrase of ['we [all]', 'a  b', 'what?', 'a/'])
      expect(() => new Phrases([phrase], true)).toThrow(`Cannot read the phrase “${phrase}”`);
  });
});

describe('the place of phrases in a text', () => {
  const times = new Phrases(['(by) monday (morning)', 'tomorrow', 'by'], true);
  const timeIn = (text: string) => {
    const span = times.firstIn(wordsOf(text, true, (word) => word === 'um'));
    return span && text.slice(span.from, span.to);
  };

  it('is that of the first, and of those that begin there the longest', () => {
    expect(timeIn('I do it by Monday, um, morning or tomorrow.')).toBe('by Monday, um, morning');
    expect(timeIn('Tomorrow or by Monday')).toBe('Tomorrow');
    expect(timeIn('by and by')).toBe('by');
    expect(timeIn('never')).toBeUndefined();
  });
});

describe('words with which a sentence only begins', () => {
  const openers = new Phrases(['^ well/so', '^ you_know'], true);
  const rest = (text: string) => {
    const words = wordsOf(text, true);
    return wordsFrom(words, openers.lengthAtStart(words));
  };

  it.each([
    ['Well, so, you know, we do', 'we do '],
    ['We do so', 'we do so '],
    ['So', ''],
    ['', ''],
  ])('are left out of “%s”', (text, expected) => {
    expect(rest(text).joined).toBe(expected);
  });

  it('leave the others in their places', () => {
    expect(new Phrases(['do'], true).firstIn(rest('Well, we do'))).toEqual({ from: 9, to: 11 });
  });
});
