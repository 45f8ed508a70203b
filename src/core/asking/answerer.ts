import type { MeetingId } from '../ids.ts';
import type { SummaryFailure, SummaryMaker } from '../summary.ts';
import type { Passage } from './passages.ts';

/** A question, and all that may be used to answer it. */
export interface Question {
  readonly question: string;
  readonly passages: readonly Passage[]; // at least one, the likeliest first
  readonly language: string; // of the answer
  readonly timeZone?: string; // in which dates of meetings are given; the default is UTC
}

/** A sentence, and the utterances that it is taken from: at least one, all of them in the passages. */
export interface CitedSentence {
  readonly text: string;
  readonly cites: readonly { readonly meetingId: MeetingId; readonly utteranceId: string }[];
}

/** What became of a question. A model's text is no safer than speech: whoever shows it must escape it. */
export type GivenAnswer =
  | { readonly kind: 'answered'; readonly sentences: readonly CitedSentence[]; readonly madeBy: SummaryMaker }
  | { readonly kind: 'unanswered' } // the passages do not answer it, or nothing that the model said can be checked
  | { readonly kind: 'failed'; readonly because: SummaryFailure };

/** Answers questions about what was said. */
export interface Answerer {
  /** Answers from the passages alone. Never rejects. */
  answer(question: Question): Promise<GivenAnswer>;
}
