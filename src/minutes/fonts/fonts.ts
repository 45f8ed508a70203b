import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Words } from '../../i18n/words.ts';
import { type FontFile, readFontFile } from './font-file.ts';

const require = createRequire(import.meta.url);

/** Shipped with Parley. Covers Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian and most symbols. */
export const REGULAR = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
export const BOLD = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

/** Drawn in place of a character that no available font has. */
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
/** Font names that are used only when no plain font has the character. */
const FANCY = /mono|bold|italic|oblique|condensed|narrow|light|black|thin|serif/i;
/**
 * Characters without a shape of their own: format and control characters, variation selectors, spaces, lone surrogates.
 */
const UNSEEN = /\p{Cf}|\p{Z}|\p{Cc}|\p{Cs}|\p{Variation_Selector}/u;

/** The fonts that can draw certain texts, best first. */
export interface FontSet {
  readonly files: readonly FontFile[];
  /** The first font that has all of these characters, or `undefined`. */
  fontFor(characters: string): FontFile | undefined;
}

/** Caches which characters each font has, because long texts repeat the same few. */
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
const found: FontFile[] = []; // fonts of this machine that were needed so far
const candidates = new Map<string, readonly FontFile[]>(); // by folder, once it was searched

/**
 * The shipped font and, if it is not enough, fonts of this machine.
 *
 * Reads font files only when a text first needs more than the shipped font, and caches what it found.
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

/** The text with one replacement sign for each grapheme that no font has. */
export function drawable(text: string, fonts: FontSet): string {
  if (fonts.fontFor(text)) return text;
  const parts = [...new Intl.Segmenter().segment(text)];
  return parts.map(({ segment }) => (fonts.fontFor(segment) ? segment : MISSING)).join('');
}

/**
 * The drawable form of each name. Names with missing characters also get a number, so that no two look the same.
 */
export function drawableNames(names: Iterable<string>, fonts: FontSet, words: Words): ReadonlyMap<string, string> {
  return new Map(
    [...new Set(names)].map((name, index) => {
      const drawn = drawable(name, fonts);
      return [name, drawn === name ? name : `${drawn} (${words.t('picture.person', { number: index + 1 })})`];
    }),
  );
}

/** Finds fonts for these characters and caches them, beginning with the fonts that cover the most. */
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

/** Ranks plain fonts before fancy ones, then by how many of the characters they have. */
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
    return []; // the user has no home folder, as in many containers
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
