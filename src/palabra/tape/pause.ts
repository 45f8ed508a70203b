import type { PauseLength } from '../../core/settings.ts';
import type { Silence } from './sounds.ts';
import type { Stretch } from './tape.ts';

/** How long somebody has to be silent for their sentence to be over. */
export const PAUSES_MS: Readonly<Record<PauseLength, number>> = { quick: 350, normal: 600, patient: 1_200 };

/** This much silence no recogniser takes for the end of a sentence. In a pause that is shorter than theirs it hears no more. */
export const HEARD_MS = 400;

/**
 * So much silence ends a sentence at once: recognisers want 0.6 s. No more is sent ahead at a time, as each pause that turns
 * out shorter than this leaves the audio ahead of real time.
 */
const CLOSING_MS = 800;

/** What is known of the silence since somebody's last loud sound. */
export interface Quiet {
  readonly forMs: number; // for certain: what may still be on its way does not count
  readonly isAnnounced: boolean; // they stopped on purpose: nothing of theirs was lost or is late
}

/**
 * What a pause is so far:
 * - `held`: too short to end a sentence, so that no more silence goes out than a recogniser hears without ending one;
 * - `over`: the sentence has ended, so the rest of its closing silence goes out at once;
 * - `open`: long enough, but perhaps only the network has stopped. Silence goes out in real time, and the recogniser decides.
 */
export type Pause = 'held' | 'open' | 'over';

export function judgePause({ forMs, isAnnounced }: Quiet, pauseMs: number): Pause {
  if (forMs < pauseMs) return 'held';
  return isAnnounced ? 'over' : 'open';
}

/**
 * How much silence the recogniser should have heard in a pause that is over, and whose last words are not final yet: more
 * as time passes, for one that wants more.
 *
 * @param mostMs - what every recogniser takes for the end
 */
export function closingMs({ forMs }: Pick<Quiet, 'forMs'>, pauseMs: number, mostMs: number): number {
  return Math.min(mostMs, CLOSING_MS + Math.max(0, forMs - pauseMs));
}

/** Positions and lengths on one tape, in samples. */
export interface PauseOnTape {
  readonly silence: Silence;
  readonly loudEnd: number; // where the last loud sound before the end of the silence ended
  readonly heard: number; // `HEARD_MS`
  readonly length: number; // a pause of this length ends a sentence
}

/** The part of a silence to leave out, as it did not end a sentence and could seem to. */
export function superfluousPart({ silence, loudEnd, heard, length }: PauseOnTape): Stretch | undefined {
  const { from, to } = silence;
  if (to === undefined || to - loudEnd >= length) return undefined;
  const part = { from: Math.max(from, loudEnd + heard), to };
  return part.from < part.to ? part : undefined;
}
