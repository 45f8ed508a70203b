import { z } from 'zod';
import type { ActionItem, Point, SummaryText } from '../core/summary.ts';
import { clip } from '../core/text/clip.ts';
import { onOneLine } from './numbered-lines.ts';

// The code keeps these limits, not the schema, because endpoints support different schema keywords.
const MAX_POINT_CHARS = 400;
const MAX_NAME_CHARS = 60;
const MAX_TITLE_CHARS = 90;
const MAX_CITED = 6; // citations per point; a reader follows one or two
const MAX_POINTS = { keyPoints: 10, decisions: 12, actions: 20, questions: 10 };

const lines = z.array(z.number()).describe('the numbers of the transcript lines that say so, at least one');
const point = z.object({ text: z.string().describe('one plain sentence'), lines });

/**
 * The shape of a model's answer. Strict decoders require every field to be required and no other field to be allowed.
 */
export const draft = z.object({
  title: z.string().describe('what the meeting was about, at most eight words'),
  keyPoints: z.array(point).describe('what a person who was not there has to know, the most important first'),
  decisions: z.array(point).describe('only what was agreed'),
  actions: z
    .array(
      point.extend({
        owner: z.string().nullable().describe('the name of who is to do it, as in the transcript; null if not said'),
        due: z.string().nullable().describe('when it is due, as said or as YYYY-MM-DD; null if not said'),
      }),
    )
    .describe('what somebody is to do'),
  questions: z.array(point).describe('questions that stayed open'),
});
export type Draft = z.infer<typeof draft>;
export type DraftPoint = z.infer<typeof point>;

/**
 * The part of a draft that may be shown: points with existing citations, each on one line and of bounded length.
 *
 * @param utteranceOf - the id of the utterance with a line number, if it exists
 */
export function citedText(
  made: Draft,
  language: string,
  utteranceOf: (line: number) => string | undefined,
): SummaryText {
  const pointOf = ({ text, lines }: DraftPoint): Point | undefined => {
    const cites = [...new Set(lines.flatMap((line) => utteranceOf(line) ?? []))].slice(0, MAX_CITED);
    const clean = clipped(text, MAX_POINT_CHARS);
    return clean === '' || cites.length === 0 ? undefined : { text: clean, cites };
  };
  const points = (drafts: readonly DraftPoint[], most: number) =>
    drafts.flatMap((one) => pointOf(one) ?? []).slice(0, most);
  const title = clipped(made.title, MAX_TITLE_CHARS);
  return {
    language,
    ...(title !== '' && { title }),
    keyPoints: points(made.keyPoints, MAX_POINTS.keyPoints),
    decisions: points(made.decisions, MAX_POINTS.decisions),
    actions: made.actions
      .flatMap((one): ActionItem[] => {
        const kept = pointOf(one);
        if (!kept) return [];
        const owner = clipped(one.owner ?? '', MAX_NAME_CHARS);
        const due = clipped(one.due ?? '', MAX_NAME_CHARS);
        return [{ ...kept, ...(owner !== '' && { owner }), ...(due !== '' && { due }) }];
      })
      .slice(0, MAX_POINTS.actions),
    questions: points(made.questions, MAX_POINTS.questions),
  };
}

/**
 * Keeps at most `most` points of each text: decisions first, then actions, questions and key points.
 *
 * A summary with more points than the meeting had lines repeats itself or invents.
 *
 * @param texts - the same points in the same order, in several languages
 */
export function limitPoints(most: number, texts: readonly SummaryText[]): SummaryText[] {
  return texts.map((text) => {
    let room = most;
    const first = <T>(points: readonly T[]): T[] => {
      const kept = points.slice(0, room);
      room -= kept.length;
      return kept;
    };
    const [decisions, actions] = [first(text.decisions), first(text.actions)];
    return { ...text, decisions, actions, questions: first(text.questions), keyPoints: first(text.keyPoints) };
  });
}

export function isEmpty({ keyPoints, decisions, actions, questions }: SummaryText): boolean {
  return keyPoints.length + decisions.length + actions.length + questions.length === 0;
}

/** The text on one line of at most this many characters. */
function clipped(text: string, maxChars: number): string {
  return clip(onOneLine(text), maxChars);
}
