import type { Words } from '../../i18n/words.ts';
import type { MinutesModel, Passage, Source, View } from '../model/minutes-model.ts';

export interface PageOptions extends View {
  readonly formats: readonly string[]; // in which the minutes can be downloaded
  readonly meetingId: string; // the last part of the page's address
  readonly speaker?: number; // whose words alone are shown: a place among the talk times
  readonly head: string; // HTML: the styles and the script
}

/** What every part of the page is made from. */
export interface Parts {
  readonly model: MinutesModel;
  readonly options: PageOptions;
  readonly words: Words;
  readonly sources: ReadonlyMap<string, Source>;
  readonly anchors: ReadonlyMap<string, string>; // by utterance id
}

/** The names of the places at which words are, by utterance. */
export function anchorsOf(passages: readonly Passage[]): ReadonlyMap<string, string> {
  const said = passages.flatMap(({ lines }) => lines.map(({ utteranceId }) => utteranceId));
  return new Map(said.map((id, index) => [id, `w${index}`]));
}

const AS_SPOKEN = 'spoken'; // an address that names no language leaves it to the reader's own choice

/** What a link of the page chooses. */
export interface Choice {
  readonly language?: string | undefined;
  readonly speaker?: number | undefined;
}

/** The address of this page with another choice. It is relative, as a proxy may have put a path before ours. */
export function addressOf({ meetingId }: PageOptions, { language, speaker }: Choice): string {
  const query = new URLSearchParams({
    in: language ?? AS_SPOKEN,
    ...(speaker !== undefined && { who: String(speaker) }),
  });
  return `./${encodeURIComponent(meetingId)}?${query}`;
}

/** The address of an utterance's words, with those of everybody. */
export function wordsAt({ anchors, options }: Parts, utteranceId: string): string {
  const anchor = `#${anchors.get(utteranceId) ?? 'transcript'}`;
  return options.speaker === undefined ? anchor : `${addressOf(options, { language: options.language })}${anchor}`;
}
