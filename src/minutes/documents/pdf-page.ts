import { oneLine } from '../../core/text/plain-text.ts';
import type { Words } from '../../i18n/words.ts';
import { hasRightToLeft, isRightToLeft, visualRuns } from '../fonts/direction.ts';
import { type FontSet, MISSING } from '../fonts/fonts.ts';
import { PdfFonts, type TextLook } from './pdf-fonts.ts';

/** How a paragraph looks. All lengths are in points. */
export interface Style extends TextLook {
  readonly colour?: string;
  readonly indent?: number;
  readonly before?: number;
  readonly after?: number;
  readonly keepWithNext?: boolean; // a line or two of what follows stand on the same page
}

const INK = '#1b1c1f';
const LINE_HEIGHT = 1.35; // times the font size
const KEPT_LINES = 3; // at least this many lines must fit from a name or the beginning of a point on

/** Draws one line at its baseline. Only underlines need the width; a fixed value saves measuring each line. */
const AS_IT_IS = { lineBreak: false, baseline: 'alphabetic', textWidth: 0, wordCount: 1 } as const;

/** Puts paragraphs onto the pages of a PDF, from top to bottom. */
export class PdfPage {
  readonly #document: PDFKit.PDFDocument;
  readonly #fonts: PdfFonts;
  readonly #left: number;
  readonly #right: number;
  readonly #bottom: number;
  readonly #top: number;
  #y: number;
  #heading: { readonly text: string; readonly style: Style } | undefined; // waits for what follows it
  #inked: { readonly page?: PDFKit.PDFPage; readonly colour: string } = { colour: '' };
  hasMissing = false;

  constructor(document: PDFKit.PDFDocument, fonts: FontSet, margin: number) {
    this.#document = document;
    this.#fonts = new PdfFonts(document, fonts);
    this.#left = margin;
    this.#top = margin;
    this.#right = document.page.width - margin;
    this.#bottom = document.page.height - margin;
    this.#y = margin;
  }

  /** @param directedBy - the part of the text that decides whether it runs from right to left */
  paragraph(text: string, style: Style, directedBy = text): void {
    this.#begin(style);
    const { indent = 0 } = style;
    const isLeftward = isRightToLeft(directedBy);
    for (const line of this.#fonts.wrap(oneLine(text), style, this.#right - this.#left - indent)) {
      this.#newLine(style);
      const x = isLeftward ? this.#right - indent - this.#fonts.widthOf(line, style) : this.#left + indent;
      this.#drawLine(isLeftward ? line : spaced(line), x, style, isLeftward);
      this.#y += style.size * LINE_HEIGHT;
    }
    this.#y += style.after ?? 0;
  }

  /**
   * A paragraph that appears in the table of contents of PDF readers. It is drawn together with the beginning of what follows, as only that
   * tells whether there is room for both: a heading is never the last thing on a page.
   */
  heading(text: string, style: Style): void {
    this.#drawHeading((style.before ?? 0) + style.size * LINE_HEIGHT);
    this.#heading = { text, style };
  }

  /**
   * A bold label with text after it.
   *
   * @param drawn - what is drawn in place of the label; copying it gives `label`
   */
  labelled(label: string, drawn: string, text: string, style: Style): void {
    this.#begin(style);
    this.#newLine(style);
    const bold = { ...style, isBold: true };
    const name = oneLine(drawn);
    const indent = this.#drawLine(name, this.#left, bold, isRightToLeft(name), oneLine(label));
    const [first = '', ...others] = this.#fonts.wrap(text, style, this.#right - this.#left - indent);
    this.#drawLine(spaced(/^\s*/.exec(text)?.[0] + first), this.#left + indent, style, false);
    this.#y += style.size * LINE_HEIGHT;
    const rest = others.join(' ');
    if (rest !== '') this.paragraph(rest, { ...style, before: 0, indent: 16 });
  }

