import type { Outcome } from './outcome.ts';

const NEAR_MS = 150; // how far a segment's times may be from when the words were spoken

/** What is wrong with a meeting that should have come out whole. */
export interface Flaws {
  readonly wrongTexts: readonly string[]; // lost, doubled, or under another's name
  readonly notAsJournalled: readonly string[];
  readonly strangers: readonly string[];
  readonly missingInMinutes: readonly string[];
  readonly untimed: number; // segments that are not what was said between two pauses
  readonly isFarFromItsTime: boolean;
  readonly gaps: readonly string[];
}

/** What `flawsOf` gives for a meeting in which nothing was lost. */
export const NONE: Flaws = {
  wrongTexts: [],
  notAsJournalled: [],
  strangers: [],
  missingInMinutes: [],
  untimed: 0,
  isFarFromItsTime: false,
  gaps: [],
};

export function flawsOf(outcome: Outcome): Flaws {
  const { people, strangers, missingInMinutes, finals, timedFinals, farthestMs, record } = outcome;
  const wrong = people.filter(({ said, posted }) => said !== posted);
  return {
    wrongTexts: wrong.map(({ name, said, posted }) => `${name} said "${said}", posted is "${posted}"`),
    notAsJournalled: people.filter(({ posted, journalled }) => posted !== journalled).map(({ name }) => name),
    strangers,
    missingInMinutes,
    untimed: finals - timedFinals,
    isFarFromItsTime: farthestMs > NEAR_MS,
    gaps: record.gaps.map(({ reason, startMs, endMs }) => `${Math.round(endMs - startMs)} ms: ${reason}`),
  };
}
