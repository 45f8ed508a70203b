import type { FinalSegment, TranscriptSegment } from '../../../core/segment.ts';
import { relatedLanguage, sameLanguage } from '../../../core/text/language.ts';
import type { LiveLine, Text } from '../../browser/wire.ts';

/** The line before, as it was sent, and the language of its translation, if it is one. */
interface SentLine {
  readonly into?: string;
  readonly bytes: Buffer | undefined; // missing: it is not kept
}

type Shown = Pick<LiveLine, 'text' | 'language' | 'original' | 'corrected'>;

/**
 * The texts of a line after a segment.
 *
 * @param wanted - the language of the readers; `undefined`: everything as it was spoken
 * @returns `undefined` when the segment changes nothing
 */
export function textsAfter(
  segment: Pick<TranscriptSegment, 'kind' | 'text' | 'language'> & Pick<FinalSegment, 'corrected'>,
  before: SentLine | undefined,
  wanted: string | undefined,
): Shown | undefined {
  const { kind, text, language } = segment;
  const own = { text, language };
  if (kind === 'partial') return own;
  const line = before?.bytes && lineIn(before.bytes);
  if (kind === 'translation') {
    if (!serves(language, before?.into, wanted)) return undefined;
    const original = before?.into === undefined ? line && textOf(line) : line?.original;
    return { ...own, ...(original && { original }), ...(line?.corrected && { corrected: true }) };
  }
  const corrected = segment.corrected && ({ corrected: true } as const);
  if (before?.into === undefined) return { ...own, ...corrected };
  if (!line || (line.original && !corrected)) return undefined;
  return { ...textOf(line), original: own, ...corrected }; // the translation came first, or the original was corrected
}

function textOf({ text, language }: LiveLine): Text {
  return { text, language };
}

/** Reads a line back, so that its text is not kept twice. */
function lineIn(bytes: Buffer): LiveLine {
  return JSON.parse(bytes.toString('utf8', bytes.indexOf('data: ') + 'data: '.length)) as LiveLine; // we wrote it
}

/** A translation into any Portuguese serves readers of Brazilian Portuguese, until there is a Brazilian one. */
function serves(language: string, before: string | undefined, wanted: string | undefined): boolean {
  if (wanted === undefined || !relatedLanguage(language, wanted)) return false;
  return before === undefined || sameLanguage(language, wanted) || !sameLanguage(before, wanted);
}
