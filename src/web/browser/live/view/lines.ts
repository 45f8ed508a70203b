import { html, nothing, type TemplateResult } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { counted, filled } from '../../phrases.ts';
import type { LiveLine, Text } from '../../wire.ts';
import { chunksOf, type Group, groupsOf } from '../model/groups.ts';
import { columnsOf } from '../model/languages.ts';
import { linesWith, partsOf } from '../model/search.ts';
import { clockTime, sinceBeginning } from '../model/times.ts';
import type { State } from '../state.ts';
import { isLast } from '../stream.ts';
import { avatar } from './avatar.ts';

/** The lines that are to be seen: all, or those that the reader looks for. */
function linesIn({ transcript, people, search }: State): readonly LiveLine[] {
  if (!search?.onlyFound || search.query.trim() === '') return transcript.lines;
  return linesWith(search.query, transcript.lines, (line) => people.lookOf(line).name);
}

/** What has been said, and who is speaking at this moment. Parts that have not changed are not drawn again. */
export function linesView(state: State): TemplateResult {
  const { search, languages, preferences } = state;
  const lines = linesIn(state);
  const seen = [search?.query, search?.now, languages.shown, preferences.showsOriginal];
  const chunks = chunksOf(groupsOf(lines));
  const isBeside = preferences.showsOriginal && languages.shown !== undefined;
  return html`
    ${lines.length === 0 && state.isComplete ? html`<p class="empty">${emptyIn(state)}</p>` : nothing}
    <ol class=${classMap({ lines: true, beside: isBeside })}>
      ${repeat(
        chunks,
        (chunk) => chunk[0]?.key,
        (chunk) => {
          const parts = chunk.flatMap(({ lines }) => [...lines, lines[0] && state.people.lookOf(lines[0])]);
          return guard([...parts, ...seen], () =>
            repeat(
              chunk,
              ({ key }) => key,
              (group) => groupView(group, state),
            ),
          );
        },
      )}
    </ol>
    ${speakingView(state)}
  `;
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
  return html`<li class="group voice-${look.colour}">
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
  </li>`;
}

function lineView(line: LiveLine, { languages, preferences, search }: State): TemplateResult {
  const isBeside = preferences.showsOriginal;
  const { read, spoken } = columnsOf(line, languages.shown, isBeside);
  const classes = { line: true, growing: line.state === 'growing', now: search?.now === line.id };
  return html`<div class=${classMap(classes)} data-line=${line.id}>
    ${read ? textView(read, 'read', search?.query) : nothing}
    ${spoken ? textView(spoken, 'spoken', search?.query) : nothing}
  </div>`;
}

/** What people say is only ever inserted as text, never as HTML. */
function textView({ text, language }: Text, column: 'read' | 'spoken', query: string | undefined): TemplateResult {
  return html`<p class=${column} dir="auto" lang=${language}>${marked(text, query)}</p>`;
}

function marked(text: string, query: string | undefined) {
  if (query === undefined || query === '') return text;
  return partsOf(text, query).map(({ text, isFound }) => (isFound ? html`<mark>${text}</mark>` : text));
}

/** Those who speak and whose words have not come yet. The row keeps its height, so that nothing jumps. */
function speakingView({ data, people, transcript, connection }: State): TemplateResult {
  const growing = new Set(transcript.lines.flatMap(({ state, person }) => (state === 'growing' ? person : [])));
  const speaking = people.there.filter(({ isSpeaking, key }) => isSpeaking && !growing.has(key));
  if (isLast(connection)) return html``;
  const names = new Intl.ListFormat(data.locale).format(speaking.map(({ name }) => `\u2068${name}\u2069`));
  const sentence = counted(data.counts.nowSpeaking, speaking.length, data.locale).replace('{names}', names);
  return html`<p class="soon">${speaking.length > 0 ? html`<span class="dots" aria-hidden="true"></span>${sentence}` : nothing}</p>`;
}
