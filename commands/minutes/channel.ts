import type { Ask } from '../../src/discord/command.ts';
import { mayManage } from '../../src/discord/permissions/who-may.ts';
import { textProblem } from '../../src/discord/preflight.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../context.ts';

/** `/minutes channel`: where they are posted. */
export async function channel(ask: Ask, context: CommandContext, words: Words): Promise<string> {
  const { settings } = context;
  const to = ask.options.getChannel('channel');
  const isOff = ask.options.getBoolean('off') === true;
  if (!to && !isOff) {
    const { minutesChannelId } = await settings.guild(ask.guildId);
    return minutesChannelId === undefined
      ? words.t('minutes.channelDefault')
      : words.t('minutes.channelIs', { channel: `<#${minutesChannelId}>` });
  }
  if (!(await mayManage(ask.member, context.settings))) return words.t('access.notManager');
  if (isOff || !to) {
    await settings.changeGuild(ask.guildId, { minutesChannelId: undefined });
    return words.t('minutes.channelOff');
  }
  const known = ask.guild.channels.cache.get(to.id);
  if (!known) return words.t('access.unseen', { channel: `<#${to.id}>` });
  const problem = textProblem(known, await ask.guild.members.fetchMe(), words);
  if (problem !== undefined) return problem;
  await settings.changeGuild(ask.guildId, { minutesChannelId: to.id });
  return words.t('minutes.channelSet', { channel: `<#${to.id}>` });
}
