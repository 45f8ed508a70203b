import { describe, expect, it } from 'vitest';
import { localised } from '../../src/i18n/commands/localised-definition.ts';
import { withCommandNames } from '../../src/i18n/commands/names.ts';
import { wordsFor } from '../../src/i18n/words.ts';

describe('the words for a reader', () => {
  it.each([
    ['en-GB', 'en-US'],
    ['es-419', 'es-ES'],
    ['pt-BR', 'pt-BR'],
    ['de', 'de'],
    ['sv-SE', 'en-US'],
  ])('are the nearest the bot speaks: %s reads %s', (discords, ours) => {
    expect(wordsFor(discords).locale).toBe(ours);
  });

  it('name languages and lists as the reader does', () => {
    const words = wordsFor('de');
    expect(words.list(['es', 'fr', 'ja'].map(words.language))).toBe('Spanisch, Französisch und Japanisch');
    expect(words.language('x-nonsense!')).toBe('x-nonsense!');
  });

  it('put values in as they are, Discord’s own marks included', () => {
    expect(wordsFor('en-US').t('settings.transcripts', { where: '<#1> & co' })).toBe(
      'Transcripts: <#1> & co (`/settings set`)',
    );
  });

  it('refuse a phrase whose value is missing', () => {
    expect(() => wordsFor('en-US').t('router.failed')).toThrow('reference');
  });

  it('give the commands in a sentence the names that people can type', () => {
    expect(wordsFor('es-ES').t('settings.translations', { languages: 'x' })).toContain('`/traducir`');
  });
});

describe('command names in a sentence', () => {
  const names = new Map([
    ['minutes', 'protokolle'],
    ['minutes list', 'protokolle liste'],
    ['minutes list page', 'protokolle liste seite'],
  ]);

  it.each([
    ['`/minutes list`', '`/protokolle liste`'],
    ['`/minutes list page:2`', '`/protokolle liste seite:2`'],
    ['`/minutes`', '`/protokolle`'],
    ['`/unknown thing`', '`/unknown thing`'],
    ['/minutes list without backticks', '/minutes list without backticks'],
  ])('%s becomes %s', (english, local) => {
    expect(withCommandNames(english, names)).toBe(local);
  });
});

describe('a command’s definition', () => {
  it('carries names and descriptions in every language, and for each of Discord’s relatives of it', () => {
    const definition = localised({
      name: 'translate',
      description: 'x',
      options: [{ name: 'languages', description: 'y' }],
    });
    expect(definition).toMatchObject({
      name_localizations: { de: 'übersetzen', 'es-419': 'traducir', 'es-ES': 'traducir' },
      options: [{ name_localizations: { fr: 'langues' } }],
    });
  });
});
