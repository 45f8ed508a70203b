import type { MeetingRecord } from '../core/record.ts';
import type { Point, SummaryText } from '../core/summary.ts';
import { shareAWord } from '../core/text/grounded.ts';
import { type Participant, withKnownOwners } from './owners.ts';

const KINDS = ['keyPoints', 'decisions', 'actions', 'questions'] as const;

/**
 * The texts of a summary without what the words that it cites do not bear out.
 *
 * A model that does what a speaker tells it may link a decision to somebody else's line. So a citation stays only where the point,
 * in one of the languages that it is written in, shares a word, a name or a number with what was said or with a translation
 * of it; a point that no citation is left of goes, in every language. So does an owner who neither was there nor is named in
 * what is still cited.
 *
 * @param texts - the same points in the same order, in several languages
 */
export function groundedTexts(
  texts: readonly SummaryText[],
  record: MeetingRecord,
  people: readonly Participant[],
): SummaryText[] {
  const said = Map.groupBy([...record.finals, ...record.translations], ({ utteranceId }) => utteranceId);
  const wordsOf = (utteranceId: string) => (said.get(utteranceId) ?? []).map(({ text }) => text);
  return texts.map((text) => {
    const checked = <T extends Point>(kind: (typeof KINDS)[number], points: readonly T[]): T[] =>
      points.flatMap((point, index) => {
        const written = texts.flatMap((other) => other[kind][index]?.text ?? []);
        const cites = point.cites.filter((id) => written.some((one) => shareAWord(one, wordsOf(id))));
        return cites.length > 0 ? [{ ...point, cites }] : [];
      });
    const grounded = {
      ...text,
      keyPoints: checked('keyPoints', text.keyPoints),
      decisions: checked('decisions', text.decisions),
      actions: checked('actions', text.actions),
      questions: checked('questions', text.questions),
    };
    return withKnownOwners(grounded, people, wordsOf);
  });
}
