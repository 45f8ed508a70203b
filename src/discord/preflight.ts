import {
  ChannelType,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
  PermissionsBitField,
  type VoiceBasedChannel,
} from 'discord.js';

/** What the bot is invited with. */
const INVITE_PERMISSIONS = new PermissionsBitField([
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.SendMessagesInThreads,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.AttachFiles,
  PermissionFlagsBits.ReadMessageHistory,
  PermissionFlagsBits.PinMessages,
  PermissionFlagsBits.Connect,
]);

/** Where somebody who may manage a server adds the bot to it. */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: INVITE_PERMISSIONS.bitfield.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** In Discord's own words, as people see them in a channel's settings. */
const WORDS = {
  ViewChannel: 'View Channel',
  Connect: 'Connect',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  EmbedLinks: 'Embed Links',
  AttachFiles: 'Attach Files',
} as const;
type Needed = keyof typeof WORDS;

/** Why this voice channel cannot be joined, as a sentence; `undefined` when it can. */
export function voiceProblem(channel: VoiceBasedChannel, me: GuildMember): string | undefined {
  const permissions = channel.permissionsFor(me);
  const missing = missingOf(permissions, ['ViewChannel', 'Connect']);
  if (missing.length > 0) return missingSentence(channel.id, missing);
  if (channel.type === ChannelType.GuildStageVoice) {
    return `<#${channel.id}> is a stage. I can only listen in ordinary voice channels: meet in one of those.`;
  }
  const others = channel.guild.voiceStates.cache.filter(
    ({ channelId, id }) => channelId === channel.id && id !== me.id,
  );
  const isFull = channel.userLimit > 0 && others.size >= channel.userLimit;
  if (isFull && !permissions.has(PermissionFlagsBits.MoveMembers)) {
    return `<#${channel.id}> is full (${channel.userLimit} people). Raise its user limit by one, or give me Move Members.`;
  }
  return undefined;
}

/** Why this channel cannot take a transcript, as a sentence; `undefined` when it can. */
export function textProblem(channel: GuildBasedChannel, me: GuildMember): string | undefined {
  if (!channel.isTextBased()) return `<#${channel.id}> takes no messages: choose a text channel.`;
  const send = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  const missing = missingOf(channel.permissionsFor(me), ['ViewChannel', send, 'EmbedLinks', 'AttachFiles']);
  if (missing.length > 0) return missingSentence(channel.id, missing);
  if (channel.isThread() && channel.locked) return `<#${channel.id}> is locked: choose another channel.`;
  return undefined;
}

function missingOf(permissions: Readonly<PermissionsBitField>, needed: readonly Needed[]): Needed[] {
  return needed.filter((name) => !permissions.has(PermissionFlagsBits[name]));
}

function missingSentence(channelId: string, missing: readonly Needed[]): string {
  const names = missing.map((name) => `**${WORDS[name]}**`).join(', ');
  const what = missing.length === 1 ? 'the permission' : 'the permissions';
  return `In <#${channelId}> I lack ${what} ${names}. Give it to my role in that channel's settings, then try again.`;
}
