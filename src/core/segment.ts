import type { SpeakerId } from './ids.ts';

interface Spoken {
  readonly utteranceId: string; // unique in the meeting; a later segment with the same id and kind replaces the earlier one
  readonly speakerId: SpeakerId;
  readonly startMs: number; // since the meeting began
  readonly endMs: number;
  readonly text: string; // the whole utterance so far, never just the newest words
}

/** Words that are still being said and may change. An empty text removes what was shown: no final will follow. */
export type PartialSegment = Spoken & { readonly kind: 'partial'; readonly language: string };

/** How a line came to be corrected. */
export interface Correction {
  readonly original: string; // as it was recognised
  readonly byId: SpeakerId; // empty: whoever it was had that erased
  readonly byName: string; // as Discord showed it then; empty likewise
  readonly atMs: number; // since 1970
}

/** What was said. If not `confirmed`, the last partial of an utterance whose final never came. */
export type FinalSegment = Spoken & {
  readonly kind: 'final';
  readonly language: string;
  readonly confirmed: boolean;
  readonly corrected?: Correction; // somebody put the text right; translations are of the original all the same
  readonly isPlaced?: true; // the recogniser's times made no sense: these times are those of the audio sent last
};

/** A final in another language, under the final's own utterance id. */
export type TranslationSegment = Spoken & { readonly kind: 'translation'; readonly language: string };

/** One piece of text from the recogniser. `language` is the ISO 639-1 code of the text. */
export type TranscriptSegment = PartialSegment | FinalSegment | TranslationSegment;
