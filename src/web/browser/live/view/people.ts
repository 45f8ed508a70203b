import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { icon } from '../../icons.ts';
import { counted, filled } from '../../phrases.ts';
import type { ShownAudience, ShownPerson } from '../../wire.ts';
import { concernsAll } from '../model/unheard.ts';
import { type State, thereIn } from '../state.ts';
import { avatar } from './avatar.ts';

/** Who is there, who is speaking, and who is not heard and why. On a phone it is folded, with everybody's pictures in one row. */
export function peopleView(state: State, isOpen: boolean): TemplateResult {
  const { data } = state;
  const there = thereIn(state);
  const ofAll = there.map(({ unheard }) => unheard).find(concernsAll);
  return html`<details ?open=${isOpen}>
    <summary>
      <h2>${counted(data.counts.peopleThere, there.length, data.locale)}</h2>
      <span class="faces">${repeat(there, keyOf, (person) => face(person))}</span>
    </summary>
    ${ofAll ? html`<p class="unheard">${icon('muted')}${data.unheard[ofAll]}</p>` : nothing}
    ${state.audience ? html`<p class="audience faint">${audienceText(state.audience, data)}</p>` : nothing}
    ${there.length === 0 ? html`<p class="faint">${data.words.nobody}</p>` : nothing}
    <ul>
      ${repeat(there, keyOf, (person) => personView(person, data))}
    </ul>
  </details>`;
}

function audienceText({ now, most }: ShownAudience, { words, locale }: State['data']): string {
  const format = new Intl.NumberFormat(locale);
  return filled(words.audience, { number: format.format(now), most: format.format(most) });
}

function keyOf({ key }: ShownPerson): string {
  return key;
}

function face(person: ShownPerson): TemplateResult {
  return html`<span class="face voice-${person.colour} ${person.isSpeaking ? 'speaking' : ''}">${avatar(person)}</span>`;
}

function personView(person: ShownPerson, { words, unheard }: State['data']): TemplateResult {
  const own = person.unheard !== undefined && !concernsAll(person.unheard) ? person.unheard : undefined;
  return html`<li class="person voice-${person.colour} ${person.isSpeaking ? 'speaking' : ''}">
    ${avatar(person)}
    <span class="about">
      <bdi class="name">${person.name}</bdi>
      ${person.isSpeaking ? html`<span class="now">${words.speaking}</span>` : nothing}
      ${own === 'notYetHeard' ? html`<span class="why">${unheard[own]}</span>` : nothing}
      ${
        own !== undefined && own !== 'notYetHeard'
          ? html`<span class="why">${icon('muted')}${filled(words.notHeard, { why: unheard[own] })}</span>`
          : nothing
      }
    </span>
  </li>`;
}
