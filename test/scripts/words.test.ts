import { describe, expect, it } from 'vitest';
import { commandFaults, unknownCommands } from '../../scripts/words/check-commands.ts';
import { phraseFaults, unusedKeys } from '../../scripts/words/check-phrases.ts';

const english = {
  area: {
    plain: '{name} is here.',
    plural: '{count, plural, one {# line} other {# lines}}',
    command: 'Use `/transcribe stop`.',
    example: 'Like `/translate languages:es`.',
  },
};

describe('the check of phrases', () => {
  it('finds nothing wrong with a complete translation', () => {
    const german = {
      area: {
        plain: 'Hier ist {name}.',
        plural: '{count, plural, one {# Zeile} other {# Zeilen}}',
        command: 'Nimm `/transcribe stop`.',
        example: 'Wie `/translate languages:en`.',
      },
    };
    expect(phraseFaults('de', german, english)).toEqual([]);
  });

  it.each([
    [
      'a value that English does not have',
      { plain: 'Hier ist {Name}.' },
      'de area.plain: has {Name}, English has {name}',
    ],
    ['a value left out', { plain: 'Jemand ist hier.' }, 'de area.plain: has {}, English has {name}'],
    ['a plural form left out', { plural: '{count, plural, other {# Zeilen}}' }, 'de area.plural: lacks the form "one"'],
    [
      'another command',
      { command: 'Nimm `/mitschreiben stopp`.' },
      'de area.command: has {`/mitschreiben stopp`}, English has {`/transcribe stop`}',
    ],
    ['what is no ICU message', { plain: '{name' }, 'de area.plain: EXPECT_ARGUMENT_CLOSING_BRACE'],
  ])('reports %s', (_, texts, fault) => {
    expect(phraseFaults('de', { area: texts as Record<string, string> }, english)).toEqual([fault]);
  });

  it('reports a key that no code uses', () => {
    expect(unusedKeys(english, "t('area.plain'); t('area.plural'); t('area.example');")).toEqual([
      'area.command: no code uses it',
    ]);
  });

  it('treats all keys of an area as used when code builds its keys at run time', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is source code
    expect(unusedKeys(english, 't(`area.${kind}`)')).toEqual([]);
  });
});

const commands = [
  {
    name: 'transcribe',
    description: 'Write down what is said',
    options: [
      { name: 'stop', description: 'End the meeting' },
      { name: 'start', description: 'Begin a meeting', options: [{ name: 'language', description: 'What is spoken' }] },
    ],
  },
  { type: 3, name: 'Transcribe audio', description: '' },
];
const german = {
  'transcribe: name': 'mitschreiben',
  'transcribe: description': 'Schreibt auf, was gesagt wird',
  'transcribe stop: name': 'stopp',
  'transcribe stop: description': 'Beendet die Besprechung',
  'transcribe start: name': 'start',
  'transcribe start: description': 'Beginnt eine Besprechung',
  'transcribe start language: name': 'sprache',
  'transcribe start language: description': 'Was gesprochen wird',
  'Transcribe audio: name': 'Audio mitschreiben',
};

describe('the check of commands', () => {
  it('finds nothing wrong with a complete translation, and does not require English', () => {
    expect(commandFaults(commands, { 'en-US': {}, de: german })).toEqual([]);
  });

  it.each([
    ['a part left over', { 'transcribe pause: name': 'pause' }, 'de "transcribe pause: name" belongs to no command'],
    [
      'a name that Discord refuses',
      { 'transcribe stop: name': 'Stopp jetzt' },
      'de "transcribe stop: name" is not allowed by Discord: Stopp jetzt',
    ],
    [
      'a description that is too long',
      { 'transcribe stop: description': 'x'.repeat(101) },
      `de "transcribe stop: description" is not allowed by Discord: ${'x'.repeat(101)}`,
    ],
    [
      'one name for two parts of a command',
      { 'transcribe stop: name': 'start' },
      'de "transcribe start" has the same name as another part of its command',
    ],
  ])('reports %s', (_, phrases, fault) => {
    expect(commandFaults(commands, { de: { ...german, ...phrases } })).toEqual([fault]);
  });

  it('reports a missing part', () => {
    const { 'transcribe stop: name': _, ...incomplete } = german;
    expect(commandFaults(commands, { de: incomplete })).toEqual(['de "transcribe stop: name" is missing']);
  });

  it.each([
    ['`/transcribe stop`', []],
    ['`/transcribe start language:de`', []],
    ['`/transcribe halt`', ['area.key: there is no command /transcribe halt']],
    ['`/transcribe start speech:de`', ['area.key: there is no command /transcribe start speech:de']],
  ])('reports an unknown command in a phrase: %s', (text, faults) => {
    expect(unknownCommands([['area.key', text]], commands)).toEqual(faults);
  });
});
