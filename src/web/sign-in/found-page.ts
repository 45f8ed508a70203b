import { html } from 'hono/html';
import type { SearchHit } from '../../core/ports/archive.ts';
import { type SnippetPart, snippetOf } from '../../core/text/snippet.ts';
import type { Words } from '../../i18n/words.ts';
import { memberPage } from './frame.ts';
import { timeOf } from './when.ts';

/** A hit, with what is known of its server. */
export interface ShownHit extends SearchHit {
  readonly serverName?: string;
  readonly timeZone: string;
}

interface FoundView {
  readonly query: string;
  readonly hits: readonly ShownHit[];
  readonly hasMore: boolean;
  readonly isComplete: boolean;
}

/** What was found in a member's meetings, newest first: each a link to the words on the meeting's page. */
export function foundPage({ query, hits, hasMore, isComplete }: FoundView, words: Words) {
  const list =
    hits.length === 0
      ? html`<p role="status">${words.t('minutes.foundNothing')}</p>`
      : html`<ol class="meetings">${hits.map((hit) => itemOf(hit, words))}</ol>`;
  return memberPage(
    query,
    html`${isComplete ? '' : html`<p role="status">${words.t('meetings.incomplete')}</p>`}
<h2 class="found">${words.t('meetings.found')}</h2>
${list}
${hasMore ? html`<p>${words.t('meetings.moreHits')}</p>` : ''}
<nav aria-label="${words.t('meetings.pages')}"><a href="./meetings">${words.t('meetings.all')}</a></nav>`,
    words,
  );
}

function itemOf({ meeting, segment, speakerName, matches, serverName, timeZone }: ShownHit, words: Words) {
  const isTranslation = segment.kind === 'translation';
  const at = new Date(meeting.beganAt.getTime() + segment.startMs);
  const tongue = isTranslation
    ? html`<span>${words.t('minutes.inLanguage', { language: words.language(segment.language) })}</span>`
    : '';
  const who = speakerName === undefined ? '' : html`<bdi class="who">${speakerName}</bdi> `;
  const query = new URLSearchParams({ ...(isTranslation && { in: segment.language }), said: segment.utteranceId });
  return html`<li>
<p><a href="./live/${encodeURIComponent(meeting.id)}?${query}">${who}<span lang="${segment.language}" dir="auto">${snippetOf(segment.text, matches).map(marked)}</span></a></p>
<p class="facts">${timeOf(at, words.locale, timeZone)}<bdi>${meeting.title}</bdi>${serverName === undefined ? '' : html`<bdi>${serverName}</bdi>`}${tongue}</p>
</li>
`;
}

function marked({ text, isMatch }: SnippetPart) {
  return isMatch ? html`<mark>${text}</mark>` : text;
}
