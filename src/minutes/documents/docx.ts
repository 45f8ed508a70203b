import { Document, ExternalHyperlink, HeadingLevel, ImageRun, Packer, Paragraph, TextRun } from 'docx';
import { oneLine, withItsEnds } from '../../core/text/plain-text.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { isRightToLeft } from '../fonts/direction.ts';
import { formatQuote } from '../model/build-summary.ts';
import type { MinutesModel, Source } from '../model/minutes-model.ts';
import { asOffset } from '../model/times.ts';
import { pngOfModel } from '../picture/png.ts';
import { type Block, blocksOf } from './blocks.ts';

// Lengths are in twips (a twentieth of a point) and font sizes in half points, the units of the format.
const GAP = 80;
const INDENT = 360;
const SMALL = 18;
const QUIET = '5c6068';
const LINK = '1a5fb4';
const PICTURE_WIDTH = 600; // pixels at 96 per inch: fits between the margins of A4 and Letter

/**
 * The minutes as a Word document. Blocks the thread for about a second when the meeting was long.
 *
 * Word has its own fonts for every script. Right-to-left paragraphs are marked as such.
 */
export async function renderDocx(model: MinutesModel): Promise<Buffer> {
  const words = wordsFor(model.locale);
  const children = blocksOf(model).map((block) => paragraphOf(block, model, words));
  const document = new Document({
    title: oneLine(model.title),
    creator: 'Parley',
    styles: { default: { document: { run: { font: 'Calibri', size: 22 } } } },
    sections: [{ children }],
  });
  return Packer.toBuffer(document);
}

function paragraphOf(block: Block, model: MinutesModel, words: Words): Paragraph {
  switch (block.kind) {
    case 'title':
      return new Paragraph({ heading: HeadingLevel.TITLE, ...textOf(block.text) });
    case 'heading':
      return new Paragraph({ heading: HeadingLevel.HEADING_1, keepNext: true, text: block.text });
    case 'note':
      return new Paragraph({ children: [new TextRun({ text: block.text, italics: true, color: QUIET })] });
    case 'picture':
      return new Paragraph({ spacing: { before: 2 * GAP }, children: [pictureOf(model, words)] });
    case 'bullet': {
      const { children, bidirectional } = textOf(block.text);
      return new Paragraph({
        bullet: { level: 0 },
        bidirectional,
        children: [
          ...(block.who === undefined ? [] : [run(block.who, { bold: true }), run(': ')]),
          ...children,
          ...(block.due === undefined ? [] : [run(` (${words.t('document.due', { due: block.due })})`)]),
          ...block.sources.flatMap((source) => [
            run('  '),
            linkTo(source),
            ...(source.quote ? [run(` ${formatQuote(source.quote)}`, { color: QUIET, size: SMALL })] : []),
          ]),
        ],
      });
    }
    case 'fact':
      return new Paragraph({
        bullet: { level: 0 },
        children: [run(block.name, { bold: true }), run(`: ${block.text}`)],
      });
    case 'speaker':
      return new Paragraph({
        spacing: { before: 2 * GAP },
        keepNext: true,
        children: [run(block.name, { bold: true }), run(`  ${block.at}`, { color: QUIET, size: SMALL })],
      });
    case 'said': {
      const remarks = block.remarks.map((remark) => run(` (${remark})`, { italics: true, color: QUIET }));
      const { children, bidirectional } = textOf(block.text);
      return new Paragraph({ bidirectional, children: [...children, ...remarks] });
    }
    case 'translation': {
      const { children, bidirectional } = textOf(block.text, { color: QUIET });
      const remarks = block.remarks.map((remark) => run(` (${remark})`, { italics: true, color: QUIET }));
      const code = run(`${block.language}: `, { color: QUIET, size: SMALL });
      return new Paragraph({ bidirectional, indent: { start: INDENT }, children: [code, ...children, ...remarks] });
    }
  }
}

interface Look {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly color?: string;
  readonly size?: number;
}

function run(text: string, look: Look = {}): TextRun {
  return new TextRun({ text: withItsEnds(text, oneLine), rightToLeft: isRightToLeft(text), ...look });
}

function textOf(text: string, look: Look = {}): { readonly children: TextRun[]; readonly bidirectional: boolean } {
  return { children: [run(text, look)], bidirectional: isRightToLeft(text) };
}

/** The time at which something was said, as a link to its message if that is known. */
function linkTo({ startMs, url }: Source): TextRun | ExternalHyperlink {
  const look = { color: QUIET, size: SMALL };
  if (url === undefined) return run(asOffset(startMs), look);
  return new ExternalHyperlink({ link: url, children: [run(asOffset(startMs), { ...look, color: LINK })] });
}

function pictureOf(model: MinutesModel, words: Words): ImageRun {
  const timeline = words.t('document.timeline');
  const data = pngOfModel(model, 'paper');
  const height = Math.round((PICTURE_WIDTH * data.readUInt32BE(20)) / data.readUInt32BE(16)); // from the PNG header
  return new ImageRun({
    type: 'png',
    data,
    transformation: { width: PICTURE_WIDTH, height },
    altText: { name: timeline, title: timeline, description: words.t('document.timelineIs') },
  });
}
