import { html, type TemplateResult } from 'lit-html';
import { isLast } from '../../feed/stream.ts';
import { icon } from '../../icons.ts';
import { counted } from '../../phrases.ts';
import type { Acts, State } from '../state.ts';

/** What stays at the lower edge: the way to the newest line for whoever has scrolled up, and to the meeting afterwards. */
export function dockView({ data, following, connection, hasMinutes, preferences }: State, acts: Acts): TemplateResult {
  const { words, counts, locale } = data;
  const { size } = following.unread;
  const label = size > 0 ? counted(counts.newLines, size, locale) : words.newest;
  return html`
    ${
      following.isFollowing
        ? ''
        : html`<button type="button" id="to-end" @click=${() => acts.act('end')}>${icon('down')}<span>${label}</span></button>`
    }
    ${
      isLast(connection)
        ? html`<div class="ending">
            <p>${words[connection]}</p>
            ${connection === 'over' ? html`<p>${hasMinutes ? html`<a href=${preferences.language === undefined ? '' : `?in=${preferences.language}`}>${words.toMinutes}</a>` : words.beingMade}</p>` : ''}
          </div>`
        : ''
    }
  `;
}
