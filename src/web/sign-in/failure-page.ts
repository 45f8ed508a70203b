import { html } from 'hono/html';
import type { Outcome } from '../../core/live/sign-in.ts';
import type { Words } from '../../i18n/words.ts';
import { assetLinks } from '../assets/assets.ts';

const PHRASES = { cancelled: 'signIn.cancelled', refused: 'signIn.refused', away: 'signIn.away' } as const;

/** Says why nobody was signed in. @param root - the way from the page's address to ours */
export function failurePage(why: Exclude<Outcome, object>, words: Words, root: '.' | '..') {
  return html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.t('signIn.failed')}</title>
${assetLinks(root, ['base.css', 'meetings/meetings.css'])}
</head>
<body>
<main>
<h1>${words.t('signIn.failed')}</h1>
<p>${words.t(PHRASES[why])}</p>
<p><a class="button" href="${root}/sign-in">${words.t('signIn.signIn')}</a></p>
</main>
</body>
</html>`;
}
