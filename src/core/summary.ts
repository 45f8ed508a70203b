/** Something important, and the utterances that it is taken from: at least one, all of them in the meeting. */
export interface Point {
  readonly text: string;
  readonly cites: readonly string[]; // utterance ids
}

/** A task. */
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
  readonly questions: readonly Point[]; // that nobody answered
}

/** What a summary is the summary of. It decides what its four lists hold, and what they are called. */
export const SUMMARY_TEMPLATES = ['meeting', 'stand-up', 'tabletop', 'interview', 'class'] as const;
export type SummaryTemplate = (typeof SUMMARY_TEMPLATES)[number];

/** The longest text in which a server tells the model about itself. */
export const MAX_CONTEXT_CHARS = 500;

/** What a server tells the model before it reads. */
export interface SummaryBrief {
  readonly template?: SummaryTemplate; // missing: a meeting
  readonly context?: string; // names and subjects; data like what was said, and never cited
}

/** Which model wrote a summary, and at what cost as far as that is known. */
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
  'too long', // for the model, even in the smallest parts
  'shutting down',
] as const;
export type SummaryFailure = (typeof SUMMARY_FAILURES)[number];

/** The outcome of a meeting's summary. A model's text is no safer than speech: whoever shows it must escape it. */
export type Summary =
  | {
      readonly kind: 'written';
      readonly texts: readonly SummaryText[]; // the meeting's main language first
      readonly madeBy: SummaryMaker;
      readonly template?: SummaryTemplate; // missing: a meeting
    }
  | { readonly kind: 'failed'; readonly because: SummaryFailure };
