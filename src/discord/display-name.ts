import type { GuildMember, VoiceState } from 'discord.js';
import type { Person } from '../core/ports.ts';

/** As the server shows them: its own profile's name first, then the global one, then the user name. */
export function personOf(member: GuildMember): Person {
  return { id: member.id, displayName: member.displayName, isBot: member.user.bot };
}

/** Who a voice state belongs to; `undefined` while the gateway has not told their name. */
export function personIn(state: VoiceState): Person | undefined {
  return state.member ? personOf(state.member) : undefined;
}
