import { html, raw } from 'hono/html';
import type { MeetingRecord } from '../../core/record.ts';
import { nearest } from '../../core/text/language.ts';
import { wordsFor } from '../../i18n/words.ts';
import { buildMinutes } from '../model/build-minutes.ts';
import { factsOf } from '../model/facts.ts';
import { withPlainLanguages } from '../model/language-codes.ts';
import type { Bullet } from '../model/minutes-model.ts';
import { sourcesOf } from '../model/sources.ts';
import { asOffset } from '../model/times.ts';
import { aboutPeople, type Facts, factList } from './about-people.ts';
import { noteWithZone } from './moments.ts';
import { anchorsOf, type PageOptions, type Parts, wordsAt } from './parts.ts';
import { timelineOf } from './timeline.ts';
import { transcriptOf } from './transcript.ts';

/** What a page is made of. */
export interface PageTask {
  readonly record: MeetingRecord;
  readonly wanted: PageOptions;
}

/**
 * The minutes as a web page that works without a script. Whatever people wrote stays text.
 *
 * All addresses are relative, as a proxy may have put a path before ours.
 */
export async function renderPage(record: MeetingRecord, wanted: PageOptions): Promise<string> {
  const { language: wantedLanguage, speaker, ...others } = wanted;
  const language = languageOf(record, wantedLanguage);
  const view = { ...others, ...(language !== undefined && { language }) };
  const model = buildMinutes(record, view);
  const options = { ...view, ...(speaker !== undefined && model.talkTimes[speaker] && { speaker }) };
  const words = wordsFor(model.locale);
  const parts: Parts = {
    ...{ model, options, words },
    sources: sourcesOf(record, model.passages, options.language),
    anchors: anchorsOf(model.passages),
  };
  const page = html`<!doctype html>
<html lang="${words.locale}" data-languages="${model.translatedInto.join(' ')}"${language === undefined ? '' : html` data-shown="${language}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${model.title}</title>
${raw(options.head)}
</head>
<body>
<header><h1 dir="auto">${model.title}</h1></header>
<main>
${factList(headFacts(parts))}
<p class="note">${noteWithZone(model, words)}</p>
<nav aria-label="${words.t('page.downloads')}"><h2>${words.t('page.downloads')}</h2><ul class="choices">${downloads(parts)}</ul></nav>
${summaryOf(parts)}
${model.passages.length > 0 ? timelineOf(parts) : ''}
${aboutPeople(parts)}
${transcriptOf(parts)}
</main>
</body>
</html>`;
  return String(await page);
}

/** The meeting's own code of a language, so that the page repeats nothing of its address; `undefined`: as spoken. */
function languageOf(record: MeetingRecord, wanted: string | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  return nearest(wanted, withPlainLanguages(record).translations, ({ language }) => language)?.language;
}

/** The date is an element of its own, so that the script can show it in the reader's zone. */
function headFacts({ model }: Parts): Facts {
  const [[dateName, date] = ['', ''], ...others] = factsOf(model);
  return [[dateName, html`<time datetime="${model.beganAt.toISOString()}" class="date">${date}</time>`], ...others];
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
