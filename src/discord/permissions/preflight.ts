import {
  ChannelType,
  type ForumChannel,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
  PermissionsBitField,
  type VoiceBasedChannel,
} from 'discord.js';
import type { Words } from '../../i18n/words.ts';

/** The permissions that the invitation asks for. */
const INVITE_PERMISSIONS = new PermissionsBitField([
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.SendMessagesInThreads,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.AttachFiles,
  PermissionFlagsBits.ReadMessageHistory,
  PermissionFlagsBits.PinMessages,
  PermissionFlagsBits.ManageWebhooks, // to write under the speakers' names
  PermissionFlagsBits.CreatePublicThreads,
  PermissionFlagsBits.Connect,
  PermissionFlagsBits.SetVoiceChannelStatus, // for the notice on the voice channel
  PermissionFlagsBits.ChangeNickname, // for the mark that says who is being transcribed
]);

/** The address at which people who manage a server add the bot to it. */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: INVITE_PERMISSIONS.bitfield.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** Permissions whose phrases are Discord's own words, as people see them in a channel's settings. */
type Needed = 'ViewChannel' | 'Connect' | 'SendMessages' | 'SendMessagesInThreads' | 'EmbedLinks' | 'AttachFiles';

/** Says in a sentence why the bot cannot join this voice channel; `undefined` when it can. */
export function voiceProblem(channel: VoiceBasedChannel, me: GuildMember, words: Words): string | undefined {
  const permissions = channel.permissionsFor(me);
  const missing = missingOf(permissions, ['ViewChannel', 'Connect']);
  if (missing.length > 0) return missingSentence(channel.id, missing, words);
  const others = channel.guild.voiceStates.cache.filter(
    ({ channelId, id }) => channelId === channel.id && id !== me.id,
  );
  const isFull = channel.userLimit > 0 && others.size >= channel.userLimit;
  if (isFull && !permissions.has(PermissionFlagsBits.MoveMembers)) {
    return words.t('access.full', { channel: `<#${channel.id}>`, limit: channel.userLimit });
  }
  return undefined;
}

/** Says in a sentence why this channel cannot take a transcript; `undefined` when it can. */
export function textProblem(channel: GuildBasedChannel, me: GuildMember, words: Words): string | undefined {
  if (channel.type === ChannelType.GuildForum) return forumProblem(channel, me, words);
  if (!channel.isTextBased()) return words.t('access.noMessages', { channel: `<#${channel.id}>` });
  const send = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  const missing = missingOf(channel.permissionsFor(me), ['ViewChannel', send, 'EmbedLinks', 'AttachFiles']);
  if (missing.length > 0) return missingSentence(channel.id, missing, words);
  if (channel.isThread() && channel.locked) return words.t('access.locked', { channel: `<#${channel.id}>` });
  return undefined;
}

/** Why a meeting cannot become a post of this forum. */
function forumProblem(forum: ForumChannel, me: GuildMember, words: Words): string | undefined {
  const needed = ['ViewChannel', 'SendMessages', 'SendMessagesInThreads', 'EmbedLinks', 'AttachFiles'] as const;
  const missing = missingOf(forum.permissionsFor(me), needed);
  // In a forum Discord calls the permission by what it lets people do there.
  const named = missing.map((name) => (name === 'SendMessages' ? 'CreatePosts' : name));
  if (named.length > 0) return missingSentence(forum.id, named, words);
  const isTagless = forum.flags.has('RequireTag') && forum.availableTags.every(({ moderated }) => moderated);
  return isTagless ? words.t('access.noTag', { channel: `<#${forum.id}>` }) : undefined;
}

function missingOf(permissions: Readonly<PermissionsBitField>, needed: readonly Needed[]): Needed[] {
  return needed.filter((name) => !permissions.has(PermissionFlagsBits[name]));
}

function missingSentence(channelId: string, missing: readonly (Needed | 'CreatePosts')[], words: Words): string {
  const names = missing.map((name) => `**${words.t(`access.${name}`)}**`).join(', ');
  return words.t('access.missing', { channel: `<#${channelId}>`, count: missing.length, names });
}
