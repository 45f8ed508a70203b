import type { Unheard } from '../../core/live/unheard.ts';

/** What the server sends to live pages and overlays, event by event. */

/** A text and its language. */
export interface Text {
  readonly text: string;
  readonly language: string; // ISO 639-1
}

/** One utterance as the page shows it. A later line with the same id replaces it; one with an empty text removes it. */
export interface LiveLine extends Text {
  readonly id: string;
  readonly person: string; // the key of a `ShownPerson`
  readonly name: string;
  readonly at: number; // milliseconds since 1970
  readonly state: 'growing' | 'final';
  readonly original?: Text; // as it was spoken, when the text is a translation
  readonly corrected?: true; // somebody put what was spoken right: a translation is of what was recognised
}

/** Somebody as pages get them: the whole value, which replaces the earlier one of the same key. */
export interface ShownPerson {
  readonly key: string; // opaque, the same in every process; of this meeting alone
  readonly name: string; // empty: forget this person
  readonly colour: number; // 0 to 11; the same as long as the meeting has this person
  readonly picture?: string; // its address, relative to the live page's
  readonly isThere: boolean; // in the voice channel
  readonly isSpeaking: boolean;
  readonly unheard?: Unheard; // missing: they are heard, or not there
}

/** The audience of a stage, which nobody hears. */
export interface ShownAudience {
  readonly now: number; // people
  readonly most: number; // at a time
}

/** The languages of a meeting and of a page. */
export interface Languages {
  readonly targets: readonly string[]; // that the meeting is translated into
  readonly reads?: string; // that the reader chose for themselves
  readonly shown?: string; // in which the lines come; missing: as they were spoken
}
