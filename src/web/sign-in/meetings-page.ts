import { html } from 'hono/html';
import type { Words } from '../../i18n/words.ts';
import { assetLinks } from '../assets/assets.ts';
import { lengthOf, momentOf } from './when.ts';

/** A meeting in the list. */
interface ShownMeeting {
  readonly id: string;
  readonly title: string;
  readonly serverName?: string;
  readonly channelName: string;
  readonly beganAt: Date;
  readonly endedMs?: number; // since it began; missing while it runs
  readonly timeZone: string;
}

interface MeetingsView {
  readonly meetings: readonly ShownMeeting[];
  readonly isComplete: boolean;
  readonly isFirst: boolean;
  readonly next?: string; // the place from which the list goes on
}

/** A member's meetings, newest first. It works without a script, which only turns times into those of the reader's own zone. */
export function meetingsPage({ meetings, isComplete, isFirst, next }: MeetingsView, words: Words) {
  const pages = [
    ...(isFirst ? [] : [html`<a href="./meetings">${words.t('meetings.newest')}</a>`]),
    ...(next === undefined
      ? []
      : [html`<a href="./meetings?before=${next}" rel="next">${words.t('meetings.older')}</a>`]),
  ];
  const list =
    meetings.length === 0
      ? html`<p>${words.t('meetings.none')}</p>`
      : html`<ol class="meetings">${meetings.map((meeting) => itemOf(meeting, words))}</ol>`;
  return pageWith(
    words.t('meetings.title'),
    words,
    html`<header>
<h1>${words.t('meetings.title')}</h1>
<form method="post" action="./sign-out"><button>${words.t('meetings.signOut')}</button></form>
</header>
<main>
${isComplete ? '' : html`<p role="status">${words.t('meetings.incomplete')}</p>`}
${list}
${pages.length === 0 ? '' : html`<nav aria-label="${words.t('meetings.pages')}">${pages}</nav>`}
<p class="note">${words.t('meetings.otherServers')} <a href="./sign-in">${words.t('signIn.again')}</a></p>
</main>`,
  );
}

function itemOf({ id, title, serverName, channelName, beganAt, endedMs, timeZone }: ShownMeeting, words: Words) {
  const places = [...(serverName === undefined ? [] : [serverName]), channelName];
  const state =
    endedMs === undefined
      ? html`<strong class="live">${words.t('meetings.runs')}</strong>`
      : html`<span>${lengthOf(endedMs, words.locale)}</span>`;
  return html`<li>
<h2><a href="./live/${encodeURIComponent(id)}" dir="auto">${title}</a></h2>
<p class="facts"><time datetime="${beganAt.toISOString()}">${momentOf(beganAt, words.locale, timeZone)}</time>${state}${places.map((place) => html`<bdi>${place}</bdi>`)}</p>
</li>
`;
}

/** For whoever has not signed in. */
export function invitationPage(words: Words) {
  return pageWith(
    words.t('meetings.title'),
    words,
    html`<main>
<h1>${words.t('meetings.title')}</h1>
<p>${words.t('meetings.invitation')}</p>
<p><a class="button" href="./sign-in">${words.t('signIn.signIn')}</a></p>
</main>`,
  );
}

export function sentencePage(sentence: string, words: Words) {
  return pageWith(
    words.t('meetings.title'),
    words,
    html`<main><h1>${words.t('meetings.title')}</h1><p>${sentence}</p></main>`,
  );
}

function pageWith(title: string, words: Words, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${assetLinks('.', ['base.css', 'meetings/meetings.css'], 'meetings/main.js')}
</head>
<body>
${body}
</body>
</html>`;
}
