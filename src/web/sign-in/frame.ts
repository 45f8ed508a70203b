import { html } from 'hono/html';
import type { Words } from '../../i18n/words.ts';
import { headOf, readersLinks } from '../assets/assets.ts';

type Html = ReturnType<typeof html>;

/** What all pages of members have around what they show. @param root - the way from the page's address to ours */
function framed(title: string, body: Html, words: Words, root: '.' | '..' = '.') {
  return html`<!doctype html>
<html lang="${words.locale}">
${headOf(title, readersLinks(root, ['meetings/meetings.css'], 'meetings/main.js'))}
<body>
${body}
</body>
</html>`;
}

/** A page with one thing to say. @param action - what the reader can do; missing: nothing */
export function sentencePage(
  title: string,
  sentence: string,
  words: Words,
  action: Html | '' = '',
  root: '.' | '..' = '.',
) {
  return framed(title, html`<main>\n<h1>${title}</h1>\n<p>${sentence}</p>\n${action}\n</main>`, words, root);
}

export function signInLink(words: Words, root: '.' | '..' = '.') {
  return html`<p><a class="button" href="${root}/sign-in">${words.t('signIn.signIn')}</a></p>`;
}

/** For somebody who has signed in: their meetings, with a search over them. @param query - what is searched for */
export function memberPage(query: string, content: Html, words: Words) {
  return framed(
    words.t('meetings.title'),
    html`<header>
<h1>${words.t('meetings.title')}</h1>
<form method="post" action="./sign-out"><button>${words.t('meetings.signOut')}</button></form>
</header>
<main>
<form class="search" role="search" action="./meetings">
<label for="q">${words.t('meetings.search')}</label>
<input type="search" id="q" name="q" value="${query}" maxlength="200" enterkeyhint="search">
<button>${words.t('meetings.find')}</button>
</form>
${content}
</main>`,
    words,
  );
}
