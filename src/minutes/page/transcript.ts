import { html } from 'hono/html';
import { remarksOn } from '../model/facts.ts';
import { shownText } from '../model/in-language.ts';
import type { Line } from '../model/minutes-model.ts';
import { asOffset } from '../model/times.ts';
import { timeOfDay } from './moments.ts';
import { addressOf, type Choice, type Parts } from './parts.ts';
import { voiceClass } from './timeline.ts';

/** Where the page's script puts a search. */
const SEARCH = html`<div id="search"></div>\n`;

/** What was said, with links to other languages and to the words of one speaker alone. */
export function transcriptOf(parts: Parts) {
  const { model, words, options } = parts;
  const places = new Map(model.talkTimes.map(({ name }, index) => [name, index]));
  const only = options.speaker === undefined ? undefined : model.talkTimes[options.speaker]?.name;
  const passages = model.passages
    .filter(({ name }) => only === undefined || name === only)
    .map(
      ({ name, startMs, lines }) =>
        html`<li class="${voiceClass(places.get(name) ?? 0)}"><h3><span class="name" dir="auto">${name}</span> <span class="at">${asOffset(startMs)}</span> ${timeOfDay(model, startMs, 'at')}</h3>
${lines.map((line) => lineOf(line, parts))}</li>
`,
    );
  const nothing = model.passages.length > 0 ? '' : html`<p class="note">${words.t('document.nothingSaid')}</p>`;
  return html`<section aria-labelledby="transcript"><h2 id="transcript">${words.t('document.transcript')}</h2>
${choicesOf(parts)}${passages.length > 0 ? SEARCH : ''}<ol class="transcript">${passages}</ol>${nothing}</section>`;
}

function choicesOf({ model, options, words }: Parts) {
  const { language, speaker } = options;
  const link = (choice: Choice, isChosen: boolean, name: string) =>
    html`<li><a href="${addressOf(options, choice)}#transcript"${isChosen ? html` aria-current="true"` : ''}><bdi>${name}</bdi></a></li>`;
  const languages = [
    link({ speaker }, language === undefined, words.t('page.asSpoken')),
    ...model.translatedInto.map((code) => link({ language: code, speaker }, code === language, words.language(code))),
  ];
  const speakers = [
    link({ language }, speaker === undefined, words.t('page.allSpeakers')),
    ...model.talkTimes.map(({ name }, index) => link({ language, speaker: index }, index === speaker, name)),
  ];
  return html`<nav aria-label="${words.t('page.language')}"><ul class="choices">${languages}</ul></nav>
<nav aria-label="${words.t('page.speakers')}"><ul class="choices">${speakers}</ul></nav>
`;
}

function lineOf(line: Line, { model, options, words, sources, anchors }: Parts) {
  const { text, language } = shownText(line, options.language);
  const remarks = remarksOn(line, words, model.timeZone).map((remark) => html` <small>(${remark})</small>`);
  const url = sources.get(line.utteranceId)?.url;
  const link = url === undefined ? '' : html` <a class="cite" href="${url}" rel="noreferrer">Discord</a>`;
  return html`<p id="${anchors.get(line.utteranceId) ?? ''}" lang="${language}" dir="auto"><span class="said">${text}</span>${remarks}${link}</p>
`;
}
