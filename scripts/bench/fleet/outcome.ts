import type { Said } from './voices.ts';

const LATE_MS = 15_000;

/** What became of the sentences that were said. */
export interface Outcome {
  readonly sentences: number;
  readonly damaged: number; // that the recogniser did not hear whole
  readonly late: number; // that it heard, and that were not shown within 15 s of their end, or never
  readonly toShownMs: readonly number[]; // from the end of the speech, of those that were shown
  readonly toFinalMs: readonly number[]; // from the end of the speech to the recogniser's final
}

/** Compares what was said with what the recogniser heard, and with what stood in the channels. All times since 1970. */
export function outcomeOf(
  said: readonly Said[],
  heard: ReadonlyMap<string, number>,
  shown: ReadonlyMap<string, number>,
): Outcome {
  const waits = (until: ReadonlyMap<string, number>) =>
    said.flatMap(({ text, endedAtMs }) => {
      const atMs = until.get(text);
      return atMs === undefined ? [] : [atMs - endedAtMs];
    });
  const isLate = ({ text, endedAtMs }: Said) => (shown.get(text) ?? Number.POSITIVE_INFINITY) - endedAtMs > LATE_MS;
  const whole = said.filter(({ text }) => heard.has(text));
  return {
    sentences: said.length,
    damaged: said.length - whole.length,
    late: whole.filter(isLate).length,
    toShownMs: waits(shown),
    toFinalMs: waits(heard),
  };
}
