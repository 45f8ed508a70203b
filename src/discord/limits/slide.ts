import type { TranscriptStyle } from '../../core/settings.ts';
import type { GateReport } from './gate.ts';

/** From what costs the most requests to what costs the fewest. */
const STYLES: readonly TranscriptStyle[] = ['grow', 'finals', 'digest'];

/** One process posts this costly at most. */
export interface Slide {
  readonly style: TranscriptStyle;
  readonly strainedS: number; // for so long Discord has taken too little
  readonly calmS: number; // for so long it would have taken more
  readonly upS: number; // since it last went back to a style that costs more
  readonly needsCalmS: number; // before it goes back
}

/** So long a strain, as people come in bursts. */
const STRAINED_S = 5;
/** So long a calm before the words grow again: growing costs three times as many requests. */
const CALM_S = 60;
/** Whoever goes back and has to give in within so long waits twice as long the next time, */
const RELAPSE_S = 120;
/** but not longer. */
const LONGEST_CALM_S = 960;
/** A final that waits so long is late. */
const LATE_MS: Readonly<Record<TranscriptStyle, number>> = {
  grow: 500,
  finals: 1_000,
  digest: Number.POSITIVE_INFINITY,
};
const SOON_MS = 150;
/** With so much of the limit left there is room for a style that costs three times as much. */
const MUCH_FREE = 0.65;

export const UNSTRAINED: Slide = {
  style: 'grow',
  strainedS: 0,
  calmS: 0,
  upS: Number.POSITIVE_INFINITY,
  needsCalmS: CALM_S,
};

/**
 * Decides how costly this process may post, after another second: under strain the growing words go first, then messages
 * of single sentences; they come back one by one.
 */
export function slideOn(slide: Slide, report: GateReport): Slide {
  const isStrained = strains(slide.style, report);
  const isCalm = report.longestWaitMs < SOON_MS && report.free >= MUCH_FREE && report.crowdedOut === 0;
  const upS = slide.upS + 1;
  const strainedS = isStrained ? slide.strainedS + 1 : 0;
  const calmS = isCalm ? slide.calmS + 1 : 0;
  const at = STYLES.indexOf(slide.style);
  const plainer = STYLES[at + 1];
  const costlier = STYLES[at - 1];
  if (plainer !== undefined && strainedS >= STRAINED_S) {
    const needsCalmS = slide.upS < RELAPSE_S ? Math.min(LONGEST_CALM_S, slide.needsCalmS * 2) : CALM_S;
    return { style: plainer, strainedS: 0, calmS: 0, upS: Number.POSITIVE_INFINITY, needsCalmS };
  }
  if (costlier !== undefined && calmS >= slide.needsCalmS)
    return { ...slide, style: costlier, strainedS: 0, calmS: 0, upS: 0 };
  return { ...slide, strainedS, calmS, upS };
}

/** Finals are late; or most of the words that grow find no room, so that they would jump instead of growing. */
function strains(style: TranscriptStyle, { granted, crowdedOut, longestWaitMs }: GateReport): boolean {
  return longestWaitMs >= LATE_MS[style] || (style === 'grow' && crowdedOut > granted);
}

/** The one of two styles that costs fewer requests. */
export function plainerOf(one: TranscriptStyle, other: TranscriptStyle): TranscriptStyle {
  return STYLES.indexOf(one) > STYLES.indexOf(other) ? one : other;
}
