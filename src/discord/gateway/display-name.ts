import type { GuildMember } from 'discord.js';
import type { Person } from '../../core/ports/people.ts';

const AVATAR_PX = 128;

/** A member with the name and picture that the server shows: those of the server first, then the global ones. */
export function personOf(member: GuildMember): Person {
  const avatarUrl = member.displayAvatarURL({ extension: 'png', size: AVATAR_PX });
  const hasOwnAvatar = member.avatar !== null || member.user.avatar !== null;
  return {
    ...{ id: member.id, displayName: member.displayName, avatarUrl, isBot: member.user.bot },
    ...(hasOwnAvatar && { hasOwnAvatar }),
  };
}
