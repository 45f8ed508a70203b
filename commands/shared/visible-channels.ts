import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { Words } from '../../src/i18n/words.ts';

/** An answer that names no channel which its reader does not see: what a server chose may point at hidden ones. */
export function visibleTo(member: GuildMember, answer: string, words: Words): string {
  return answer.replaceAll(/<#(\d+)>/g, (mention, id: string) => {
    const channel = member.guild.channels.cache.get(id);
    const isSeen = !channel || channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
    return isSeen ? mention : words.t('settings.hiddenChannel');
  });
}
