import { describe, expect, it } from 'vitest';
import { narrower, RefusedLanguages, speaksOfLanguages } from '../../src/palabra/refused-languages.ts';

const LIST = 'Supported languages: ar, de, en, es, fr, hi, it, ja, ko, nl, pt, ru, zh';
const asked = (language: string, ...translateTo: string[]) => ({ language, translateTo });

describe('after a refusal there is asked for', () => {
  it.each([
    [
      'all but the one that is named',
      ['en', 'es', 'sv', 'fr'],
      `Translation language 'sv' is not supported. ${LIST}`,
      ['en', 'es', 'fr'],
    ],
    [
      'all that the list holds',
      ['en', 'es', 'sv', 'zz'],
      `Translation language 'sv' is not supported. ${LIST}`,
      ['en', 'es'],
    ],
    ['all that the list holds, whoever is named', ['en', 'es', 'sv'], `Unsupported. ${LIST}`, ['en', 'es']],
    ['all but the one in quotes, without a list', ['en', 'es', 'fr'], 'unsupported target_language "fr"', ['en', 'es']],
    ['all but the one that is stated', ['en', 'es', 'fr'], 'language: fr', ['en', 'es']],
    [
      'what is spoken found out when that is named',
      ['xx', 'es'],
      `Language 'xx' is not supported. ${LIST}, auto`,
      ['auto', 'es'],
    ],
    ['the same when only the list says so', ['xx', 'es'], `Bad language. ${LIST}, auto`, ['auto', 'es']],
    ['as many as may be', ['en', 'es', 'fr', 'de'], 'At most 2 translation languages are allowed', ['en', 'es', 'fr']],
    ['only what is usual, when nothing is said', ['en', 'es', 'sv'], '', ['en', 'es']],
    ['half of them, when nothing is said', ['en', 'es', 'fr', 'de', 'it'], '', ['en', 'es', 'fr']],
    ['none of them, when one is too many', ['en', 'es'], 'no', ['en']],
    ['what is spoken found out, when that is all there is', ['en'], '', ['auto']],
    ['nothing less than nothing', ['auto'], `whatever. ${LIST}`, undefined],
    ['half of them, where as many as may be were asked for', ['en', 'es', 'fr'], 'At most 2 languages', ['en', 'es']],
    ['all but the first, where that is in quotes', ['en', 'es', 'fr', 'de'], 'unsupported "es"', ['en', 'fr', 'de']],
    ['all but one, whatever its case', ['en', 'pt-BR', 'fr', 'de'], 'unsupported "PT-br"', ['en', 'fr', 'de']],
    ['what a list in quotes holds', ['en', 'es', 'sv'], 'Use one of "ar", "de", "es"', ['en', 'es']],
    [
      'what the list holds, of usual languages, too',
      ['en', 'es', 'de', 'fr'],
      'Use ar, de, es, en',
      ['en', 'es', 'de'],
    ],
    ['what is spoken found out, without a list', ['xx', 'es', 'fr'], "Language 'xx' is unknown", ['auto', 'es', 'fr']],
    ['targets first, where both are named', ['xx', 'sv', 'es'], "'sv' and 'xx' are unknown", ['xx', 'es']],
    ['half of them, where what is spoken is found out already', ['auto', 'es', 'fr'], "'auto' is bad", ['auto', 'es']],
    ['no language for a word that looks like one', ['en', 'is', 'es'], 'this is no such thing', ['en', 'es']],
  ])('%s', (_what, [language = '', ...targets], said, expected) => {
    const narrowed = narrower(asked(language, ...targets), said);
    const options = narrowed && [narrowed.options.language, ...narrowed.options.translateTo];
    expect(options).toEqual(expected);
  });

  it('always less, so that asking ends', () => {
    for (const said of ['', `'sv' ${LIST}`, 'at most 900', "'es'", 'language es', `${'a, '.repeat(600)}`]) {
      let options = asked('sv', 'es', 'zz', 'fr', 'de', 'xx-yy');
      let times = 0;
      for (let next = narrower(options, said); next !== undefined; next = narrower(options, said)) {
        options = { language: next.options.language, translateTo: [...next.options.translateTo] };
        times += 1;
      }
      expect(options).toEqual(asked('auto'));
      expect(times).toBeLessThan(8);
    }
  });
});

describe('the words of a service', () => {
  it.each([
    ['unsupported "es"', true],
    ["'en' is not supported", true],
    ['the service is overloaded', false],
  ])('speak of the languages that were asked for: %s, %s', (said, isSo) => {
    expect(speaksOfLanguages(asked('en', 'es'), said)).toBe(isSo);
  });
});

describe('what a service refused', () => {
  it('is only what it did not take', () => {
    const refused = new RefusedLanguages();
    refused.learn(asked('en', 'sv', 'es'), { options: asked('en', 'es'), by: 'name' }, 0);
    expect(refused.within(asked('en', 'sv', 'es'), 1_000)).toEqual(asked('en', 'es'));
  });

  it('is believed for half an hour, of names as of numbers', () => {
    const [name, number] = [new RefusedLanguages(), new RefusedLanguages()];
    name.learn(asked('xx', 'sv'), { options: asked('auto'), by: 'name' }, 0);
    number.learn(asked('en', 'es', 'fr'), { options: asked('en', 'es'), by: 'number' }, 0);
    const halfAnHour = 30 * 60_000;
    expect(name.within(asked('xx', 'sv'), halfAnHour - 1)).toEqual(asked('auto'));
    expect(name.within(asked('xx', 'sv'), halfAnHour)).toEqual(asked('xx', 'sv'));
    expect(number.within(asked('en', 'es', 'fr'), halfAnHour - 1)).toEqual(asked('en', 'es'));
    expect(number.within(asked('en', 'es', 'fr'), halfAnHour)).toEqual(asked('en', 'es', 'fr'));
  });

  it('is remembered longest of what was refused last', () => {
    const refused = new RefusedLanguages();
    const learn = (code: string) => refused.learn(asked('en', code), { options: asked('en'), by: 'name' }, 0);
    for (let i = 0; i < 200; i += 1) learn(`x${i}`);
    learn('x0');
    learn('x200');
    expect(refused.within(asked('en', 'x0', 'x1', 'x2', 'x200'), 0).translateTo).toEqual(['x1']);
  });

  it('is left out for everybody, until it may have changed', () => {
    const refused = new RefusedLanguages();
    const before = asked('xx', 'sv', 'es');
    refused.learn(before, { options: asked('auto', 'es'), by: 'name' }, 0);
    expect(refused.within(asked('xx', 'fr', 'sv'), 1_000)).toEqual(asked('auto', 'fr'));
    expect(refused.within(asked('xx', 'fr', 'sv'), 31 * 60_000)).toEqual(asked('xx', 'fr', 'sv'));
  });

  it('as too many, is no more than so many', () => {
    const refused = new RefusedLanguages();
    refused.learn(asked('en', 'es', 'fr', 'de'), { options: asked('en', 'es', 'fr'), by: 'number' }, 0);
    expect(refused.within(asked('en', 'it', 'ja', 'ko'), 0)).toEqual(asked('en', 'it', 'ja'));
  });

  it('is not remembered without end', () => {
    const refused = new RefusedLanguages();
    const codes = Array.from({ length: 1_000 }, (_, i) => `x${i}`);
    for (const code of codes) refused.learn(asked('en', code), { options: asked('en'), by: 'name' }, 0);
    expect(refused.within(asked('en', ...codes), 0).translateTo).toHaveLength(800);
  });
});
