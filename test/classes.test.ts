import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ClassSize, classesIn } from './support/classes.ts';
import { filesUnder } from './support/imports.ts';

const LINES = 400; // a class of so many lines or fields holds several ideas: pull the pure decision out first, then the state of it
const FIELDS = 16;

const root = resolve(import.meta.dirname, '..');
const sources = ['src', 'commands'].flatMap(filesUnder).filter((path) => /\.[jt]s$/.test(path));
const classes = sources.flatMap((path) =>
  classesIn(readFileSync(resolve(root, path), 'utf8')).map((size) => ({ path, ...size })),
);

function isTooBig({ lines, fields }: ClassSize): boolean {
  return lines >= LINES || fields >= FIELDS;
}

describe('the classes of the house', () => {
  it('are few enough lines and fields to be held in one’s head', () => {
    expect(classes.length).toBeGreaterThan(200);
    expect(classes.filter(isTooBig)).toEqual([]);
  });

  it('are measured without what does not make them long', () => {
    const text = `
      /** A comment. */
      export class First extends Other<{ a: string }> {
        static readonly shared = new Map<string, number>();
        readonly #own: string;
        other = () => { const local = 1; return local; };
        accessor third = 1;
        declare readonly typed: number;
        constructor(own: string) { this.#own = own; }
        get read(): string { return this.#own; }
      }`;
    expect(classesIn(text)).toEqual([{ name: 'First', lines: 9, fields: 4 }]);
  });

  it('are found wherever they are', () => {
    const text =
      'const make = () => class {\n  a = new (class Inner {\n    b = 1;\n  })();\n};\nexport default class Last {}';
    expect(classesIn(text)).toEqual([
      { name: 'a class without a name', lines: 5, fields: 1 },
      { name: 'Inner', lines: 3, fields: 1 },
      { name: 'Last', lines: 1, fields: 0 },
    ]);
  });

  it.each([
    [{ name: 'long', lines: 400, fields: 0 }, true],
    [{ name: 'full', lines: 10, fields: 16 }, true],
    [{ name: 'big', lines: 399, fields: 15 }, false],
  ])('are too big from 400 lines or 16 fields on: %o', (size, tooBig) => {
    expect(isTooBig(size)).toBe(tooBig);
  });
});
