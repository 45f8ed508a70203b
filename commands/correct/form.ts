import {
  type APIModalInteractionResponseCallbackData,
  LabelBuilder,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { printOf } from '../../src/core/correcting/correction.ts';
import type { FinalSegment } from '../../src/core/segment.ts';
import type { Glossary } from '../../src/core/settings.ts';
import { segmentInOwnWords } from '../../src/core/text/glossary.ts';
import { oneLine } from '../../src/core/text/plain-text.ts';
import { MAX_INPUT } from '../../src/discord/formatting/limits.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import type { Words } from '../../src/i18n/words.ts';

/** The form's only field. */
export const TEXT = 'text';
/** The form's id, followed by the meeting, the utterance and the print of the text that is corrected. */
export const FORM = { id: 'k1:text' };

/** A form with the line as people see it; a sentence when no form holds it. */
export function formFor(
  meetingId: string,
  final: FinalSegment,
  glossary: Glossary,
  words: Words,
): APIModalInteractionResponseCallbackData | string {
  const text = shownTextOf(final, glossary);
  if (text.length > MAX_INPUT) return words.t('correct.tooLong', { most: MAX_INPUT });
  const input = new TextInputBuilder()
    .setCustomId(TEXT)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(MAX_INPUT)
    .setValue(text);
  const label = new LabelBuilder()
    .setLabel(words.t('correct.label'))
    .setDescription(words.t('correct.hint'))
    .setTextInputComponent(input);
  return new ModalBuilder()
    .setCustomId(customId(FORM, `${meetingId}:${final.utteranceId}:${printOf(final.text)}`))
    .setTitle(words.t('correct.title'))
    .addLabelComponents(label)
    .toJSON();
}

/** A line as its message shows it. */
export function shownTextOf(final: FinalSegment, glossary: Glossary): string {
  return oneLine(segmentInOwnWords(final, glossary).text);
}
