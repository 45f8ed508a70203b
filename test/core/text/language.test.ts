import { describe, expect, it } from 'vitest';
import { baseLanguage, mainLanguage, nearest, relatedLanguage, sameLanguage } from '../../../src/core/text/language.ts';
import { renderMinutes } from '../../../src/minutes/render-minutes.ts';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';

describe('two codes', () => {
  it.each([
    ['en', 'en-US'],
    ['ES', 'es'],
    ['es', 'es-419'],
    ['pt_BR', 'pt-br'],
    ['zh', 'zh_Hans'],
    ['zh-Hans', 'zh-CN'],
    ['zh-Hans-CN', 'zh-hans'],
    ['sr-Latn', 'sr-RS'],
  ])('mean one language: %s and %s', (a, b) => {
    expect(sameLanguage(a, b)).toBe(true);
    expect(sameLanguage(b, a)).toBe(true);
  });

  it.each([
    ['pt-BR', 'pt-PT'],
    ['zh-Hans', 'zh-Hant'],
    ['sr-Latn', 'sr-Cyrl'],
    ['en-GB', 'en-US'],
  ])('mean two that are related: %s and %s', (a, b) => {
    expect(sameLanguage(a, b)).toBe(false);
    expect(relatedLanguage(a, b)).toBe(true);
  });

  it.each([
    ['en', 'es'],
    ['e', 'en'],
    ['auto', 'en'],
    ['', 'en'],
  ])('mean two: %s and %s', (a, b) => {
    expect(sameLanguage(a, b)).toBe(false);
    expect(relatedLanguage(a, b)).toBe(false);
  });
});

describe('what is nearest to a language', () => {
  it.each([
    ['pt', ['en', 'pt-PT', 'pt'], 'pt'],
    ['pt-br', ['pt-PT', 'pt-BR'], 'pt-BR'],
    ['pt-BR', ['pt-PT', 'en'], 'pt-PT'],
    ['zh_Hans', ['zh-Hant', 'zh-CN'], 'zh-CN'],
    ['fr', ['en', 'es'], undefined],
  ])('%s, of %j, is %s', (language, all, found) => {
    expect(nearest(language, all, (one) => one)).toBe(found);
  });
});

describe('what all codes of a language have in common', () => {
  it.each([
    ['pt_BR', 'pt'],
    ['ZH-Hans-CN', 'zh'],
    ['en', 'en'],
  ])('%s: %s', (code, base) => {
    expect(baseLanguage(code)).toBe(base);
  });
});

describe('what a meeting is in', () => {
  const spoken = (language: string, startMs: number, endMs: number) => makeFinal({ language, startMs, endMs });
  it.each([
    [
      'what was spoken longest, and not what was spoken first',
      [spoken('es', 0, 2_000), spoken('en', 2_000, 5_000)],
      'en',
    ],
    [
      'what was spoken longest, and not what was spoken latest',
      [spoken('es', 0, 2_000), spoken('en', 9_000, 10_000)],
      'es',
    ],
    [
      'what was spoken longest in all',
      [spoken('es', 0, 2_000), spoken('en', 2_000, 5_000), spoken('es', 5_000, 7_000)],
      'es',
    ],
    [
      'what was spoken more often, where the times say nothing',
      [spoken('es', 5, 5), spoken('en', 6, 6), spoken('en', 7, 7)],
      'en',
    ],
    ['nothing, where nothing was said', [], undefined],
  ])('is %s', (_, finals, language) => {
    expect(mainLanguage({ finals })).toBe(language);
  });

  it('counts a language of several countries once', () => {
    const finals = [
      makeFinal({ language: 'en-US', startMs: 0, endMs: 2_000 }),
      makeFinal({ language: 'es', startMs: 0, endMs: 3_000 }),
      makeFinal({ language: 'en-GB', startMs: 0, endMs: 2_000 }),
    ];
    expect(mainLanguage({ finals })).toBe('en-US');
  });

  it('has minutes in a language also where the recogniser spells it otherwise', () => {
    const record = {
      head: makeHead(),
      attendance: [],
      finals: [makeFinal()],
      translations: [makeTranslation({ language: 'es-419' })],
      gaps: [],
      messages: [],
    };
    const names = renderMinutes(record, { languages: ['es', 'fr'] }).files.map(({ name }) => name);
    expect(names.filter((name) => name.endsWith('.es.md'))).toHaveLength(1);
    expect(names.filter((name) => name.endsWith('.fr.md'))).toEqual([]);
  });
});
