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
    let name = this.#registered.get(font);
    if (name === undefined) {
      name = `other ${this.#registered.size}`;
      this.#registered.set(font, name);
      this.#document.registerFont(name, font.path, font.postscriptName);
    }
    return this.#document.font(name, size);
  }
}
