import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Words } from '../i18n/words.ts';
import { customId } from './control.ts';

/** What the button's custom id begins with. It concerns whoever presses it, in the server where it stands. */
export const HEAR_ME = { id: 'c1:hear-me' };

/** The button by which people say that they may be heard. */
export function hearMeRow(words: Words): APIActionRowComponent<APIComponentInMessageActionRow> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Success,
        label: words.t('consent.hearMe'),
        custom_id: customId(HEAR_ME, ''),
      },
    ],
  };
}
