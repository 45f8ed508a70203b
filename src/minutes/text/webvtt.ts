import { oneLine } from '../../core/text/plain-text.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { asTimestamp } from '../model/times.ts';
import { type Cue, cuesOf } from './cues.ts';

/** The transcript as WebVTT captions; players show who speaks by the `<v>` tag. */
export function renderWebVtt(model: MinutesModel): string {
  const note = `NOTE\n${escapeText(oneLine(model.title))}`;
  return `${['WEBVTT', note, ...cuesOf(model, () => '').map(cue)].join('\n\n')}\n`;
}

function cue({ name, startMs, endMs, lines }: Cue): string {
  const text = lines.map(escapeText).join('\n');
  return `${asTimestamp(startMs, '.')} --> ${asTimestamp(endMs, '.')}\n<v ${voice(name)}>${text}</v>`;
}

/** A name that ends in dashes must not make an arrow with the end of the tag; blanks there count for nothing. */
function voice(name: string): string {
  return name.endsWith('--') ? `${escapeText(name)} ` : escapeText(name);
}

/** No tag, no entity and no `-->` that people made. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
