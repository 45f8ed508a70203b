import type { Figures } from '../figures.ts';
import { type Row, reasonFor, rounded } from '../table.ts';

/** The cost of a frame that is not decoded. */
export function passedOnRows(figures: Figures): Row[] {
  const { passedOn } = figures;
  const us = (value: number | undefined) => (value === undefined ? '-' : `${value.toFixed(1)} us`);
  return [
    [
      'speakers',
      'coded',
      'C floor that decodes',
      'bare decode',
      'passed on',
      'passed on / floor',
      'passed on / decode',
    ],
    ...passedOn.map(({ speakers, coding, usPerFrame, ratios }) => [
      String(speakers),
      coding,
      ...(['floor', 'decode', 'passedOn'] as const).map((who) => us(usPerFrame[who]?.median)),
      ...['passed_on_vs_floor', 'passed_on_vs_decode'].map((name) => {
        const ratio = ratios[name];
        return ratio ? `${rounded(ratio.median)} (${rounded(ratio.min)}-${rounded(ratio.max)})` : '-';
      }),
    ]),
    ...(passedOn.length === 0 ? [['all', `- (${reasonFor(figures, 'passedOn')})`]] : []),
  ];
}

/** What arrives over a narrow uplink, and when. */
export function uplinkRows(figures: Figures): Row[] {
  return [
    ['format', 'talking', 'for each', 'sentences lost', 'final p50', 'final p95'],
    ...(figures.uplink ?? []).map((one) => [
      one.format,
      String(one.people),
      `${Math.round(one.kbitPerS)} kbit/s`,
      `${one.lost} of ${one.sentences}`,
      `${Math.round(one.delayP50Ms)} ms`,
      `${Math.round(one.delayP95Ms)} ms`,
    ]),
    ...(figures.uplink ? [] : [['all', `- (${reasonFor(figures, 'uplink')})`]]),
  ];
}
