import { html } from 'hono/html';

const MINUTE_MS = 60_000;

/** A moment in words, with its zone: the page's script puts it into the reader's own. */
export function timeOf(at: Date, locale: string, timeZone: string) {
  const moment = new Intl.DateTimeFormat(locale, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
    ...{ timeZone, timeZoneName: 'short' },
  }).format(at);
  return html`<time datetime="${at.toISOString()}">${moment}</time>`;
}

/** How long something lasted, in whole minutes: at least one. */
export function lengthOf(ms: number, locale: string): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  const parts = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return new Intl.DurationFormat(locale, { style: 'short' }).format(parts);
}
