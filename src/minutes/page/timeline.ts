import { html } from 'hono/html';
import { clip } from '../../core/text/clip.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import { shownText } from '../model/in-language.ts';
import type { Line, MinutesModel } from '../model/minutes-model.ts';
import { type Span, talkSpans } from '../model/talk-spans.ts';
import { asOffset } from '../model/times.ts';
import { type Parts, wordsAt } from './parts.ts';

const WIDTH = 1_000; // units of the drawing, which is as wide as the page
const HEIGHT = 20;
const NARROWEST = 2; // a shorter span could not be hit
const MOST_SPANS = 200; // about as many as a lane of that width can show apart
const COLOURS = 12; // classes of the stylesheet
const MAX_WORDS_CHARS = 120;

/** The class that colours a speaker. @param index - among the talk times, so that the most talkative differ */
export function voiceClass(index: number): string {
  return `voice-${index % COLOURS}`;
}

/**
 * Who spoke when, a lane for each speaker: each span is a link to the words that begin it, named after its speaker, its time and
 * these words. The page's script walks along the spans, and shows their names.
 */
export function timelineOf(parts: Parts) {
  const { model, words } = parts;
  const extentMs = extentOf(model);
  const spans = talkSpans(model, Math.max(2_000, extentMs / MOST_SPANS));
  const firstAt = new Map<string, Line>(); // the utterance that begins at this moment, by speaker and moment
  for (const { name, lines } of model.passages) {
    for (const line of lines) firstAt.set(`${line.startMs} ${name}`, line);
  }
  const lanes = model.talkTimes.map(({ name }, index) => {
    const links = (spans.get(name) ?? []).map((span) => {
      const first = firstAt.get(`${span.startMs} ${name}`);
      const when = `${asOffset(span.startMs)}–${asOffset(span.endMs)}`;
      return html`<a href="${wordsAt(parts, first?.utteranceId ?? '')}" data-when="${when}"><title>${name}, ${when}: ${beginningOf(first, parts)}</title>${bar(span, extentMs)}</a>`;
    });
    return html`<li class="${voiceClass(index)}"><span class="name" dir="auto">${name}</span>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="group" aria-label="${name}">${links}</svg></li>
`;
  });
  return html`<section class="picture" aria-labelledby="timeline"><h2 id="timeline">${words.t('document.timeline')}</h2>
<p class="skip"><a href="#transcript">${words.t('page.skipTimeline')}</a></p>
<p class="note" id="timeline-keys" hidden>${words.t('page.timelineKeys')}</p>
<ol class="timeline">${lanes}</ol>
<p class="axis"><span>${asOffset(0)}</span><span>${asOffset(extentMs / 2)}</span><span>${asOffset(extentMs)}</span></p></section>`;
}

/** The first words of a span. */
function beginningOf(line: Line | undefined, { options }: Parts): string {
  return line ? clip(oneLine(shownText(line, options.language).text), MAX_WORDS_CHARS) : '';
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
