import { createRequire } from 'node:module';
import type { MeetingRecord } from '../../core/record.ts';
import { BOLD, REGULAR } from '../fonts/fonts.ts';
import { buildMinutes } from '../model/build-minutes.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import type { Ground } from './look.ts';
import { drawTimeline, timelineFonts } from './timeline.ts';

const require = createRequire(import.meta.url);

const PIXELS_PER_UNIT = 1.5; // sharp in Discord, also on high-resolution screens, and still fast to draw

/** The timeline of a meeting as a PNG picture for Discord. */
export function timelinePng(record: MeetingRecord): Buffer {
  return pngOfModel(buildMinutes(record), 'discord');
}

/** The timeline of minutes that are already built, as a PNG picture. */
export function pngOfModel(model: MinutesModel, ground: Ground): Buffer {
  // Loaded with the first picture, because a bot that only listens does not need the library.
  const { Resvg } = require('@resvg/resvg-js') as typeof import('@resvg/resvg-js'); // the package's own types
  const { files } = timelineFonts(model);
  const picture = new Resvg(drawTimeline(model, ground), {
    fitTo: { mode: 'zoom', value: PIXELS_PER_UNIT },
    font: {
      // Only the fonts that are needed: reading all system fonts takes longer than drawing.
      loadSystemFonts: false,
      fontFiles: [REGULAR, BOLD, ...files.map(({ path }) => path).filter((path) => path !== REGULAR)],
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return picture.render().asPng();
}
