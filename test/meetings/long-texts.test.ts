import { describe, expect, it } from 'vitest';
import { inOwnWords } from '../../src/core/text/glossary.ts';
import { isSeen, oneLine, withItsEnds } from '../../src/core/text/plain-text.ts';
import * as discord from '../../src/discord/formatting/escape.ts';
import { readLanguage } from '../../src/discord/formatting/languages.ts';
import { safeName } from '../../src/discord/formatting/safe-name.ts';
import { splitAtWords } from '../../src/discord/formatting/split.ts';
import { piecesIn, withoutLines } from '../../src/discord/transcript/read-lines.ts';
import { hideSecrets } from '../../src/log.ts';
import { mostCentral } from '../../src/minutes/digest/central.ts';
import { quotedPoints } from '../../src/minutes/digest/quoted-points.ts';
import { exportMinutes } from '../../src/minutes/export-minutes.ts';
import { visualRuns } from '../../src/minutes/fonts/direction.ts';
import { piecesOf } from '../../src/minutes/fonts/line-breaks.ts';
import * as minutes from '../../src/minutes/text/escape.ts';
import { matchesIn, readQuery } from '../../src/storage/journal/search/query.ts';
import { wordsOf } from '../../src/storage/journal/search/words.ts';
import { numberLines } from '../../src/summary/numbered-lines.ts';
import { cpuMsOf } from '../support/cpu-time.ts';
import { makeFinal, makeHead } from '../support/make.ts';

const CHARS = 40_000; // ten times what one utterance has
const LIMIT_MS = 500; // of the processor; what grows with the square of the length takes far longer

const record = (text: string) => ({
  head: makeHead({ title: text.slice(0, 100), voiceChannelName: text.slice(0, 100) }), // as long as Discord lets it be
  attendance: [{ speakerId: '100', displayName: text.slice(0, 32), joinedMs: 0 }],
  finals: [makeFinal({ text })],
  translations: [],
  gaps: [],
  messages: [],
});

/** Everything that goes through what people say, type or are called. */
const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ['one line', oneLine],
  ['what is seen', isSeen],
  ['spaces at the ends', (text) => withItsEnds(text, oneLine)],
  ['escaping for the channel', discord.escapeInline],
  ['escaping a line for the channel', discord.escapeLineStart],
  ['escaping a notice', discord.escapeNotice],
  ['escaping a name', discord.escapeName],
  ['taking escapes away', discord.unescapeInline],
  ['a name for a webhook', safeName],
  ['messages read back', (text) => piecesIn(text)],
  ['messages without somebody', (text) => withoutLines(`**A** · <t:1:T>\n${text}`, () => false)],
  ['cutting into messages', (text) => splitAtWords(text, 1_900)],
  ['a language', readLanguage],
  ['the words of the index', wordsOf],
  ['what is looked for', (text) => readQuery(text)],
  ['what is found', (text) => matchesIn(text, readQuery(text))],
  ['what is found of a long quotation', (text) => matchesIn(text, readQuery(`"${text.replaceAll('"', '')}"`))],
  ['the glossary', (text) => inOwnWords(text, 'en', [{ written: 'A', heard: ['a a', '((', 'é'], translations: {} }])],
  ['escaping for minutes', minutes.escapeInline],
  ['escaping a line for minutes', minutes.escapeLine],
  ['breaking lines', (text) => piecesOf(text, 42)],
  ['both directions', (text) => visualRuns(text, true)],
  ['what is quoted', (text) => quotedPoints([{ text, language: 'en', speakerId: '1' }])],
  ['what is central', (text) => mostCentral([{ text, language: 'en' }])],
  ['material for a model', (text) => numberLines(record(text), 24_000)],
  ['the log', hideSecrets],
  ...(['md', 'txt', 'vtt', 'srt', 'json'] as const).map(
    (format) => [`an export as ${format}`, (text: string) => exportMinutes(record(text), { format })] as const,
  ),
];

const kinds: readonly (readonly [string, string])[] = [
  ['spaces within', 'x                                                            '],
  ['spaces', ' '],
  ['letters', 'a'],
  ['words', 'a '],
  ['digits', '1'],
  ['dots', 'a.'],
  ['slashes', 'a/'],
  ['domains', 'a.b/'],
  ['colons', ':a'],
  ['emoji names', ':a_'],
  ['ampersands', '&a'],
  ['backticks', '`/a'],
  ['asterisks', '**'],
  ['heads', '**a** · <t:'],
  ['quotes', '"a'],
  ['quotes for good', '" '],
  ['brackets', '<('],
  ['dashes', '-'],
  ['backslashes', '\\'],
  ['accents', '\u0301'],
  ['joiners', '\u200d'],
  ['no width', '\u200b'],
  ['half characters', '\ud83d'],
  ['families', '👩‍👩‍👧'],
  ['flags', '🇦'],
  ['Japanese', '会'],
  ['Thai', 'กี'],
  ['Korean', '한'],
  ['Hebrew and numbers', 'א1'],
  ['brackets in Hebrew', 'א('],
  ['numbers with signs', '1.'],
  ['ligatures that unfold', '\ufdfa'],
  ['addresses', 'http://'],
];

describe('a long text', () => {
  it.each(kinds)('of %s takes nothing longer than its length', async (_, unit) => {
    const text = unit.repeat(Math.ceil(CHARS / unit.length));
    const slow: string[] = [];
    for (const [name, read] of readers) {
      const tookMs = await cpuMsOf(() => read(text));
      if (tookMs > LIMIT_MS) slow.push(`${name}: ${Math.round(tookMs)} ms`);
    }
    expect(slow).toEqual([]);
  });
});
