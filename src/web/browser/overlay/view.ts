import { html, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { People } from '../feed/people.ts';
import type { LiveLine } from '../wire.ts';

/** Lines on their plates. What people say is only ever inserted as text, never as HTML. */
export function linesView(lines: readonly LiveLine[], people: People): TemplateResult {
  return html`${repeat(
    lines,
    ({ id }) => id,
    (line) => plateOf(line, people),
  )}`;
}

/** The text is in no `bdi`, as its language says in which direction the row runs. */
function plateOf(line: LiveLine, people: People): TemplateResult {
  const { name, colour } = people.lookOf(line);
  return html`<p><span dir="auto"><bdi class="name voice-${colour}">${name}</bdi> <span lang=${line.language}>${line.text}</span></span></p>`;
}
