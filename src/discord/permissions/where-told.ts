import {
  type AnyThreadChannel,
  ChannelType,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
} from 'discord.js';
import { couldRead, seesAllThreads } from './channel-access.ts';

/**
 * Whether somebody can read what was written in a channel before they looked.
 *
 * @returns 'ask' for a private thread: only Discord knows whether they are in it
 */
export function canReadAtOnce(channel: GuildBasedChannel | undefined, member: GuildMember): boolean | 'ask' {
  const holder = channel?.isThread() ? channel.parent : channel;
  if (!channel?.isTextBased() || !holder || !couldRead(member, holder)) return false;
  return channel.type !== ChannelType.PrivateThread || seesAllThreads(member, holder) || 'ask';
}

/** The same, after asking. Closed where Discord gives no answer. */
export async function canRead(channel: GuildBasedChannel | undefined, member: GuildMember): Promise<boolean> {
  const answer = canReadAtOnce(channel, member);
  if (answer !== 'ask') return answer;
  return channel?.isThread() === true && (await isInThread(channel, member.id));
}

async function isInThread(thread: AnyThreadChannel, userId: string): Promise<boolean> {
  return await thread.members.fetch({ member: userId, force: true, cache: false }).then(
    () => true,
    () => false,
  );
}

/** Whether we can write in a channel that has a voice, beside it. */
export function mayWriteBeside(voice: GuildBasedChannel, me: GuildMember): boolean {
  return voice
    .permissionsFor(me)
    .has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect, PermissionFlagsBits.SendMessages]);
}
