import {
  type AnyThreadChannel,
  ChannelType,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
} from 'discord.js';
import { couldRead, seesAllThreads } from './channel-access.ts';

/**
 * Whether somebody can read the history of a channel, as far as the bot knows without asking Discord.
 *
 * @returns 'ask' for a private thread: only Discord knows whether they are in it
 */
export function canReadAtOnce(channel: GuildBasedChannel | undefined, member: GuildMember): boolean | 'ask' {
  const holder = channel?.isThread() ? channel.parent : channel;
  if (!channel?.isTextBased() || !holder || !couldRead(member, holder)) return false;
  return channel.type !== ChannelType.PrivateThread || seesAllThreads(member, holder) || 'ask';
}

/** Whether somebody can read the history of a channel. Asks Discord where it has to; no answer means no. */
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

/** Whether the bot can change the status of a voice channel: who does not sit in it has to manage channels. */
export function mayWriteStatus(voice: GuildBasedChannel, me: GuildMember): boolean {
  const { ViewChannel, Connect, SetVoiceChannelStatus, ManageChannels } = PermissionFlagsBits;
  const sitsThere = me.voice.channelId === voice.id;
  const needed = [ViewChannel, Connect, SetVoiceChannelStatus, ...(sitsThere ? [] : [ManageChannels])];
  return voice.permissionsFor(me).has(needed);
}

/** Whether the bot can write in the chat of a voice channel. */
export function mayWriteBeside(voice: GuildBasedChannel, me: GuildMember): boolean {
  return voice
    .permissionsFor(me)
    .has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect, PermissionFlagsBits.SendMessages]);
}
