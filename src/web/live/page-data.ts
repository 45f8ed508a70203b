import { html, raw } from 'hono/html';
import type { PhraseKey } from '../../i18n/phrases.ts';
import type { Words } from '../../i18n/words.ts';
import { COUNTS, type LivePageData, WORDS } from '../browser/live/words.ts';
import { SEARCH_WORDS, type SearchWords } from '../browser/search/words.ts';

/** A number for each plural form that a language may have; those of ours have fewer. */
const NUMBERS = [0, 1, 2, 3, 5, 11, 1_000_000];

/** Why somebody is not heard, in the words of the meeting's panel. */
const UNHEARD = {
  optedOut: 'panel.optedOut',
  notOptedIn: 'panel.notOptedIn',
  notInformed: 'panel.notInformed',
  unreadable: 'panel.unreadable',
  stopped: 'panel.stoppedUnexplained',
  retrying: 'panel.retrying',
  waiting: 'panel.waiting',
  tooQuiet: 'panel.tooQuiet',
  notYetHeard: 'panel.notYetHeard',
  deafened: 'panel.deafened',
  voiceLost: 'panel.interrupted',
  paused: 'livePage.paused',
} as const satisfies Readonly<Record<keyof LivePageData['unheard'], PhraseKey>>;

/** What the live page's script needs of the server: all that it says to people, and when the meeting began. */
export function livePageData(beganAt: Date, words: Words): LivePageData {
  return {
    locale: words.locale,
    beganAt: beganAt.getTime(),
    words: recordOf(WORDS, (key) => phraseOf(key, words)),
    counts: recordOf(COUNTS, (key) => formsOf(`livePage.${key}`, words)),
    unheard: recordOf(keysOf(UNHEARD), (key) => words.t(UNHEARD[key]).replaceAll('`', '')),
  };
}

/** The phrases of a search, which are the same on every page. */
export function searchWords(words: Words): SearchWords {
  return recordOf(SEARCH_WORDS, (key) => phraseOf(key, words));
}

/** What a page tells its script. @param id - by which the script finds it */
export function dataFor(id: string, data: LivePageData | SearchWords) {
  const text = JSON.stringify(data).replaceAll('<', '\\u003c'); // in a script's text only `<` could end it
  return html`<script type="application/json" id="${id}">${raw(text)}</script>`;
}

function phraseOf(key: (typeof WORDS)[number], words: Words): string {
  return words.t(`livePage.${key}`, PLACES);
}

/** Values that the script puts in itself: they stand for themselves. */
const PLACES = Object.fromEntries(
  ['number', 'most', 'place', 'names', 'why', 'time'].map((name): [string, string] => [name, `{${name}}`]),
);

function formsOf(key: PhraseKey, words: Words): LivePageData['counts']['newLines'] {
  const rules = new Intl.PluralRules(words.locale);
  return Object.fromEntries(
    NUMBERS.map((count): [string, string] => [rules.select(count), words.t(key, { ...PLACES, count })]),
  );
}

function recordOf<Key extends string, T>(keys: readonly Key[], make: (key: Key) => T): Record<Key, T> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, T>; // it has each of them
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[]; // it is a literal
}
