import type { Unheard } from '../../../core/live/unheard.ts';
import type { Forms } from '../phrases.ts';
import { SEARCH_WORDS } from '../search/words.ts';

/** The phrases that the page's script needs: the server sends them in the reader's language. */
export const WORDS = [
  ...(['live', 'lost', 'over', 'ended', 'closed', 'gaveWay', 'stopped', 'toMinutes', 'beingMade', 'empty'] as const),
  ...(['language', 'asSpoken'] as const),
  ...SEARCH_WORDS,
  ...(['display', 'textSize', 'smaller', 'larger', 'moreContrast', 'moreSpace', 'lessMotion'] as const),
  ...(['showsOriginal', 'hasKeys', 'help', 'toEnd', 'newest', 'people', 'nobody', 'speaking', 'audience'] as const),
  ...(['corrected', 'ofOriginal'] as const),
  ...(['afterBeginning', 'notHeard', 'inSearch', 'keyNext', 'keyPrevious', 'keyClose'] as const),
] as const;

/** Those that say how many. */
export const COUNTS = ['newLines', 'nowSpeaking', 'peopleThere'] as const;

/** What the server writes into the page for its script. */
export interface LivePageData {
  readonly locale: string; // of the phrases
  readonly beganAt: number; // milliseconds since 1970
  readonly words: Readonly<Record<(typeof WORDS)[number], string>>;
  readonly counts: Readonly<Record<(typeof COUNTS)[number], Forms>>;
  readonly unheard: Readonly<Record<Unheard, string>>;
}
