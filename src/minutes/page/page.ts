import { html } from 'hono/html';
import type { MeetingRecord } from '../../core/record.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { buildMinutes } from '../model/build-minutes.ts';
import { sourcesOf } from '../model/build-summary.ts';
import { factsOf, filledIn, lossOf, noteOnTimes, remarksOn, staysOf, talkTimeOf } from '../model/facts.ts';
import { shownText } from '../model/in-language.ts';
import type { Bullet, Line, MinutesModel, Source, View } from '../model/minutes-model.ts';
import { asOffset } from '../model/times.ts';
import { timelineOf, voiceClass } from './timeline.ts';

export interface PageOptions extends View {
  readonly formats: readonly string[]; // in which the minutes can be downloaded
  readonly meetingId: string; // the last part of the page's address
  readonly speaker?: number; // whose words alone are shown: a place among the talk times
}

interface Parts {
  readonly model: MinutesModel;
  readonly options: PageOptions;
  readonly words: Words;
  readonly sources: ReadonlyMap<string, Source>;
  readonly anchors: ReadonlyMap<string, string>; // by utterance id
}

/**
 * The minutes as a web page that works without a script. Whatever people wrote stays text.
 *
 * All addresses are relative, as a proxy may have put a path before ours.
 */
export async function renderPage(record: MeetingRecord, options: PageOptions): Promise<string> {
  const model = buildMinutes(record, options);
  const words = wordsFor(model.locale);
  const said = model.passages.flatMap(({ lines }) => lines.map(({ utteranceId }) => utteranceId));
  const parts: Parts = {
    ...{ model, options, words },
    sources: sourcesOf(record, model.passages, options.language),
    anchors: new Map(said.map((id, index) => [id, `w${index}`])),
  };
  const page = html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${model.title}</title>
<link rel="stylesheet" href="../meeting.css">
</head>
<body>
<header><h1 dir="auto">${model.title}</h1></header>
<main>
${factList(factsOf(model))}
<p class="note">${words.t('document.sentence', { text: noteOnTimes(model) })}</p>
<nav aria-label="${words.t('page.downloads')}"><h2>${words.t('page.downloads')}</h2><ul class="choices">${downloads(parts)}</ul></nav>
${summaryOf(parts)}
${model.passages.length > 0 ? timelineOf(model, (id) => wordsAt(parts, id), words) : ''}
${aboutPeople(parts)}
${transcriptOf(parts)}
</main>
</body>
</html>`;
  return String(await page);
}

function factList(facts: readonly (readonly [string, string])[]) {
  return html`<dl>${facts.map(([name, text]) => html`<div><dt dir="auto">${name}</dt><dd dir="auto">${text}</dd></div>`)}</dl>`;
}

/** The address of an utterance's words, with those of everybody. */
function wordsAt({ anchors, options }: Parts, utteranceId: string): string {
  const anchor = `#${anchors.get(utteranceId) ?? 'transcript'}`;
  return options.speaker === undefined ? anchor : `${addressOf(options, { language: options.language })}${anchor}`;
}

interface Choice {
  readonly language?: string | undefined;
  readonly speaker?: number | undefined;
}

function addressOf({ meetingId }: PageOptions, { language, speaker }: Choice): string {
  const query = new URLSearchParams({
    ...(language !== undefined && { in: language }),
    ...(speaker !== undefined && { who: String(speaker) }),
  });
  return `./${encodeURIComponent(meetingId)}${query.size > 0 ? `?${query}` : ''}`;
}

function downloads({ options: { formats, meetingId, language } }: Parts) {
  const query = language === undefined ? '' : `?${new URLSearchParams({ in: language })}`;
  const path = `./${encodeURIComponent(meetingId)}/exports/`;
  return formats.map(
    (format) => html`<li><a href="${path}${format}${query}" download>${format.toUpperCase()}</a></li>`,
  );
}

