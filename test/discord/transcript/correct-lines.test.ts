import { describe, expect, it } from 'vitest';
import { lineMarks } from '../../../src/discord/formatting/line-marks.ts';
import { correctLines } from '../../../src/discord/transcript/correct-lines.ts';
import { headOf, type Line, linesOf, render } from '../../../src/discord/transcript/outbox/line.ts';
import { wordsFor } from '../../../src/i18n/words.ts';
import { makePerson } from '../../support/make.ts';

const marks = lineMarks(wordsFor('en-US'));
const head = headOf(makePerson(), { utteranceId: 'u1', startMs: 0 }, new Date(0), marks);

/** Corrects the lines of one utterance, each in a message that takes so many characters. */
function corrected(texts: readonly string[], text: string, limits: readonly number[], translations = new Map()) {
  const lines = linesOf(head, texts, 'final', 0).map((line, at) =>
    at === texts.length - 1 ? { ...line, translations } : line,
  );
  const now = new Map<Line, Line | undefined>(lines.map((line) => [line, line]));
  const outcome = correctLines(lines, text, {
    roomOf: (line, newLine) => (limits[lines.indexOf(line)] ?? 0) - render([newLine], 'no heads').length,
    replace: (line, newLine) => void now.set(line, newLine),
    remove: (line) => void now.set(line, undefined),
  });
  return { outcome, contents: [...now.values()].map((line) => line && render([line], 'no heads')) };
}

describe('the lines of an utterance, corrected', () => {
  it.each([
    ['a line', ['Hello evrybody'], 'Hello everybody', [100], 'shown', ['Hello everybody *(corrected)*']],
    [
      'two lines: the text goes over both',
      ['one two three four five six', 'seven'],
      'one deux three four five six seven',
      [37, 100],
      'shown',
      ['one deux three four *(corrected)*', 'five six seven *(corrected)*'],
    ],
    [
      'two lines, and one is enough now',
      ['one two', 'three'],
      'one',
      [100, 100],
      'shown',
      ['one *(corrected)*', undefined],
    ],
    [
      'more than the last message takes',
      ['abcdefghij klmnopqrst'],
      'abcdefghij klmnopqrst uvwxyz and very much more',
      [45],
      'cut',
      ['abcdefghij klmnopqrst uvwxyz … *(corrected)*'],
    ],
    ['no room worth it', ['abc'], 'abcdefghij klmnopqrst uvwxyz', [25], 'no room', ['abc']],
    ['no room even for the mark', ['abc'], 'abd', [10], 'no room', ['abc']],
  ])('%s', (_, texts, text, limits, outcome, contents) => {
    expect(corrected(texts, text, limits)).toEqual({ outcome, contents });
  });

  it('keep their translations, marked as of the original', () => {
    const { contents } = corrected(['Helo'], 'Hello', [200], new Map([['es', 'Hola']]));
    expect(contents).toEqual(['Hello *(corrected)*\n> **es** · Hola *(of the original)*']);
  });

  it('stay plain whatever somebody typed, and within the limit', () => {
    const hostile = `# @everyone <@100> **bold** https://x.example/${'語'.repeat(4_000)}`;
    const { outcome, contents } = corrected(['short', 'longer'], hostile, [2_000, 2_000]);
    expect(outcome).toBe('cut');
    for (const content of contents) expect(content?.length).toBeLessThanOrEqual(2_000);
    expect(contents[0]).toMatch(/^\\# @\u200beveryone \\<@\u200b100\\> \\\*\\\*bold\\\*\\\* /);
  });
});
