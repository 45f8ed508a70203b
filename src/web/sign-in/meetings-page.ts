import { html } from 'hono/html';
import type { Words } from '../../i18n/words.ts';
import { memberPage } from './frame.ts';
import { lengthOf, timeOf } from './when.ts';

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
  return memberPage(
    '',
    html`${isComplete ? '' : html`<p role="status">${words.t('meetings.incomplete')}</p>`}
${list}
${pages.length === 0 ? '' : html`<nav aria-label="${words.t('meetings.pages')}">${pages}</nav>`}
<p class="note">${words.t('meetings.otherServers')} <a href="./sign-in">${words.t('signIn.again')}</a></p>`,
    words,
  );
}

function itemOf({ id, title, serverName, channelName, beganAt, endedMs, timeZone }: ShownMeeting, words: Words) {
  // Meetings without a title of their own have that of their channel.
  const places = [...(serverName === undefined ? [] : [serverName]), ...(channelName === title ? [] : [channelName])];
  const state =
    endedMs === undefined
      ? html`<strong class="live">${words.t('meetings.runs')}</strong>`
      : html`<span>${lengthOf(endedMs, words.locale)}</span>`;
  return html`<li>
<h2><a href="./live/${encodeURIComponent(id)}" dir="auto">${title}</a></h2>
<p class="facts">${timeOf(beganAt, words.locale, timeZone)}${state}${places.map((place) => html`<bdi>${place}</bdi>`)}</p>
</li>
`;
}
