import { html } from 'hono/html';
import { assetLinks } from '../assets/assets.ts';

/** What the address of an overlay asks for. */
export interface OverlayLook {
  readonly lines: number; // 1 to 6
  readonly position: 'bottom' | 'top';
  readonly sizePx: number; // of the text: 12 to 200
}

const LOOK: OverlayLook = { lines: 2, position: 'bottom', sizePx: 44 }; // 44 px suit a picture of 1080 lines
const STYLES = ['voices.css', 'overlay/overlay.css'];

/** Reads an address's query; what makes no sense there counts as missing. */
export function lookOf(query: Readonly<Record<string, string | undefined>>): OverlayLook {
  return {
    lines: wholeNumber(query.lines, 1, 6) ?? LOOK.lines,
    position: query.position === 'top' ? 'top' : LOOK.position,
    sizePx: wholeNumber(query.size, 12, 200) ?? LOOK.sizePx,
  };
}

function wholeNumber(value: string | undefined, least: number, most: number): number | undefined {
  const number = /^\d{1,3}$/.test(value ?? '') ? Number(value) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

/** A page of nothing but the last lines, for the picture of a stream. */
export function overlayPage({ lines, position, sizePx }: OverlayLook) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Parley</title>
${assetLinks('..', STYLES, 'overlay/main.js')}
</head>
<body data-lines="${lines}" data-position="${position}" data-size="${sizePx}">
<header><h1>Parley</h1></header>
<main></main>
</body>
</html>`;
}

/** What is shown where there is nothing to see: nothing. A browser would paint a page of its own over the picture for an empty answer. */
export function emptyOverlay() {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Parley</title>
${assetLinks('..', STYLES)}
</head>
<body></body>
</html>`;
}
