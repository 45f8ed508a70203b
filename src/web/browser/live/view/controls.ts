import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from '../../icons.ts';
import { searchButton } from '../../search/view.ts';
import { choicesIn, chosenIn, SPOKEN } from '../model/languages.ts';
import type { Acts, State } from '../state.ts';

/** What can be chosen above the lines. */
export function controlsView(state: State, acts: Acts): TemplateResult {
  const { words } = state.data;
  return html`
    ${state.languages.targets.length > 0 ? languageView(state, acts) : nothing}
    ${searchButton(state.search !== undefined, words, () => acts.act('search'))}
    <button type="button" popovertarget="display">${icon('text')}<span class="label">${words.display}</span></button>
    <button type="button" @click=${() => acts.act('help')}>${icon('keys')}<span class="label">${words.help}</span></button>
  `;
}

function languageView({ data, languages, preferences }: State, acts: Acts): TemplateResult {
  const names = new Intl.DisplayNames(data.locale, { type: 'language' });
  const chosen = chosenIn(languages, preferences.language);
  const choose = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) acts.prefer({ language: target.value });
  };
  return html`<label class="language">
    <span class="hidden">${data.words.language}</span>
    <select id="language" @change=${choose}>
      ${choicesIn(languages).map(
        (choice) =>
          html`<option value=${choice} .selected=${choice === chosen}>
            ${choice === SPOKEN ? data.words.asSpoken : (names.of(choice) ?? choice)}
          </option>`,
      )}
    </select>
  </label>`;
}
