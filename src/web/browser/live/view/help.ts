import { html, type TemplateResult } from 'lit-html';
import { type Action, KEYS } from '../model/keys.ts';
import type { State } from '../state.ts';

type Words = State['data']['words'];

/** What keys do. */
export function helpView({ data: { words } }: State): TemplateResult {
  const inSearch = [
    ['Enter', words.keyNext],
    ['Shift + Enter', words.keyPrevious],
    ['Esc', words.keyClose],
  ] as const;
  return html`<h2 id="help-title">${words.help}</h2>
    <table>
      <tbody>
        ${KEYS.map(([key, action]) => rowView(key, meaningOf(action, words)))}
      </tbody>
    </table>
    <h3>${words.inSearch}</h3>
    <table>
      <tbody>
        ${inSearch.map(([key, meaning]) => rowView(key, meaning))}
      </tbody>
    </table>
    <form method="dialog"><button>${words.close}</button></form>`;
}

function rowView(key: string, meaning: string): TemplateResult {
  return html`<tr>
    <th scope="row"><kbd>${key}</kbd></th>
    <td>${meaning}</td>
  </tr>`;
}

function meaningOf(action: Action, words: Words): string {
  switch (action) {
    case 'end':
      return words.toEnd;
    case 'contrast':
      return words.moreContrast;
    case 'original':
      return words.showsOriginal;
    default:
      return words[action];
  }
}
