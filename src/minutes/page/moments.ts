import { html } from 'hono/html';
import type { Words } from '../../i18n/words.ts';
import { type MomentOf, noteOnTimes } from '../model/facts.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { asOffset, asTimeOfDay } from '../model/times.ts';

type Began = Pick<MinutesModel, 'beganAt' | 'timeZone'>;

const STAND_IN = '\0'; // no phrase holds it

/** A time of day in the server's zone, which the page's script shows in the reader's. @param ms - since the meeting began */
export function timeOfDay({ beganAt, timeZone }: Began, ms: number, className?: string) {
  const time = new Date(beganAt.getTime() + ms);
  const named = className === undefined ? '' : html` class="${className}"`;
  return html`<time datetime="${time.toISOString()}"${named}>${asTimeOfDay(time, timeZone)}</time>`;
}

/** A sentence of which each moment is an element, so that the script finds it. @param sentence - puts moments into words */
export function withMoments(model: Began, sentence: (moment: MomentOf) => string) {
  const moments: number[] = [];
  const text = sentence((ms) => `${STAND_IN}${moments.push(ms) - 1}${STAND_IN}`);
  return text.split(STAND_IN).map((part, index) => {
    const ms = index % 2 === 0 ? undefined : moments[Number(part)];
    return ms === undefined ? part : html`${timeOfDay(model, ms)} (${asOffset(ms)})`;
  });
}

/** The note on times, with an element for the name of the zone. */
export function noteWithZone(model: MinutesModel, words: Words) {
  const note = words.t('document.sentence', { text: noteOnTimes({ ...model, timeZone: STAND_IN }) });
  const [before = '', after = ''] = note.split(STAND_IN);
  return html`${before}<span class="zone">${model.timeZone}</span>${after}`;
}
