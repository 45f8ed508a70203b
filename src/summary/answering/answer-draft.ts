import { z } from 'zod';
import type { CitedSentence } from '../../core/asking/answerer.ts';
import { clip } from '../../core/text/clip.ts';
import { shareAWord } from '../../core/text/grounded.ts';
import { relatedLanguage } from '../../core/text/language.ts';
import { onOneLine } from '../numbered-lines.ts';
import { isRecord, readPoints } from '../read-draft.ts';
import type { NumberedPassages } from './numbered-passages.ts';

const MOST_SENTENCES = 6;
const MOST_CITED = 3; // links after a sentence; a reader follows one or two
const MOST_CHARS = 400; // of a sentence

/** The shape of a model's answer. Strict decoders require every field to be required and no other field to be allowed. */
export const answerShape = z.object({
  answered: z.boolean().describe('whether the lines answer the question'),
  sentences: z
    .array(
      z.object({
        text: z.string().describe('one plain sentence'),
        lines: z.array(z.number()).describe('the numbers of the lines that say so, at least one'),
      }),
    )
    .describe('the answer; empty when the lines do not answer the question'),
});
export type AnswerDraft = z.infer<typeof answerShape>;

/** Reads a model's answer leniently. `undefined`: it is none. */
export function readAnswer(value: unknown): AnswerDraft | undefined {
  if (!isRecord(value)) return undefined;
  if (value.answered === false || value.answered === 'false') return { answered: false, sentences: [] };
  if (!Array.isArray(value.sentences)) return undefined;
  return { answered: true, sentences: readPoints(value.sentences) };
}

/**
 * The sentences that may be shown: those with a line that exists and supports them.
 *
 * A model that obeys a speaker may cite somebody else's line. So where the line, or a translation of it, is in the language
 * of the answer, the sentence has to share a word, a name or a number with it. Between languages that cannot be told.
 */
export function citedSentences(
  { sentences }: AnswerDraft,
  { lineOf }: Pick<NumberedPassages, 'lineOf'>,
  language: string,
): CitedSentence[] {
  return sentences
    .flatMap(({ text, lines }): CitedSentence[] => {
      const sentence = clip(onOneLine(text), MOST_CHARS);
      const cites = [...new Set(lines)].flatMap((line) => {
        const cited = lineOf(line);
        if (!cited) return [];
        const isReadable = cited.texts.some((one) => relatedLanguage(one.language, language));
        const texts = cited.texts.map((one) => one.text);
        return isReadable && !shareAWord(sentence, texts)
          ? []
          : [{ meetingId: cited.meetingId, utteranceId: cited.utteranceId }];
      });
      return sentence === '' || cites.length === 0 ? [] : [{ text: sentence, cites: cites.slice(0, MOST_CITED) }];
    })
    .slice(0, MOST_SENTENCES);
}
