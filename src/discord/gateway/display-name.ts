import type { GuildMember, VoiceState } from 'discord.js';
import type { Person } from '../../core/ports/people.ts';

const AVATAR_PX = 128;

/** As the server shows them: its own profile's name and picture first, then the global one, then the user name. */
export function personOf(member: GuildMember): Person {
  const avatarUrl = member.displayAvatarURL({ extension: 'png', size: AVATAR_PX });
  return { id: member.id, displayName: member.displayName, avatarUrl, isBot: member.user.bot };
}

/** Who a voice state belongs to; `undefined` while the gateway has not told their name. */
export function personIn(state: VoiceState): Person | undefined {
  return state.member ? personOf(state.member) : undefined;
}
