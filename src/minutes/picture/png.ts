import { createRequire } from 'node:module';
import type { MeetingRecord } from '../../core/record.ts';
import { BOLD, REGULAR } from '../fonts/fonts.ts';
import { buildMinutes } from '../model/build-minutes.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { drawTimeline, timelineFonts } from './timeline.ts';

const require = createRequire(import.meta.url);

const PIXELS_PER_UNIT = 1.5; // sharp where Discord shows it, on screens with small pixels too, and quickly made

/** The timeline of a meeting as a PNG picture. */
export function timelinePng(record: MeetingRecord): Buffer {
  return pngOfModel(buildMinutes(record));
}

/** The same, of minutes at hand. */
export function pngOfModel(model: MinutesModel): Buffer {
  // Loaded with the first picture: a bot that only listens, or is idle, does without it.
  const { Resvg } = require('@resvg/resvg-js') as typeof import('@resvg/resvg-js'); // what the package's types say
  const { files } = timelineFonts(model);
  const picture = new Resvg(drawTimeline(model), {
    fitTo: { mode: 'zoom', value: PIXELS_PER_UNIT },
    font: {
      // Only the fonts that are needed: reading all of the system's takes longer than drawing.
      loadSystemFonts: false,
      fontFiles: [REGULAR, BOLD, ...files.map(({ path }) => path).filter((path) => path !== REGULAR)],
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return picture.render().asPng();
}