  /** Short texts on one line, as many as fit. Those with a `url` can be clicked. */
  links(items: readonly { readonly text: string; readonly url?: string | undefined }[], style: Style): void {
    this.#begin(style);
    this.#newLine(style);
    const height = style.size * LINE_HEIGHT;
    let x = this.#left + (style.indent ?? 0);
    for (const { text, url } of items) {
      const width = this.#fonts.widthOf(text, style);
      if (x + width > this.#right) break;
      this.#drawLine(spaced(text), x, style, false);
      if (url !== undefined) this.#document.link(x, this.#y, width, height, url);
      x += width + 2 * style.size;
    }
    this.#y += height;
  }

  picture(png: Buffer): void {
    const width = this.#right - this.#left;
    const height = (width * png.readUInt32BE(20)) / png.readUInt32BE(16); // width and height from the PNG header
    this.#drawHeading(10 + height);
    this.#y += 10;
    if (this.#y + height > this.#bottom) this.#newPage();
    this.#document.image(png, this.#left, this.#y, { width });
    this.#y += height;
  }

  /** Puts the title and the page number below every page. Call this last. */
  number(title: string, words: Words): void {
    this.#drawHeading(0);
    const style = { size: 8, colour: '#5c6068' };
    const { count } = this.#document.bufferedPageRange();
    const [short = ''] = this.#fonts.wrap(title, style, (this.#right - this.#left) * 0.7);
    for (let index = 0; index < count; index += 1) {
      this.#document.switchToPage(index);
      this.#document.page.margins.bottom = 0; // otherwise text there would begin a new page
      this.#y = this.#bottom + 14;
      const pageOf = words.t('document.pageOf', { page: index + 1, pages: count });
      this.#drawLine(short, this.#left, style, isRightToLeft(short));
      this.#drawLine(pageOf, this.#right - this.#fonts.widthOf(pageOf, style), style, false);
    }
  }

  #begin({ before = 0, keepWithNext, size }: Style): void {
    const kept = (keepWithNext ? KEPT_LINES : 1) * size * LINE_HEIGHT;
    this.#drawHeading(before + kept);
    this.#y += before;
    if (keepWithNext && this.#y + kept > this.#bottom) this.#newPage();
  }

  /** Draws the heading that waits, on a new page if not both fit. @param needed - by what follows, in points */
  #drawHeading(needed: number): void {
    if (!this.#heading) return;
    const { text, style } = this.#heading;
    this.#heading = undefined;
    const { before = 0, after = 0, size } = style;
    const lines = this.#fonts.wrap(oneLine(text), style, this.#right - this.#left);
    const height = before + lines.length * size * LINE_HEIGHT + after;
    const fits = this.#y + height + needed <= this.#bottom;
    if (!fits) this.#newPage();
    this.paragraph(text, fits ? style : { ...style, before: 0 });
    this.#document.outline.addItem(text);
  }

  #newLine({ size }: Style): void {
    if (this.#y + size * LINE_HEIGHT > this.#bottom) this.#newPage();
  }

  #newPage(): void {
    this.#document.addPage();
    this.#y = this.#top;
  }

  /**
   * Draws one line at the current height.
   *
   * @param means - the characters that copying the line gives, when others are drawn
   * @returns the width of the line in points
   */
  #drawLine(line: string, x: number, style: Style, isLeftward: boolean, means = line): number {
    const shown = this.#fonts.drawable(line);
    if (shown.includes(MISSING) && !means.includes(MISSING)) this.hasMissing = true;
    const isTurned = isLeftward || hasRightToLeft(shown);
    const runs = isTurned ? visualRuns(shown, isLeftward) : [{ text: shown }];
    const isOther = isTurned || shown !== means; // the drawn characters differ from the text
    if (isOther) this.#document.markContent('Span', { actual: means });
    this.#colour(style.colour ?? INK);
    let at = x;
    for (const { text } of runs) {
      for (const part of this.#fonts.partsOf(text)) {
        // A reordered line uses one font, because PDF readers restore the order only of words in the same font.
        const document = this.#fonts.use(part, style, isTurned);
        document.text(part.text, at, this.#y + style.size, AS_IT_IS);
        at = document.x; // the end of the drawn text
      }
    }
    if (isOther) this.#document.endMarkedContent();
    return at - x;
  }

  /** Sets the colour if it differs. A new page begins without one; a colour lasts until the next is set. */
  #colour(colour: string): void {
    if (this.#inked.page === this.#document.page && this.#inked.colour === colour) return;
    this.#document.fillColor(colour);
    this.#inked = { page: this.#document.page, colour };
  }
}

/** Adds a space, so that the library lays out the last word as measured, and copied lines do not run together. */
function spaced(line: string): string {
  return `${line} `;
}
