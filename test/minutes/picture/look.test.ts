import { describe, expect, it } from 'vitest';
import { COLOURS } from '../../../src/minutes/picture/look.ts';

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours as WCAG computes it: 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(COLOURS))('the picture on %s', (_, colours) => {
  it('has text that can be read', () => {
    for (const text of [colours.text, colours.quiet])
      expect(contrast(text, colours.ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('has spans that stand out from the row and from the time in the channel', () => {
    for (const voice of [...colours.voices, colours.atOnce, colours.loss]) {
      expect(contrast(voice, colours.track)).toBeGreaterThanOrEqual(3);
      expect(contrast(voice, colours.present)).toBeGreaterThanOrEqual(3);
    }
  });
});

it('the ground of documents is white', () => {
  expect(COLOURS.paper.ground).toBe('#ffffff');
});
