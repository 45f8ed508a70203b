import { PermissionFlagsBits } from 'discord.js';
import type { Setting } from './setting.ts';

const NAME = 'manager-role';

/** Whose members may do what managers may. */
export const managerRole: Setting = {
  name: NAME,
  addTo(set) {
    set.addRoleOption((role) => role.setName(NAME).setDescription('Who has this role may do what managers may'));
  },
  read(ask, words) {
    const role = ask.options.getRole(NAME);
    if (!role) return undefined;
    // Who has their rights by the role should not be able to give them away.
    const isTheirs = ask.member.permissions.has(PermissionFlagsBits.ManageGuild);
    return isTheirs ? { change: { managerRoleId: role.id } } : { problem: words.t('settings.managerRoleFor') };
  },
  reset: { managerRoleId: undefined },
  show({ managerRoleId }, words) {
    const byPermission = words.t('settings.byPermission');
    const byRole = managerRoleId === undefined ? [] : [words.t('settings.byRole', { role: `<@&${managerRoleId}>` })];
    return words.t('settings.managerRole', { who: [byPermission, ...byRole].join('; ') });
  },
};
