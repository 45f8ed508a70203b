import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from 'hono/html';
import type { Words } from '../../i18n/words.ts';
import { assetLinks } from '../assets/assets.ts';

const asset = (name: string) => readFileSync(join(import.meta.dirname, 'page', name), 'utf8');

export const MEETING_STYLE = asset('meeting.css');

/** The page on which a meeting's lines grow. It holds, in the reader's language, all that its script says to people. */
export function livePage(title: string, words: Words) {
  const t = (key: Parameters<Words['t']>[0]) => words.t(key);
  return html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${assetLinks('..', ['base.css', 'live/live.css'], 'live/main.js')}
</head>
<body>
<header>
<h1 dir="auto">${title}</h1>
<p id="state" role="status" data-live="${t('live.live')}" data-lost="${t('live.lost')}" data-over="${t('live.over')}" data-ended="${t('live.ended')}" data-closed="${t('live.closed')}" data-gave-way="${t('live.gaveWay')}" data-stopped="${t('live.stopped')}">${t('live.connecting')}</p>
<div role="group" aria-label="${t('live.textSize')}">
<button type="button" id="smaller" aria-label="${t('live.smaller')}">−</button>
<button type="button" id="larger" aria-label="${t('live.larger')}">+</button>
</div>
</header>
<main>
<div role="log" aria-live="polite" aria-relevant="additions"><ol id="lines"></ol></div>
<ol id="growing"></ol>
</main>
<noscript><p>${t('live.noScript')}</p></noscript>
</body>
</html>`;
}

/** The page that is shown where there is nothing to see. @param root - the way from its address to our styles */
export function noPage(sentence: string, words: Words, root = '..') {
  return html`<!doctype html>
<html lang="${words.locale}">
<head><meta charset="utf-8"><title>Parley</title>${assetLinks(root, ['base.css', 'live/live.css'])}</head>
<body><main><p>${sentence}</p></main></body>
</html>`;
}
