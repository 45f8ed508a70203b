import type { MeetingRecord } from '../core/record.ts';
import type { Point, SummaryText } from '../core/summary.ts';
import { shareAWord } from '../core/text/grounded.ts';
import { type Participant, withKnownOwners } from './owners.ts';

const KINDS = ['keyPoints', 'decisions', 'actions', 'questions'] as const;

/**
 * Removes the points of a summary that the cited words do not support.
 *
 * A model that obeys a speaker may link a decision to somebody else's line. So a citation stays only if the point, in
 * any of its languages, shares a word, a name or a number with the cited utterance or one of its translations. A point
 * without citations is removed in every language. An owner is removed who was not in the meeting and is not named in a
 * cited line.
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
