import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Words } from '../../i18n/words.ts';
import { type FontFile, readFontFile } from './font-file.ts';

const require = createRequire(import.meta.url);

/** Shipped with Parley: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and most symbols. */
export const REGULAR = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
export const BOLD = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

/** Stands for a character that no font at hand can draw. */
export const MISSING = '□';

const SYSTEM_FONTS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  ...homeFolders(),
  '/System/Library/Fonts',
  '/Library/Fonts',
  'C:\\Windows\\Fonts',
];
const FONT_FILE = /\.(?:ttf|otf|ttc)$/i;
/** Taken only when no plain font has the character. */
const FANCY = /mono|bold|italic|oblique|condensed|narrow|light|black|thin|serif/i;
/** Is never seen by itself: format characters, variation selectors, blanks, and what text cannot hold. */
const UNSEEN = /\p{Cf}|\p{Z}|\p{Cc}|\p{Cs}|\p{Variation_Selector}/u;

/** The fonts that draw some texts, best first. */
export interface FontSet {
  readonly files: readonly FontFile[];
  /** The first font that has all of these characters; undefined when none has. */
  fontFor(characters: string): FontFile | undefined;
}

/** Remembers which characters a font has: long texts ask the same few over and over. */
class RememberedFonts implements FontSet {
  readonly files: readonly FontFile[];
  readonly #had: readonly Map<string, boolean>[]; // by font, by character

  constructor(files: readonly FontFile[]) {
    this.files = files;
    this.#had = files.map(() => new Map());
  }

  fontFor(characters: string): FontFile | undefined {
    return this.files.find((font, index) => {
      const had = this.#had[index];
      for (const character of characters) {
        let has = had?.get(character);
        if (has === undefined) {
          has = font.has(character.codePointAt(0) ?? 0) || UNSEEN.test(character);
          had?.set(character, has);
        }
        if (!has) return false;
      }
      return true;
    });
  }
}

let shipped: FontFile | undefined;
const found: FontFile[] = []; // of this machine: those that were of use so far
const candidates = new Map<string, readonly FontFile[]>(); // by folder, once it was looked at

/**
 * The shipped font and, where it does not suffice, fonts of this machine.
 *
 * Looks at files at the first text that needs more than the shipped font; from then on it remembers.
 *
 * @param folders - where this machine keeps its fonts
 */
export function fontsFor(texts: Iterable<string>, folders: readonly string[] = SYSTEM_FONTS): FontSet {
  shipped ??= readFontFile(REGULAR);
  if (!shipped) throw new Error('Cannot draw text: the font that Parley ships is missing or damaged');
  const needed = new Set<number>();
  for (const text of texts) for (const character of text) needed.add(character.codePointAt(0) ?? 0);
  const missing = [...needed].filter((code) => !shipped?.has(code) && !UNSEEN.test(String.fromCodePoint(code)));
  const unknown = new Set(missing.filter((code) => !found.some((font) => font.has(code))));
  if (unknown.size > 0) search(unknown, folders);
  const files = [shipped, ...found.filter((font) => missing.some((code) => font.has(code)))];
  return new RememberedFonts(files);
}

/** The text as it can be drawn: what no font has is replaced, as one sign for each character that people see. */
export function drawable(text: string, fonts: FontSet): string {
  if (fonts.fontFor(text)) return text;
  const parts = [...new Intl.Segmenter().segment(text)];
  return parts.map(({ segment }) => (fonts.fontFor(segment) ? segment : MISSING)).join('');
}

/** Names as they can be drawn; those that would not be legible get a number, so that everybody can be told apart. */
export function drawableNames(names: Iterable<string>, fonts: FontSet, words: Words): ReadonlyMap<string, string> {
  return new Map(
    [...new Set(names)].map((name, index) => {
      const drawn = drawable(name, fonts);
      return [name, drawn === name ? name : `${drawn} (${words.t('picture.person', { number: index + 1 })})`];
    }),
  );
}

/** Remembers the fonts that have these characters; one that has several at once is worth more than several fonts. */
function search(unknown: Set<number>, folders: readonly string[]): void {
  const useful = folders
    .flatMap(fontsIn)
    .map((font) => ({ font, codes: [...unknown].filter((code) => font.has(code)) }))
    .toSorted((a, b) => worth(b) - worth(a));
  for (const { font, codes } of useful) {
    if (!codes.some((code) => unknown.has(code))) continue;
    found.push(font);
    for (const code of codes) unknown.delete(code);
  }
}

/** Plain fonts before fancy ones, then by how much of the text they have. */
function worth({ font, codes }: { readonly font: FontFile; readonly codes: readonly number[] }): number {
  return codes.length + (FANCY.test(basename(font.path)) ? 0 : 1e6);
}

function fontsIn(folder: string): readonly FontFile[] {
  const known = candidates.get(folder);
  if (known) return known;
  const fonts = fontFilesIn(folder).flatMap((path) => readFontFile(path) ?? []);
  candidates.set(folder, fonts);
  return fonts;
}

function homeFolders(): string[] {
  try {
    return ['.local/share/fonts', '.fonts'].map((folder) => join(homedir(), folder));
  } catch {
    return []; // a user without a home, as in many containers
  }
}

function fontFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => FONT_FILE.test(name))
      .map((name) => join(folder, name));
  } catch {
    return []; // this machine has no such folder
  }
}
