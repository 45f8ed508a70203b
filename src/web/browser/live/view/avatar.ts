import { html, type TemplateResult } from 'lit-html';
import type { Look } from '../../feed/people.ts';
import { initialsOf } from '../model/initials.ts';

const broken = new Set<string>(); // addresses of pictures that did not come

/** Somebody's picture, or two letters in their colour. Their name stands beside it. */
export function avatar({ name, picture }: Look): TemplateResult {
  const isThere = picture !== undefined && !broken.has(picture);
  const hide = ({ target }: Event) => {
    broken.add(picture ?? '');
    if (target instanceof Element) target.remove();
  };
  return html`<span class="avatar" aria-hidden="true"
    ><span>${initialsOf(name)}</span>${isThere ? html`<img src=${picture} alt="" loading="lazy" @error=${hide} />` : ''}</span
  >`;
}
