import { noteAccess } from '../../src/core/access-log.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import { textProblem } from '../../src/discord/permissions/preflight.ts';
import { mayPlaceWords } from '../../src/discord/permissions/where-words-go.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';
import { visibleTo } from '../shared/visible-channels.ts';

/** `/minutes channel`: shows or sets where minutes are posted. */
export async function channel(ask: Ask, context: CommandContext, words: Words): Promise<string> {
  const { settings } = context;
  const to = ask.options.getChannel('channel');
  const isOff = ask.options.getBoolean('off') === true;
  if (!to && !isOff) {
    const { minutesChannelId } = await settings.guild(ask.guildId);
    return minutesChannelId === undefined
      ? words.t('minutes.channelDefault')
      : visibleTo(ask.member, words.t('minutes.channelIs', { channel: `<#${minutesChannelId}>` }), words);
  }
  if (!mayPlaceWords(ask.member, await settings.guild(ask.guildId))) return words.t('minutes.serverManagers');
  const change = async (minutesChannelId: string | undefined) => {
    await settings.changeGuild(ask.guildId, { minutesChannelId });
    noteAccess(context.log, { what: 'settings', outcome: 'changed', guildId: ask.guildId, userId: ask.user.id });
  };
  if (isOff || !to) {
    await change(undefined);
    return words.t('minutes.channelOff');
  }
  const known = ask.guild.channels.cache.get(to.id);
  if (!known) return words.t('access.unseen', { channel: `<#${to.id}>` });
  const problem = textProblem(known, await ask.guild.members.fetchMe(), words);
  if (problem !== undefined) return problem;
  await change(to.id);
  return words.t('minutes.channelSet', { channel: `<#${to.id}>` });
}
