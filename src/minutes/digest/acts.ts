import type { Heard } from './ear.ts';

/** The part of an utterance in which speech acts are looked for. */
export interface Utterance {
  readonly speakerId: string;
  readonly text: string;
  readonly language: string;
}

/** An utterance with what each of its sentences does. */
export interface HeardUtterance {
  readonly speakerId: string;
  readonly isUnderstood: boolean; // false: there is no vocabulary of its language, and so no sentences
  readonly sentences: readonly Heard[];
}

/** Words of a meeting that do something: neighbouring sentences of one utterance. */
export interface Act {
  readonly utterance: number; // its index
  readonly from: number; // its first sentence
  readonly to: number; // the sentence after its last
}

export interface Question extends Act {
  readonly answeredIn?: number; // the index of the utterance that answers it; missing: it stayed open
}

export interface Promised extends Act {
  readonly due?: string; // by when, as it was said
}
