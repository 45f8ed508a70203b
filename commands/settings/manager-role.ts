import { mayChooseManagers } from '../../src/discord/permissions/steering.ts';
import type { Setting } from './setting.ts';

const NAME = 'manager-role';

/** The role whose members may do everything that managers may. */
export const managerRole: Setting = {
  name: NAME,
  addTo(set) {
    set.addRoleOption((role) => role.setName(NAME).setDescription('Members with this role can do what managers can'));
  },
  mayBeChangedBy: mayChooseManagers,
  read(ask) {
    const role = ask.options.getRole(NAME);
    return role ? { change: { managerRoleId: role.id } } : undefined;
  },
  reset: { managerRoleId: undefined },
  show({ managerRoleId }, words) {
    const byPermission = words.t('settings.byPermission');
    const byRole = managerRoleId === undefined ? [] : [words.t('settings.byRole', { role: `<@&${managerRoleId}>` })];
    return words.t('settings.managerRole', { who: [byPermission, ...byRole].join('; ') });
  },
};
