import { type APISelectMenuOption, ComponentType } from 'discord.js';
import type { PauseLength } from '../../src/core/settings.ts';
import { customId } from '../../src/discord/interactions/control.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { ParleyControl } from '../shared/context.ts';
import { PAUSES, pauseLabel } from '../shared/pauses.ts';

const AS_SERVER = 'as-server';

/** Sets how long the member is silent before a sentence of theirs is over. */
export const myPauseMenu: ParleyControl = {
  kind: 'menu',
  id: 'p1:pausing',
  answers: 'in place',
  async run(picked, _me, { settings }, words) {
    const pause = PAUSES.find((length) => length === picked.values[0]);
    await settings.changeMember(picked.guildId, picked.user.id, { pause });
    const { pause: server = 'normal' } = await settings.guild(picked.guildId);
    return words.t('panel.pauseNow', { choice: pauseLabel(pause ?? server, words) });
  },
};

/** The row that asks for it. */
export function pauseRow(mine: PauseLength | undefined, server: PauseLength = 'normal', words: Words) {
  const options: APISelectMenuOption[] = [
    {
      label: words.t('panel.pauseAsServer', { choice: pauseLabel(server, words) }),
      value: AS_SERVER,
      default: mine === undefined,
    },
    ...PAUSES.map((value) => ({ label: pauseLabel(value, words), value, default: value === mine })),
  ];
  const menu = { type: ComponentType.StringSelect as const, custom_id: customId(myPauseMenu, 'me'), options };
  return { type: ComponentType.ActionRow as const, components: [menu] };
}
