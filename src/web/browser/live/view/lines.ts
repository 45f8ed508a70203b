import { html, nothing, type TemplateResult } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { isLast } from '../../feed/stream.ts';
import { counted, filled } from '../../phrases.ts';
import { partsOf } from '../../search/find.ts';
import type { LiveLine, Text } from '../../wire.ts';
import { chunksOf, type Group, groupsOf } from '../model/groups.ts';
import { columnsOf } from '../model/languages.ts';
import { clockTime, sinceBeginning } from '../model/times.ts';
import { type State, thereIn } from '../state.ts';
import { avatar } from './avatar.ts';

/**
 * What has been said, and who is speaking at this moment. Parts that have not changed are not drawn again.
 *
 * @param found - the lines that the reader looks for
 */
export function linesView(state: State, found: readonly LiveLine[]): TemplateResult {
  const { search, languages, preferences, transcript } = state;
  const isFiltered = search?.onlyFound && search.query.trim() !== '';
  const lines = isFiltered ? found : transcript.lines;
  const isBeside = preferences.showsOriginal && languages.shown !== undefined;
  const marked = new Set(found);
  return html`
    ${lines.length === 0 && state.isComplete ? html`<p class="empty">${emptyIn(state)}</p>` : nothing}
    <div role="list" class=${classMap({ lines: true, beside: isBeside })}>
      ${repeat(
        chunksOf(groupsOf(lines)),
        (chunk) => chunk[0]?.key,
        (chunk) => guard(shownIn(chunk, state, marked), () => chunkView(chunk, state)),
      )}
    </div>
    ${speakingView(state)}
  `;
}

/** All that the look of a chunk depends on. What is looked for matters where it was found alone. */
function shownIn(chunk: readonly Group[], state: State, marked: ReadonlySet<LiveLine>): unknown[] {
  const { languages, preferences, people, search } = state;
  const lines = chunk.flatMap(({ lines }) => lines);
  const isMarked = lines.some((line) => marked.has(line));
  return [
    ...lines,
    ...chunk.map(({ lines }) => lines[0] && people.lookOf(lines[0])),
    ...[languages.shown, preferences.showsOriginal, isMarked && search?.query],
    isMarked && lines.some(({ id }) => id === search?.now) && search?.now,
  ];
}

function chunkView(chunk: readonly Group[], state: State): TemplateResult {
  const groups = repeat(
    chunk,
    ({ key }) => key,
    (group) => groupView(group, state),
  );
  return html`<div class="chunk">${groups}</div>`;
}

function emptyIn({ search, data: { words } }: State): string {
  return search && search.query !== '' ? words.nothingFound : words.empty;
}

function groupView({ lines }: Group, state: State): TemplateResult {
  const [first] = lines;
  if (!first) return html``;
  const { data, people, search } = state;
  const look = people.lookOf(first);
  const after = filled(data.words.afterBeginning, { time: sinceBeginning(first.at - data.beganAt) });
  return html`<div role="listitem" class="group voice-${look.colour}">
    ${avatar(look)}
    <div class="said">
      <p class="who">
        <bdi class="name">${marked(look.name, search?.query)}</bdi>
        <time datetime=${new Date(first.at).toISOString()} title=${after}>${clockTime(first.at)}</time>
      </p>
      ${repeat(
        lines,
        ({ id }) => id,
        (line) => lineView(line, state),
      )}
    </div>
  </div>`;
}

function lineView(line: LiveLine, { languages, preferences, search, data }: State): TemplateResult {
  const isBeside = preferences.showsOriginal;
  const { read, spoken } = columnsOf(line, languages.shown, isBeside);
  const isTranslation = (text: Text) => text === line && line.original !== undefined;
  const mark = (text: Text) => line.corrected && (isTranslation(text) ? data.words.ofOriginal : data.words.corrected);
  const classes = { line: true, growing: line.state === 'growing', now: search?.now === line.id };
  return html`<div class=${classMap(classes)} data-line=${line.id}>
    ${read ? textView(read, 'read', search?.query, mark(read)) : nothing}
    ${spoken ? textView(spoken, 'spoken', search?.query, mark(spoken)) : nothing}
  </div>`;
}

/** What people say is only ever inserted as text, never as HTML. */
function textView(
  { text, language }: Text,
  column: 'read' | 'spoken',
  query: string | undefined,
  remark: string | undefined,
): TemplateResult {
  const behind = remark === undefined ? nothing : html` <small>(${remark})</small>`;
  return html`<p class=${column} dir="auto" lang=${language}>${marked(text, query)}${behind}</p>`;
}

function marked(text: string, query: string | undefined) {
  if (query === undefined || query === '') return text;
  return partsOf(text, query).map(({ text, isFound }) => (isFound ? html`<mark>${text}</mark>` : text));
}

/** Those who speak and whose words have not come yet. The row keeps its height, so that nothing jumps. */
function speakingView(state: State): TemplateResult {
  const { data, transcript, connection } = state;
  const growing = new Set(transcript.lines.flatMap(({ state, person }) => (state === 'growing' ? person : [])));
  const speaking = thereIn(state).filter(({ isSpeaking, key }) => isSpeaking && !growing.has(key));
  if (isLast(connection)) return html``;
  const names = new Intl.ListFormat(data.locale).format(speaking.map(({ name }) => `\u2068${name}\u2069`));
  const sentence = counted(data.counts.nowSpeaking, speaking.length, data.locale).replace('{names}', names);
  return html`<p class="soon">${speaking.length > 0 ? html`<span class="dots" aria-hidden="true"></span>${sentence}` : nothing}</p>`;
}
