import { describe, expect, it } from 'vitest';
import { shownLanguage } from '../../../../src/web/live/shown/language.ts';

describe('the language in which a page shows a meeting', () => {
  it.each<[asked: string | undefined, own: string | undefined, targets: string[], shown: string | undefined]>([
    [undefined, undefined, ['es'], undefined],
    [undefined, 'fr', ['es'], 'fr'],
    ['spoken', 'fr', ['es'], undefined],
    ['es', 'fr', ['es', 'de'], 'es'],
    ['DE', 'fr', ['es', 'de'], 'de'],
    ['pt-br', 'fr', ['pt_BR'], 'pt_BR'],
    ['pt', 'fr', ['pt_BR'], 'pt_BR'],
    ['pt-PT', 'fr', ['pt_BR'], 'fr'],
    ['it', 'fr', ['es'], 'fr'],
    ['it', undefined, ['es'], undefined],
    ['', 'fr', ['es'], 'fr'],
    ['../es', undefined, ['es'], undefined],
  ])('asked for %j, by somebody who reads %j, of %j, is %j', (asked, own, targets, shown) => {
    expect(shownLanguage(asked, own, targets)).toBe(shown);
  });
});
