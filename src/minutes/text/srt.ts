import { clipColumns } from '../../core/text/columns.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { asTimestamp } from '../model/times.ts';
import { type Cue, cuesOf } from './cues.ts';
import { INVISIBLE } from './escape.ts';

const MAX_NAME_COLUMNS = 24; // leaves room for words after the name

/** The transcript as SubRip subtitles. Each begins with the speaker's name. */
export function renderSrt(model: MinutesModel): string {
  return cuesOf(model, labelOf)
    .map((cue, index) => `${index + 1}\n${timesOf(cue)}\n${textOf(cue)}\n`)
    .join('\n');
}

function timesOf({ startMs, endMs }: Cue): string {
  return `${asTimestamp(startMs, ',')} --> ${asTimestamp(endMs, ',')}`;
}

function labelOf(name: string): string {
  return `${clipColumns(name, MAX_NAME_COLUMNS)}: `;
}

function textOf({ name, lines }: Cue): string {
  const [first = '', ...others] = lines;
  return [`${labelOf(name)}${first}`.trimEnd(), ...others].map(escapeText).join('\n');
}

/**
 * Breaks tags, entities and commands such as `{\an8}` with invisible spaces, because SubRip has no way to escape them.
 */
function escapeText(text: string): string {
  return text
    .replaceAll('-->', `--${INVISIBLE}>`)
    .replaceAll(/<(?=\S)/g, `<${INVISIBLE}`)
    .replaceAll(/&(?=#?\w+;)/g, `&${INVISIBLE}`)
    .replaceAll(/\{(?=\\)/g, `{${INVISIBLE}`);
}
