import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Words } from '../../src/i18n/words.ts';

/** The answer without the names of channels that its reader does not see: settings may point at hidden channels. */
export function visibleTo(member: GuildMember, answer: string, words: Words): string {
  return answer.replaceAll(/<#(\d+)>/g, (mention, id: string) => {
    const channel = member.guild.channels.cache.get(id);
    const isSeen = !channel || channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
    return isSeen ? mention : words.t('settings.hiddenChannel');
  });
}
