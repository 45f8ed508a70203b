import { describe, expect, it } from 'vitest';
import { withoutLines } from '../../../src/discord/transcript/read-lines.ts';

const ANA = '**Ana \\*lead\\*** · <t:100:T>';
const BEN = '**Ben** · <t:103:T>';
const isAnas = (name: string, atS: number) => name === 'Ana \\*lead\\*' && atS === 100;

describe('a message without somebody’s lines', () => {
  it.each([
    ['theirs first', [ANA, 'One', 'Two', '> **es** · Dos', BEN, 'Yes'], [BEN, 'Yes']],
    ['theirs last', [BEN, 'Yes', '> **es** · Sí', ANA, 'One'], [BEN, 'Yes', '> **es** · Sí']],
    [
      'sentences of the bot after theirs stay',
      [ANA, 'One', 'ℹ️ I could not transcribe 4 s of what was said'],
      ['ℹ️ I could not transcribe 4 s of what was said'],
    ],
    [
      'somebody of the same name at another time stays',
      ['**Ana \\*lead\\*** · <t:101:T>', 'Mine'],
      ['**Ana \\*lead\\*** · <t:101:T>', 'Mine'],
    ],
    ['nothing but theirs', [ANA, 'One'], []],
  ])('%s', (_, before, after) => {
    expect(withoutLines(before.join('\n'), isAnas)).toBe(after.join('\n'));
  });
});
