import type { SummaryTemplate } from '../core/summary.ts';

/** What the four lists hold, as the model is told. A meeting's are described by their schema. */
const LISTS: Readonly<Record<SummaryTemplate, string>> = {
  meeting: '',
  'stand-up':
    'It was a stand-up: `keyPoints` holds what people have done since the last one, `decisions` what they agreed on, `actions` what each does next, `questions` what holds somebody up.',
  tabletop:
    'It was a session of a tabletop role-playing game, and what the characters did is told like what happened: `keyPoints` holds the events in their order, `decisions` what the party decided, `actions` what the party or a player means to do, `questions` the mysteries that are left.',
  interview:
    'It was an interview: `keyPoints` holds what the person who was asked said, `decisions` what was agreed between both sides, `actions` the next steps, `questions` what was asked and not answered.',
  class:
    'It was a class: `keyPoints` holds what was taught, `decisions` what was fixed for the course, such as dates and rules, `actions` the homework, `questions` what the students asked and nobody answered.',
};

/** @returns a sentence with a space before it, or nothing */
export function listsOf(template: SummaryTemplate): string {
  return LISTS[template] && ` ${LISTS[template]}`;
}
