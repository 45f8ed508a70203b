import PDFDocument from 'pdfkit';
import { oneLine } from '../../core/text/plain-text.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { drawable, drawableNames, type FontSet, fontsFor, MISSING } from '../fonts/fonts.ts';
import { everyName } from '../model/build-minutes.ts';
import { formatQuote } from '../model/build-summary.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { asOffset } from '../model/times.ts';
import { pngOfModel } from '../picture/png.ts';
import { type Block, blocksOf } from './blocks.ts';
import { PdfPage, type Style } from './pdf-page.ts';

const MARGIN_PT = 54;
const QUIET = '#5c6068';
const TITLE = { size: 20, isBold: true } as const;
const HEADING = { size: 14, isBold: true } as const;
const BODY = { size: 10.5 } as const;
const NOTE = { size: 9, colour: QUIET } as const;
const TIMES = { size: 8.5, colour: '#1a5fb4', indent: 10 } as const;
const TRANSLATION = { size: 9.5, colour: QUIET, indent: 16 } as const;

/**
 * The minutes as a PDF whose text can be searched and copied in any script. Blocks the thread for about a second when
 * the meeting was long.
 */
export async function renderPdf(model: MinutesModel): Promise<Buffer> {
  const words = wordsFor(model.locale);
  const blocks = blocksOf(model);
  const missingSigns = words.t('document.missingSigns', { sign: MISSING });
  const fonts = fontsFor([...blocks.flatMap((block) => textsOf(block, words)), missingSigns]);
  const names = drawableNames(everyName(model), fonts, words);
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN_PT,
    bufferPages: true, // page numbers include the total
    pdfVersion: '1.5', // the first version that can store the characters behind a drawing
    info: { Title: oneLine(model.title), Creator: 'Parley' },
  });
  const bytes = collect(document);
  const page = new PdfPage(document, fonts, MARGIN_PT);
  for (const block of blocks) draw(block, page, { model, names, fonts, words });
  if (page.hasMissing) page.paragraph(missingSigns, { ...NOTE, before: 16 });
  page.number(drawable(oneLine(model.title), fonts), words);
  document.end();
  return bytes;
}

interface Drawing {
  readonly model: MinutesModel;
  readonly names: ReadonlyMap<string, string>; // the drawable form of each name
  readonly fonts: FontSet;
  readonly words: Words;
}

function draw(block: Block, page: PdfPage, { model, names, fonts, words }: Drawing): void {
  switch (block.kind) {
    case 'title':
      page.paragraph(block.text, { ...TITLE, after: 8 });
      break;
    case 'heading':
      page.heading(block.text, { ...HEADING, before: 16, after: 5 });
      break;
    case 'note':
      page.paragraph(block.text, { ...NOTE, before: 4 });
      break;
    case 'picture':
      page.picture(pngOfModel(model, 'paper'));
      break;
    case 'bullet': {
      const { who, due, sources } = block;
      const text = `${block.text}${due === undefined ? '' : ` (${words.t('document.due', { due })})`}`;
      if (who === undefined) page.paragraph(`• ${text}`, { ...BODY, before: 3, keepWithNext: true }, block.text);
      else
        page.labelled(who, names.get(who) ?? drawable(who, fonts), `: ${text}`, {
          ...BODY,
          before: 3,
          keepWithNext: true,
        });
      page.links(
        sources.map(({ startMs, url }) => ({ text: asOffset(startMs), url })),
        TIMES,
      );
      for (const { quote } of sources) if (quote) page.paragraph(formatQuote(quote), TRANSLATION, quote.text);
      break;
    }
    case 'fact':
      page.labelled(block.name, names.get(block.name) ?? block.name, `: ${block.text}`, BODY);
      break;
    case 'speaker':
      page.labelled(block.name, names.get(block.name) ?? block.name, `  ${block.at}`, { ...BODY, ...SPEAKER });
      break;
    case 'said':
      page.paragraph([block.text, ...block.remarks.map((remark) => `(${remark})`)].join(' '), BODY);
      break;
    case 'translation':
      page.paragraph(
        [`${block.language}: ${block.text}`, ...block.remarks.map((remark) => `(${remark})`)].join(' '),
        TRANSLATION,
        block.text,
      );
      break;
  }
}

const SPEAKER: Partial<Style> = { before: 8, keepWithNext: true };

function textsOf(block: Block, words: Words): string[] {
  switch (block.kind) {
    case 'picture':
      return [];
    case 'fact':
      return [block.name, block.text];
    case 'speaker':
      return [block.name];
    case 'bullet':
      return [
        block.who ?? '',
        block.text,
        ...(block.due === undefined ? [] : [words.t('document.due', { due: block.due })]),
        ...block.sources.flatMap(({ quote }) => (quote ? [formatQuote(quote)] : [])),
      ];
    case 'said':
      return [block.text, ...block.remarks];
    default:
      return [block.text];
  }
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.on('error', reject);
  });
}
