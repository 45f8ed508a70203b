import { LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import { customId } from '../../src/discord/interactions/control.ts';
import { PANEL_IDS } from '../../src/discord/panel/ids.ts';
import { choosingProblem } from '../shared/choosing.ts';
import type { ParleyControl } from '../shared/context.ts';
import { changeTranslations } from '../translate.ts';

const LANGUAGES = 'languages';
const MAX_TYPED = 300;

/** Opens a form with the current languages, for members who may change them. */
export const translateButton: ParleyControl = {
  kind: 'opener',
  id: PANEL_IDS.translate,
  async open(pressed, meetingId, context, words) {
    const problem = await choosingProblem(pressed, context, words);
    if (problem !== undefined) return problem;
    const { translateTo } = await context.settings.guild(pressed.guildId);
    const input = new TextInputBuilder()
      .setCustomId(LANGUAGES)
      .setStyle(TextInputStyle.Short)
      .setMaxLength(MAX_TYPED)
      .setValue(translateTo.join(', ').slice(0, MAX_TYPED));
    const label = new LabelBuilder()
      .setLabel(words.t('panel.translateLabel'))
      .setDescription(words.t('panel.translateHint'))
      .setTextInputComponent(input);
    return new ModalBuilder()
      .setCustomId(customId(translateForm, meetingId))
      .setTitle(words.t('panel.translateTitle'))
      .addLabelComponents(label)
      .toJSON();
  },
};

/** Does the same as `/translate`, for members who may use it. */
export const translateForm: ParleyControl = {
  kind: 'form',
  id: 'p1:languages',
  answers: 'alone',
  async run(filledIn, _meetingId, context, words) {
    return await changeTranslations(filledIn, context, filledIn.fields.getTextInputValue(LANGUAGES).trim(), words);
  },
};