function summaryOf(parts: Parts) {
  const { summary } = parts.model;
  if (!summary || summary.sections.length === 0) return '';
  const sections = summary.sections.map(
    ({ heading, bullets }) =>
      html`<section><h2>${heading}</h2><ul>${bullets.map((bullet) => bulletOf(bullet, parts))}</ul></section>`,
  );
  return html`${sections}<p class="note" dir="auto">${summary.note}</p>`;
}

function bulletOf({ text, who, due, sources }: Bullet, parts: Parts) {
  const cites = sources.map(
    ({ utteranceId, startMs, quote }) =>
      html` <a class="cite" href="${wordsAt(parts, utteranceId)}">${asOffset(startMs)}</a>${quote ? html` <q dir="auto">${quote.who}: ${quote.text}</q>` : ''}`,
  );
  const whose = who === undefined ? '' : html`<strong><bdi>${who}</bdi></strong>: `;
  const until = due === undefined ? '' : html` (${parts.words.t('document.due', { due })})`;
  return html`<li dir="auto">${whose}${text}${until}${cites}</li>`;
}

function aboutPeople({ model, words }: Parts) {
  const named = (codes: readonly string[]) => codes.map(words.language).join(', ');
  const into: [string, string][] =
    model.translatedInto.length > 0 ? [[words.t('document.intoLabel'), named(model.translatedInto)]] : [];
  const sections: [string, [string, string][]][] = [
    [words.t('document.attendance'), model.attendees.map((one) => [one.name, staysOf(one, model)])],
    [words.t('document.talkTime'), model.talkTimes.map((time) => [time.name, talkTimeOf(time, words)])],
    [
      words.t('document.languages'),
      [...model.spoken.map(({ name, languages }): [string, string] => [name, named(languages)]), ...into],
    ],
    [
      words.t('document.notTranscribed'),
      [
        ...model.losses.map((loss): [string, string] => [
          loss.name ?? words.t('document.everybody'),
          lossOf(loss, model),
        ]),
        ...model.concealed.map(({ name, lengthMs }): [string, string] => [name, filledIn(lengthMs, words)]),
      ],
    ],
  ];
  return sections
    .filter(([, facts]) => facts.length > 0)
    .map(([heading, facts]) => html`<details><summary>${heading}</summary>${factList(facts)}</details>`);
}

function transcriptOf(parts: Parts) {
  const { model, words, options } = parts;
  const places = new Map(model.talkTimes.map(({ name }, index) => [name, index]));
  const only = options.speaker === undefined ? undefined : model.talkTimes[options.speaker]?.name;
  const passages = model.passages
    .filter(({ name }) => only === undefined || name === only)
    .map(
      ({ name, startMs, lines }) =>
        html`<li class="${voiceClass(places.get(name) ?? 0)}"><h3><span class="name" dir="auto">${name}</span> <span class="at">${asOffset(startMs)}</span></h3>
${lines.map((line) => lineOf(line, parts))}</li>
`,
    );
  const nothing = model.passages.length > 0 ? '' : html`<p class="note">${words.t('document.nothingSaid')}</p>`;
  return html`<section aria-labelledby="transcript"><h2 id="transcript">${words.t('document.transcript')}</h2>
${choicesOf(parts)}<ol class="transcript">${passages}</ol>${nothing}</section>`;
}

/** Links to the same page in other languages, and with the words of one speaker alone. */
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

function lineOf(line: Line, { options, words, sources, anchors }: Parts) {
  const { text, language } = shownText(line, options.language);
  const remarks = remarksOn(line, words).map((remark) => html` <small>(${remark})</small>`);
  const url = sources.get(line.utteranceId)?.url;
  const link = url === undefined ? '' : html` <a class="cite" href="${url}" rel="noreferrer">Discord</a>`;
  return html`<p id="${anchors.get(line.utteranceId) ?? ''}" lang="${language}" dir="auto">${text}${remarks}${link}</p>
`;
}
