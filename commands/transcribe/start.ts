import {
  ChannelType,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
  type VoiceBasedChannel,
} from 'discord.js';
import type { MeetingHead } from '../../src/core/record.ts';
import { occasionNow } from '../../src/discord/events/occasion-now.ts';
import { AUTO, readLanguage } from '../../src/discord/formatting/languages.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import { allowanceProblem } from '../../src/discord/permissions/allowed-channels.ts';
import { isInStageAudience } from '../../src/discord/permissions/on-stage.ts';
import { textProblem, voiceProblem } from '../../src/discord/permissions/preflight.ts';
import { mayManage } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext } from '../shared/context.ts';
import { visibleTo } from '../shared/visible-channels.ts';
import { doubtAbout, sentences, tooSoon, unreadableLanguage } from '../shared/wording.ts';

/** Joins the voice channel and starts the meeting, whose panel informs everybody. */
export async function start(ask: Ask, context: CommandContext, words: Words): Promise<string> {
  const { meetings, settings, signal } = context;
  const running = meetings.meetingOf(ask.guildId);
  if (running) return await alreadyRunning(ask, running.head, context, words);
  if ((await context.budget.standing(ask.guildId)) === 'used up') return words.t('usage.usedUp');
  const voice = voiceChannelFor(ask);
  if (!voice) return words.t('transcribe.joinFirst');
  const guild = await settings.guild(ask.guildId);
  const { transcriptChannelId } = guild;
  const text = textChannelFor(ask, transcriptChannelId);
  if (!text) return words.t('transcribe.noText');
  const me = await ask.guild.members.fetchMe();
  const problem =
    askerProblem(ask.member, voice, text.id === transcriptChannelId ? undefined : text, words) ??
    allowanceProblem(voice.id, guild, words) ??
    voiceProblem(voice, me, words) ??
    textProblem(text, me, words) ??
    (await outsiderProblem(ask, voice, context, words));
  if (problem !== undefined) return visibleTo(ask.member, problem, words);
  const typed = ask.options.getString('language');
  const spoken = typed === null ? undefined : readSpoken(typed);
  if (typed !== null && spoken === undefined) return unreadableLanguage(words, typed);

  const againMs = context.coolDowns.take('start', ask.guildId, ask.user.id);
  if (againMs !== undefined) return tooSoon(words, againMs);
  const occasion = await occasionNow(ask.guild, voice.id, new Date());
  const meeting = await meetings.startMeeting(
    {
      guildId: ask.guildId,
      voiceChannelId: voice.id,
      voiceChannelName: voice.name,
      ...(occasion && { occasion }),
      textChannelId: text.id,
      startedBy: ask.user.id,
      ...(spoken !== undefined && { spoken }),
    },
    signal,
  );
  if (meeting === 'already running') {
    const other = meetings.meetingOf(ask.guildId);
    return other ? await alreadyRunning(ask, other.head, context, words) : words.t('transcribe.justStarted');
  }
  return sentences(
    words.t('transcribe.started', { voice: `<#${voice.id}>`, text: `<#${meeting.head.textChannelId}>` }),
    spoken === undefined ? '' : doubtAbout([spoken], words),
  );
}

function readSpoken(typed: string): string | undefined {
  return typed.trim().toLowerCase() === AUTO ? AUTO : readLanguage(typed);
}

function voiceChannelFor(ask: Ask): VoiceBasedChannel | undefined {
  const named = ask.options.getChannel('voice-channel');
  const id = named?.id ?? ask.guild.voiceStates.cache.get(ask.user.id)?.channelId;
  const channel = id ? ask.guild.channels.cache.get(id) : undefined;
  return channel?.isVoiceBased() ? channel : undefined;
}

/** Finds the text channel. A transcript channel that was deleted since it was chosen counts as not chosen. */
function textChannelFor(ask: Ask, transcriptChannelId: string | undefined): GuildBasedChannel | undefined {
  const named = ask.options.getChannel('text-channel');
  const ids = named ? [named.id] : [transcriptChannelId, ask.channelId];
  return ids.map((id) => (id ? ask.guild.channels.cache.get(id) : undefined)).find((channel) => channel !== undefined);
}

/** Nobody may use the bot to hear what they may not hear, or to write where they may not write. */
function askerProblem(
  asker: GuildMember,
  voice: VoiceBasedChannel,
  text: GuildBasedChannel | undefined,
  words: Words,
): string | undefined {
  const mayHear = voice.permissionsFor(asker).has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect]);
  if (!mayHear) return words.t('access.mayNotHear', { channel: `<#${voice.id}>` });
  const mayWrite =
    !text ||
    text
      .permissionsFor(asker)
      .has([
        PermissionFlagsBits.ViewChannel,
        text.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages,
      ]);
  return mayWrite ? undefined : words.t('access.mayNotWrite');
}

/**
 * People in the channel see who starts a meeting among them. From outside, and from the audience of a stage, only managers may
 * start one.
 */
async function outsiderProblem(
  { guild, member }: Ask,
  voice: VoiceBasedChannel,
  { settings }: CommandContext,
  words: Words,
): Promise<string | undefined> {
  const seat = guild.voiceStates.cache.get(member.id);
  const isInside = seat?.channelId === voice.id && !isInStageAudience(seat);
  if (isInside || (await mayManage(member, settings))) return undefined;
  const isStage = voice.type === ChannelType.GuildStageVoice;
  return words.t(isStage ? 'access.goUpToStart' : 'access.joinToStart', { channel: `<#${voice.id}>` });
}

async function alreadyRunning(ask: Ask, head: MeetingHead, { readers }: CommandContext, words: Words): Promise<string> {
  if (!(await readers.mayKnow(ask.member, head))) return words.t('access.hiddenMeeting');
  return words.t('transcribe.alreadyRunning', {
    voice: `<#${head.voiceChannelId}>`,
    since: `<t:${Math.floor(head.beganAt.getTime() / 1_000)}:R>`,
    starter: `<@${head.startedBy}>`,
    text: `<#${head.textChannelId}>`,
  });
}
