import { People } from '../feed/people.ts';
import { type Connection, isLast } from '../feed/stream.ts';
import type { Search, SearchActs } from '../search/find.ts';
import type { Languages, ShownAudience, ShownPerson } from '../wire.ts';
import { FOLLOWING, type Following } from './model/follow.ts';
import type { Action } from './model/keys.ts';
import { type Preferences, readPreferences } from './model/preferences.ts';
import { Transcript } from './model/transcript.ts';
import type { LivePageData } from './words.ts';

/** All that a page shows. */
export interface State {
  readonly data: LivePageData;
  readonly transcript: Transcript;
  readonly people: People;
  languages: Languages;
  audience: ShownAudience | null; // of a stage
  preferences: Preferences;
  connection: Connection;
  following: Following;
  search: Search | undefined; // missing: the search is closed
  isComplete: boolean; // what was said before is here
  hasMinutes: boolean; // the same address shows the meeting afterwards
}

/** What a reader can do. */
export interface Acts extends SearchActs {
  act(action: Action): void;
  prefer(change: Partial<Preferences>): void;
}

/** Who is there. While nothing comes nobody is said to speak, and at the end everything is said about who is heard. */
export function thereIn({ people, connection }: State): ShownPerson[] {
  if (connection === 'live') return people.there;
  return people.there.map(({ unheard, ...person }) => ({
    ...person,
    isSpeaking: false,
    ...(unheard && !isLast(connection) && { unheard }),
  }));
}

export function stateAtFirst(data: LivePageData, kept: string | null, isWide: boolean): State {
  return {
    data,
    transcript: new Transcript(),
    people: new People(),
    languages: { targets: [] },
    audience: null,
    preferences: readPreferences(kept, isWide),
    connection: 'connecting',
    following: FOLLOWING,
    search: undefined,
    isComplete: false,
    hasMinutes: false,
  };
}
