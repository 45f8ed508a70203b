import { noteAccess } from '../../src/core/access-log.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import { mayErase } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';

export const LONGEST_DAYS = 3_650;

/** `/minutes retention`: shows or sets how long meetings are kept. */
export async function retention(ask: Ask, { archive, settings, log }: CommandContext, words: Words): Promise<string> {
  const days = ask.options.getInteger('days');
  if (days === null) return `${described(await archive.keepDays(ask.guildId), words)} ${words.t('minutes.keepChange')}`;
  // This can erase what others rely on, so fewer people may change it than other settings.
  if (!mayErase(ask.member, await settings.guild(ask.guildId))) {
    return words.t('minutes.serverManagers');
  }
  await archive.setKeepDays(ask.guildId, days === 0 ? undefined : days);
  noteAccess(log, { what: 'settings', outcome: 'changed', guildId: ask.guildId, userId: ask.user.id });
  return days === 0
    ? `${words.t('minutes.nothingErased')} ${described(undefined, words)}`
    : `${described(days, words)} ${words.t('minutes.olderErased')}`;
}

function described(days: number | undefined, words: Words): string {
  return days === undefined ? words.t('minutes.keptForever') : words.t('minutes.keptFor', { days });
}
