import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../../../../src/web/browser/live/model/initials.ts';
import { actionFor, KEYS } from '../../../../../src/web/browser/live/model/keys.ts';
import { otherSize, readPreferences } from '../../../../../src/web/browser/live/model/preferences.ts';
import { concernsAll } from '../../../../../src/web/browser/live/model/unheard.ts';
import { counted, filled } from '../../../../../src/web/browser/phrases.ts';

const USUAL = {
  ...{ textSize: 100, moreContrast: false, moreSpace: false, lessMotion: false, showsOriginal: false, hasKeys: true },
};

describe('how somebody reads', () => {
  it.each([
    ['nothing', null, USUAL],
    ['what somebody else wrote', '<html>', USUAL],
    ['a list', '[1]', USUAL],
    ['null', 'null', USUAL],
    ['values that make no sense', '{"textSize":5,"moreContrast":"yes","language":"<script>"}', USUAL],
    [
      'what was chosen',
      '{"textSize":200,"moreContrast":true,"hasKeys":false,"language":"pt-BR"}',
      { ...USUAL, textSize: 200, moreContrast: true, hasKeys: false, language: 'pt-BR' },
    ],
  ])('is read from %s', (_, kept, preferences) => {
    expect(readPreferences(kept, false)).toEqual(preferences);
  });

  it('has originals beside translations where there is room, unless somebody chose otherwise', () => {
    expect(readPreferences(null, true).showsOriginal).toBe(true);
    expect(readPreferences('{"showsOriginal":false}', true).showsOriginal).toBe(false);
  });

  it.each([
    [100, 1, 115],
    [100, -1, 90],
    [300, 1, 300],
    [80, -1, 80],
  ] as const)('has, from %i %%, step %i, text of %i %%', (size, step, other) => {
    expect(otherSize(size, step)).toBe(other);
  });
});

describe('a key', () => {
  const pressed = (key: string, isModified = false, isTyping = false) => actionFor({ key, isModified, isTyping });

  it.each(KEYS)('%s does what the help says: %s', (key, action) => {
    expect(pressed(key)).toBe(action);
    expect(pressed(key.toUpperCase())).toBe(action);
    expect([pressed(key, true), pressed(key, false, true)]).toEqual([undefined, undefined]);
  });

  it('that the help does not name does nothing', () => {
    expect(pressed('q')).toBeUndefined();
  });
});

describe('the letters that stand for a name', () => {
  it.each([
    ['Ana', 'A'],
    ['ana maría lópez', 'AL'],
    ['山田 太郎', '山太'],
    ['محمد علي', 'مع'],
    ['🎉 Ben 🎉', 'B'],
    ['x_Ben_x', 'XX'],
    ['🎉', '🎉'],
    ['', ''],
  ])('of %j are %s', (name, letters) => {
    expect(initialsOf(name)).toBe(letters);
  });
});

describe('people of a page', () => {
  it.each([
    ['deafened', true],
    ['voiceLost', true],
    ['paused', true],
    ['optedOut', false],
    [undefined, false],
  ] as const)('are not heard for a reason of all: %s, %s', (unheard, isOfAll) => {
    expect(concernsAll(unheard)).toBe(isOfAll);
  });
});

describe('a phrase', () => {
  it('keeps each value apart, as it may be in another script', () => {
    expect(filled('{name} of {number}', { name: 'محمد' })).toBe('\u2068محمد\u2069 of {number}');
  });

  it('has the form of its number, and the number as the language writes it', () => {
    const forms = { one: '{number} Zeile', other: '{number} Zeilen' };
    expect([1, 2, 1_234].map((count) => counted(forms, count, 'de'))).toEqual(['1 Zeile', '2 Zeilen', '1.234 Zeilen']);
    expect(counted({ other: '新しい行 {number} 件' }, 1, 'ja')).toBe('新しい行 1 件');
  });
});
