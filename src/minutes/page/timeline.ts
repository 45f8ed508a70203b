import { html } from 'hono/html';
import type { Words } from '../../i18n/words.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { type Span, talkSpans } from '../model/talk-spans.ts';
import { asOffset } from '../model/times.ts';

const WIDTH = 1_000; // units of the drawing, which is as wide as the page
const HEIGHT = 20;
const NARROWEST = 2; // a shorter span could not be hit
const MOST_SPANS = 200; // about as many as a lane of that width can show apart
const COLOURS = 12; // classes of the stylesheet

/** The class that colours a speaker. @param index - among the talk times, so that the most talkative differ */
export function voiceClass(index: number): string {
  return `voice-${index % COLOURS}`;
}

/**
 * Who spoke when, a lane for each speaker: each span is a link to the words that begin it.
 *
 * @param linkTo - the address of the words of an utterance
 */
export function timelineOf(model: MinutesModel, linkTo: (utteranceId: string) => string, words: Words) {
  const extentMs = extentOf(model);
  const spans = talkSpans(model, Math.max(2_000, extentMs / MOST_SPANS));
  const firstAt = new Map<string, string>(); // the utterance that begins at this moment, by speaker and moment
  for (const { name, lines } of model.passages) {
    for (const { startMs, utteranceId } of lines) firstAt.set(`${startMs} ${name}`, utteranceId);
  }
  const lanes = model.talkTimes.map(({ name }, index) => {
    const links = (spans.get(name) ?? []).map((span) => {
      const label = `${name}, ${asOffset(span.startMs)}–${asOffset(span.endMs)}`;
      return html`<a href="${linkTo(firstAt.get(`${span.startMs} ${name}`) ?? '')}" aria-label="${label}"><title>${label}</title>${bar(span, extentMs)}</a>`;
    });
    return html`<li class="${voiceClass(index)}"><span class="name" dir="auto">${name}</span>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="group" aria-label="${name}">${links}</svg></li>
`;
  });
  return html`<section aria-labelledby="timeline"><h2 id="timeline">${words.t('document.timeline')}</h2>
<p class="skip"><a href="#transcript">${words.t('page.skipTimeline')}</a></p>
<ol class="timeline">${lanes}</ol>
<p class="axis"><span>${asOffset(0)}</span><span>${asOffset(extentMs / 2)}</span><span>${asOffset(extentMs)}</span></p></section>`;
}

function bar({ startMs, endMs }: Span, extentMs: number) {
  const x = Math.min((startMs / extentMs) * WIDTH, WIDTH - NARROWEST);
  const width = Math.max(NARROWEST, ((endMs - startMs) / extentMs) * WIDTH);
  return html`<rect x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="${HEIGHT}"/>`;
}

/** How much time the lanes cover: the meeting, and what was said after its end; at least a second. */
function extentOf({ durationMs, passages }: MinutesModel): number {
  return passages
    .flatMap(({ lines }) => lines)
    .reduce((last, { endMs }) => Math.max(last, endMs), Math.max(durationMs, 1_000));
}
