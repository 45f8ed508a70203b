import type { Guest } from '../ports/live-links.ts';

/** What a reader wants to see of a meeting that is over. */
export interface AfterwardsWish {
  readonly locale: string; // of headings, as the browser reports it
  readonly language?: string; // of the lines; missing: as spoken
  readonly speaker?: number; // whose words alone are shown: a place among the speakers
}

interface DownloadedFile {
  readonly name: string; // only Latin letters, digits, hyphens and dots
  readonly bytes: Buffer;
}

/** Shows meetings that are over to people who may read them: whoever asks has checked that. */
export interface Afterwards {
  /**
   * The page as HTML; `undefined` while the meeting runs or is being settled; `busy`: too many ask at the moment.
   *
   * @param head - the HTML of its styles and its script
   */
  pageOf(guest: Guest, wish: AfterwardsWish, head: string): Promise<string | 'busy' | undefined>;
  /** The name of the place on that page at which an utterance's words are; `undefined`: the page has to do without. */
  placeOf(guest: Guest, utteranceId: string, wish: AfterwardsWish): Promise<string | undefined>;
  /** Its minutes as a file; `undefined` where there are none, or not in this format. */
  fileOf(
    guest: Guest,
    format: string,
    wish: AfterwardsWish,
    signal: AbortSignal,
  ): Promise<DownloadedFile | 'busy' | 'late' | undefined>;
}
