// All lengths are in SVG units. Discord shows a wide picture at about two thirds of this size.
export const WIDTH = 960;
export const EDGE = 22;
export const TRACK = { x: 214, width: 490 } as const;
export const SHARE = { x: 720, width: 70 } as const;
export const TOP = 80; // the upper edge of the first row
export const LANE_HEIGHT = 8;
export const LANE_GAP = 8; // between the last row and the lane below it
export const MIN_SPAN = 1.5; // so that a single word in a long meeting stays visible
export const MAX_ROWS = 25; // Discord would shrink a taller picture until nobody can read it
export const MAX_TICKS = 7;
export const NAME_COLUMNS = 21;
export const TITLE_COLUMNS = 72;

/** What a picture is drawn on: Discord, whose themes are light and dark, or the white paper of a document. */
export type Ground = 'discord' | 'paper';

/** The colours of a picture. */
export interface Colours {
  readonly ground: string;
  readonly edge: string;
  readonly text: string;
  readonly quiet: string;
  readonly track: string;
  readonly present: string;
  readonly grid: string;
  readonly atOnce: string;
  readonly loss: string;
  readonly voices: readonly [string, ...string[]]; // of the rows, in turn
}

export const LOST = 'url(#lost)'; // hatched in the colour `loss`

export const COLOURS: Readonly<Record<Ground, Colours>> = {
  // The picture has its own ground, so that it looks the same on Discord's light and dark themes.
  discord: {
    ground: '#1f2126',
    edge: '#4a4d55',
    text: '#f2f3f5',
    quiet: '#b8bcc4',
    track: '#2a2c32',
    present: '#454952',
    grid: '#3a3d44',
    atOnce: '#ffd166',
    loss: '#ff8f6b',
    voices: [
      ...(['#5aa9ff', '#5fd9a2', '#ffb14e', '#ff7f9f', '#b795ff'] as const),
      ...(['#45d0e0', '#d9d66b', '#f08a5d', '#9bcf63', '#e59be9'] as const),
    ],
  },
  // A dark picture would waste ink. The rows are as dark as on the light pages, so that they stand apart in grey, too.
  paper: {
    ground: '#ffffff',
    edge: '#c9ccd3',
    text: '#1b1c1f',
    quiet: '#5c6068',
    track: '#f1f2f4',
    present: '#d9dce2',
    grid: '#d9dce2',
    atOnce: '#a86a00',
    loss: '#c2410c',
    voices: [
      ...(['#1c50b5', '#03642b', '#a32700', '#7835a0', '#005f5f'] as const),
      ...(['#6c5005', '#972370', '#0e5d7b', '#4c5a00', '#a41b3b'] as const),
    ],
  },
};

/** The colour of a row. */
export function voiceColour(index: number, { voices }: Colours): string {
  return voices[index % voices.length] ?? voices[0];
}

/** The definitions that shapes refer to: the hatching, and the edges at which long names and headings are cut. */
export function definitions({ ground, loss }: Colours): string {
  return [
    '<defs>',
    '<pattern id="lost" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">',
    `<rect width="6" height="6" fill="${ground}"/><rect width="2.5" height="6" fill="${loss}"/>`,
    '</pattern>',
    `<clipPath id="names"><rect width="${TRACK.x - 6}" height="100%"/></clipPath>`,
    `<clipPath id="heading"><rect width="${WIDTH - EDGE}" height="100%"/></clipPath>`,
    '</defs>',
  ].join('');
}
