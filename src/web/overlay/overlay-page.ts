import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from 'hono/html';

const asset = (name: string) => readFileSync(join(import.meta.dirname, 'page', name), 'utf8');

/** The overlay's script and style: it loads nothing else. */
export const OVERLAY_SCRIPT = asset('overlay.js');
export const OVERLAY_STYLE = asset('overlay.css');

/** What the address of an overlay asks for. */
export interface OverlayLook {
  readonly lines: number; // 1 to 6
  readonly position: 'bottom' | 'top';
  readonly sizePx: number; // of the text: 12 to 200
}

const LOOK: OverlayLook = { lines: 2, position: 'bottom', sizePx: 44 }; // 44 px suit a picture of 1080 lines

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
<link rel="stylesheet" href="../overlay.css">
<script src="../overlay.js" defer></script>
</head>
<body data-lines="${lines}" data-position="${position}" data-size="${sizePx}">
<main id="lines"></main>
</body>
</html>`;
}
