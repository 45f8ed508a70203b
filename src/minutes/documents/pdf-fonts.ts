import type { FontFile } from '../fonts/font-file.ts';
import { BOLD, drawable, type FontSet, REGULAR } from '../fonts/fonts.ts';
import { joinPieces, type Piece, piecesOf } from '../fonts/line-breaks.ts';
import { needsNoShaping, unshapedFont } from '../fonts/unshaped-font.ts';

/** What decides how wide a text is. */
export interface TextLook {
  readonly size: number; // in points
  readonly isBold?: boolean;
}

/** Text that one font can draw completely. Without a font it is the shipped one. */
export interface Part {
  readonly text: string;
  readonly font: FontFile | undefined;
}

const LONGEST_WORD_COLUMNS = 60; // a longer word may break between any two characters

/** Chooses fonts for the text of one PDF document, and measures and wraps text in them. */
export class PdfFonts {
  readonly #document: PDFKit.PDFDocument;
  readonly #fonts: FontSet;
  readonly #registered = new Map<FontFile, string>();
  readonly #laidOut = new Map<string, Map<string, boolean>>(); // whether it could be, by name of font and character
  readonly #widths = new Map<string, number>(); // of words, by look: most words occur many times

  constructor(document: PDFKit.PDFDocument, fonts: FontSet) {
    this.#document = document;
    this.#fonts = fonts;
    document.registerFont('regular', REGULAR).registerFont('bold', BOLD);
    document.registerFont('regular unshaped', unshapedFont(REGULAR)).registerFont('bold unshaped', unshapedFont(BOLD));
  }

  /** The text with a sign in place of each character that no font has. */
  drawable(text: string): string {
    return drawable(text, this.#fonts);
  }

  /**
   * The lines that a text takes within a width in points.
   *
   * Measures word by word, each with the space after it, because the library lays words out and caches them that way.
   */
  wrap(text: string, style: TextLook, width: number): string[] {
    const space = this.#widthOfWord(' ', style);
    const lines: string[] = [];
    let line: Piece[] = [];
    let used = 0;
    for (const piece of piecesOf(text, LONGEST_WORD_COLUMNS)) {
      const own = this.#widthOfWord(`${piece.text} `, style) - space;
      const needs = piece.isSpaced && line.length > 0 ? own + space : own;
      if (line.length > 0 && used + needs > width) {
        lines.push(joinPieces(line));
        [line, used] = [[piece], own];
      } else {
        line.push(piece);
        used += needs;
      }
    }
    return line.length > 0 ? [...lines, joinPieces(line)] : lines;
  }

  #widthOfWord(word: string, style: TextLook): number {
    const key = `${style.isBold ? 'b' : 'r'}${style.size} ${word}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = this.widthOf(word, style);
      this.#widths.set(key, width);
    }
    return width;
  }

  widthOf(text: string, style: TextLook): number {
    return this.partsOf(this.drawable(text)).reduce(
      (sum, part) => sum + this.use(part, style).widthOfString(part.text),
      0,
    );
  }

  /** Divides a drawable text into parts that one font can draw completely. */
  partsOf(shown: string): Part[] {
    const whole = this.#fonts.fontFor(shown);
    if (whole) return [{ text: shown, font: whole }];
    const parts: { text: string; font: FontFile | undefined }[] = [];
    for (const { segment } of new Intl.Segmenter().segment(shown)) {
      const font = this.#fonts.fontFor(segment);
      const last = parts.at(-1);
      if (last && last.font === font) last.text += segment;
      else parts.push({ text: segment, font });
    }
    return parts;
  }

  /** Selects the font and size of a part. Only the shipped font has a bold weight. */
  use({ text, font }: Part, { size, isBold }: TextLook, isTurned = false): PDFKit.PDFDocument {
    if (!font || font.path === REGULAR) {
      const weight = isBold ? 'bold' : 'regular';
      return this.#document.font(!isTurned && needsNoShaping(text) ? `${weight} unshaped` : weight, size);
    }
    const name = this.#registered.get(font) ?? this.#register(font);
    if (this.#canLayOut(name, text, size)) return this.#document.font(name, size);
    const unshaped = this.#registerUnshaped(font, name);
    const canStill = unshaped !== undefined && this.#canLayOut(unshaped, text, size);
    return this.#document.font(canStill ? unshaped : 'regular', size);
  }

  #register(font: FontFile): string {
    const name = `other ${this.#registered.size}`;
    this.#registered.set(font, name);
    this.#document.registerFont(name, font.path, font.postscriptName);
    return name;
  }

  #registerUnshaped({ path, postscriptName }: FontFile, shaped: string): string | undefined {
    if (postscriptName !== undefined) return undefined; // one of a collection
    const name = `${shaped} unshaped`;
    if (this.#laidOut.has(name)) return name;
    this.#document.registerFont(name, unshapedFont(path));
    return name;
  }

  /** The library cannot read the shaping tables of some fonts, and finds out only when it lays text out. */
  #canLayOut(name: string, text: string, size: number): boolean {
    const known = this.#laidOut.get(name) ?? new Map<string, boolean>();
    this.#laidOut.set(name, known);
    const fresh = [...new Set(text)].filter((character) => !known.has(character));
    if (fresh.length > 0) {
      const can = this.#triesLayOut(name, text, size);
      for (const character of fresh) known.set(character, can);
    }
    return [...new Set(text)].every((character) => known.get(character));
  }

  #triesLayOut(name: string, text: string, size: number): boolean {
    try {
      this.#document.font(name, size).widthOfString(text);
      return true;
    } catch {
      return false;
    }
  }
}
