import { oneLine } from '../../core/text/plain-text.ts';
import type { MinutesModel } from '../model/minutes-model.ts';
import { asTimestamp } from '../model/times.ts';
import { type Cue, cuesOf } from './cues.ts';

/** The transcript as WebVTT captions. The `<v>` tag tells players who speaks. */
export function renderWebVtt(model: MinutesModel): string {
  const note = `NOTE\n${escapeText(oneLine(model.title))}`;
  return `${['WEBVTT', note, ...cuesOf(model, () => '').map(cue)].join('\n\n')}\n`;
}

function cue({ name, startMs, endMs, lines }: Cue): string {
  const text = lines.map(escapeText).join('\n');
  return `${asTimestamp(startMs, '.')} --> ${asTimestamp(endMs, '.')}\n<v ${voice(name)}>${text}</v>`;
}

/**
 * A name for the `<v>` tag. If it ends in dashes, a space keeps them from forming an arrow with the `>` of the tag;
 * players ignore it.
 */
function voice(name: string): string {
  return name.endsWith('--') ? `${escapeText(name)} ` : escapeText(name);
}

/** Escapes a text so that it contains no tag, no entity and no `-->`. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
