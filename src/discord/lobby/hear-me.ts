import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Words } from '../../i18n/words.ts';
import { customId } from '../interactions/control.ts';

/** The beginning of the custom id of the button that says yes. It is about whoever presses it, in that server. */
export const HEAR_ME = { id: 'c1:hear-me' };

/** The beginning of the custom id of the button that says no. */
export const DO_NOT_HEAR_ME = { id: 'c1:do-not-hear-me' };

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** The button by which people say that they may be heard. */
export function hearMeRow(words: Words): Row {
  return rowOf(HEAR_ME, words.t('consent.hearMe'), ButtonStyle.Success);
}

/** The button by which people say that they may not be heard. */
export function doNotHearMeRow(words: Words): Row {
  return rowOf(DO_NOT_HEAR_ME, words.t('consent.doNotHearMe'), ButtonStyle.Secondary);
}

function rowOf(
  control: { readonly id: string },
  label: string,
  style: ButtonStyle.Success | ButtonStyle.Secondary,
): Row {
  return {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.Button, style, label, custom_id: customId(control, '') }],
  };
}
