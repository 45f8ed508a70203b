/** Something that was important, and the utterances it is taken from: one at least, all of them in the meeting. */
export interface Point {
  readonly text: string;
  readonly cites: readonly string[]; // utterance ids
}

/** Something that somebody is to do. */
export interface ActionItem extends Point {
  readonly owner?: string; // as they are called in the meeting
  readonly due?: string; // as it was said, or a date like 2026-11-30
}

/** What was important in a meeting, in one language. */
export interface SummaryText {
  readonly language: string; // ISO 639-1 code
  readonly title?: string;
  readonly keyPoints: readonly Point[];
  readonly decisions: readonly Point[];
  readonly actions: readonly ActionItem[];
  readonly questions: readonly Point[]; // that stayed open
}

/** Who wrote it, and what it took as far as that is known. */
export interface SummaryMaker {
  readonly model: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly costUsd?: number;
}

export const SUMMARY_FAILURES = [
  'no answer in time',
  'unreachable',
  'refused', // the key, the model's name, or the request
  'too busy',
  'unusable answer',
  'too long', // for the model, in parts as small as they come
  'shutting down',
] as const;
export type SummaryFailure = (typeof SUMMARY_FAILURES)[number];

/** What became of a meeting's summary. Text that a model wrote is no safer than speech: whoever shows it escapes it. */
export type Summary =
  | { readonly kind: 'written'; readonly texts: readonly SummaryText[]; readonly madeBy: SummaryMaker } // the meeting's main language first
  | { readonly kind: 'failed'; readonly because: SummaryFailure };
