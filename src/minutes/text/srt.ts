import { clipColumns } from '../../core/text/columns.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { asTimestamp } from '../model/times.ts';
import { type Cue, cuesOf } from './cues.ts';
import { INVISIBLE } from './escape.ts';

const MAX_NAME_COLUMNS = 24; // leaves room for words behind it

/** The transcript as SubRip subtitles, each beginning with who speaks. */
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

/** SubRip has no escapes, but players take tags, entities and `{\an8}` for commands: these are broken without a trace. */
function escapeText(text: string): string {
  return text
    .replaceAll('-->', `--${INVISIBLE}>`)
    .replaceAll(/<(?=\S)/g, `<${INVISIBLE}`)
    .replaceAll(/&(?=#?\w+;)/g, `&${INVISIBLE}`)
    .replaceAll(/\{(?=\\)/g, `{${INVISIBLE}`);
}
