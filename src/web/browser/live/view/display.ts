import { html, type TemplateResult } from 'lit-html';
import type { Preferences } from '../model/preferences.ts';
import type { Acts, State } from '../state.ts';

type Switch = 'showsOriginal' | 'moreContrast' | 'moreSpace' | 'lessMotion' | 'hasKeys';

const SWITCHES: readonly Switch[] = ['showsOriginal', 'moreContrast', 'moreSpace', 'lessMotion', 'hasKeys'];

/** How the page looks: what is chosen here is remembered on this browser. */
export function displayView({ data: { words, locale }, preferences }: State, acts: Acts): TemplateResult {
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(preferences.textSize / 100);
  return html`<h2>${words.display}</h2>
    <div class="size" role="group" aria-label=${words.textSize}>
      <button type="button" @click=${() => acts.act('smaller')}>−<span class="hidden">${words.smaller}</span></button>
      <span>${words.textSize}: ${percent}</span>
      <button type="button" @click=${() => acts.act('larger')}>+<span class="hidden">${words.larger}</span></button>
    </div>
    ${SWITCHES.map((name) => switchView(name, words[name], preferences, acts))}`;
}

function switchView(name: Switch, words: string, preferences: Preferences, acts: Acts): TemplateResult {
  return html`<label class="check">
    <input type="checkbox" .checked=${preferences[name]} @change=${() => acts.prefer({ [name]: !preferences[name] })} />
    <span>${words}</span>
  </label>`;
}
