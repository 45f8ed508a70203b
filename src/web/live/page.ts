import { html } from 'hono/html';
import type { MeetingHead } from '../../core/record.ts';
import type { Words } from '../../i18n/words.ts';
import { headOf, readersLinks } from '../assets/assets.ts';
import { dataFor, livePageData } from './page-data.ts';

/** The page on which a meeting's lines grow. Its script fills the parts that have names. */
export function livePage({ title, beganAt }: Pick<MeetingHead, 'title' | 'beganAt'>, words: Words) {
  return html`<!doctype html>
<html lang="${words.locale}">
${headOf(
  title,
  readersLinks(
    '..',
    ['voices.css', 'search/search.css', 'live/live.css', 'live/people.css', 'live/panels.css'],
    'live/main.js',
  ),
  dataFor('page-data', livePageData(beganAt, words)),
)}
<body>
<header class="bar">
<h1 dir="auto">${title}</h1>
<p id="state">${words.t('livePage.connecting')}</p>
<div id="controls"></div>
<div id="search" role="search"></div>
</header>
<div class="page">
<section id="people" aria-label="${words.t('livePage.people')}"></section>
<main>
<div id="lines"></div>
<div id="dock"></div>
<noscript><p>${words.t('live.noScript')}</p></noscript>
</main>
</div>
<div id="display" popover role="dialog" aria-label="${words.t('livePage.display')}"></div>
<dialog id="help" aria-labelledby="help-title"></dialog>
<div id="announcer" class="hidden" aria-live="polite"></div>
</body>
</html>`;
}

/**
 * The page that is shown where there is nothing to see.
 *
 * @param root - the way from its address to ours
 * @param meetingId - of a page that somebody may see who signs in; missing: nobody can sign in
 */
export function noPage(sentence: string, words: Words, root = '..', meetingId?: string) {
  const signIn =
    meetingId === undefined
      ? ''
      : html`<p><a href="${root}/sign-in?${new URLSearchParams({ to: meetingId })}">${words.t('signIn.signIn')}</a></p>`;
  return html`<!doctype html>
<html lang="${words.locale}">
${headOf('Parley', readersLinks(root))}
<body><main class="notice"><h1>Parley</h1><p>${sentence}</p>${signIn}</main></body>
</html>`;
}
