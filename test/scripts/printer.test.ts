import { describe, expect, it } from 'vitest';
import { jsonPrinter, type Printer, textPrinter } from '../../scripts/transcribe/printer.ts';
import { makeFinal, makePartial, makeTranslation } from '../support/make.ts';

const EVIL = 'a\u001b[2Jb\u009b2Jc\u0007d\u202ee\u2028f\u200bg\r';
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function written(printerOf: (out: { write(text: string): unknown }) => Printer): string[] {
  const lines: string[] = [];
  const printer = printerOf({ write: (text) => lines.push(text) });
  for (const segment of [
    makePartial({ text: EVIL }),
    makeFinal({ text: EVIL }),
    makeTranslation({ text: EVIL, language: EVIL }),
  ]) {
    printer.segment(segment);
  }
  printer.end();
  return lines;
}

describe('the printed text of a recording', () => {
  it.each([
    ['for people', (out: { write(text: string): unknown }) => textPrinter(out, out, undefined)],
    ['as JSON', jsonPrinter],
  ])('contains nothing that a terminal obeys: %s', (_, printerOf) => {
    const lines = written(printerOf);
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toMatch(/\n$/);
      expect(line.slice(0, -1)).not.toMatch(OBEYED);
      expect(line).toContain('[2Jb');
    }
  });

  it('stays the same for a program that reads the JSON', () => {
    const [, final = ''] = written(jsonPrinter);
    expect(JSON.parse(final)).toMatchObject({ text: EVIL });
  });
});
