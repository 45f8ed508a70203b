import { html, type TemplateResult } from 'lit-html';

/** Lines of a pen two units wide on a sheet of 24 by 24. */
const LINES = {
  search: 'M17 10.5a6.5 6.5 0 1 1-13 0a6.5 6.5 0 0 1 13 0M15.2 15.2L20 20',
  text: 'M3 18L8 6l5 12M4.7 14h6.6M21 12v6M21 15a2.5 3 0 1 1-5 0a2.5 3 0 1 1 5 0',
  keys: 'M3 6h18v12H3zM7 10h.1M11 10h.1M15 10h.1M7.5 14h9',
  muted:
    'M4 4l16 16M9 9v3a3 3 0 0 0 5 2.2M15 11V6a3 3 0 0 0-5.6-1.5M5.5 11.5a6.5 6.5 0 0 0 10.8 5M18.5 11.5a6.5 6.5 0 0 1-.4 2.2M12 18v3',
  up: 'M5 15l7-7l7 7',
  down: 'M5 9l7 7l7-7',
  close: 'M6 6l12 12M18 6L6 18',
} as const;

/** A picture on a button, beside words that say the same. */
export function icon(name: keyof typeof LINES): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${LINES[name]}></path></svg>`;
}
