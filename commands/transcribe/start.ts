import { type GuildBasedChannel, type GuildMember, PermissionFlagsBits, type VoiceBasedChannel } from 'discord.js';
import type { MeetingHead } from '../../src/core/record.ts';
import type { Ask } from '../../src/discord/command.ts';
import { AUTO, isKnown, nameOf, readLanguage } from '../../src/discord/languages.ts';
import { textProblem, voiceProblem } from '../../src/discord/preflight.ts';
import type { CommandContext } from '../context.ts';
import { unreadableLanguage } from '../wording.ts';

/** Joins, and lets the meeting run: its panel tells everybody. */
export async function start(ask: Ask, context: CommandContext): Promise<string> {
  const { meetings, settings, signal } = context;
  const running = meetings.of(ask.guildId);
  if (running) return alreadyRunning(running.head);
  const voice = voiceChannelFor(ask);
  if (!voice) return 'Join a voice channel first, or name one: `/transcribe start voice-channel:…`';
  const { transcriptChannelId } = await settings.guild(ask.guildId);
  const text = textChannelFor(ask, transcriptChannelId);
  if (!text) return 'I cannot see a channel to write in: name one with `text-channel`.';
  const me = await ask.guild.members.fetchMe();
  const problem =
    voiceProblem(voice, me) ??
    textProblem(text, me) ??
    askerProblem(ask.member, voice, text.id === transcriptChannelId ? undefined : text);
  if (problem !== undefined) return problem;
  const typed = ask.options.getString('language');
  const spoken = typed === null ? undefined : readSpoken(typed);
  if (typed !== null && spoken === undefined) return unreadableLanguage(typed);

  const meeting = await meetings.start(
    {
      guildId: ask.guildId,
      voiceChannelId: voice.id,
      voiceChannelName: voice.name,
      textChannelId: text.id,
      startedBy: ask.user.id,
      ...(spoken !== undefined && { spoken }),
    },
    signal,
  );
  if (meeting === 'already running') {
    const other = meetings.of(ask.guildId);
    return other ? alreadyRunning(other.head) : 'Somebody else has just started a meeting here.';
  }
  const doubt =
    spoken === undefined || spoken === AUTO || isKnown(spoken)
      ? ''
      : `\n${nameOf(spoken)} is not known to be supported: if it is refused, I say so in <#${text.id}>.`;
  return `I am listening in <#${voice.id}>. What is said appears in <#${text.id}>.${doubt}`;
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

/** A transcript channel that was deleted since it was chosen counts as not chosen. */
function textChannelFor(ask: Ask, transcriptChannelId: string | undefined): GuildBasedChannel | undefined {
  const named = ask.options.getChannel('text-channel');
  const ids = named ? [named.id] : [transcriptChannelId, ask.channelId];
  return ids.map((id) => (id ? ask.guild.channels.cache.get(id) : undefined)).find((channel) => channel !== undefined);
}

/** Nobody gets to hear through the bot what they may not hear, or to write where they may not write. */
function askerProblem(
  asker: GuildMember,
  voice: VoiceBasedChannel,
  text: GuildBasedChannel | undefined,
): string | undefined {
  const mayHear = voice.permissionsFor(asker).has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect]);
  if (!mayHear) return `You may not join <#${voice.id}> yourself, so I do not listen there for you.`;
  const mayWrite =
    !text ||
    text
      .permissionsFor(asker)
      .has([
        PermissionFlagsBits.ViewChannel,
        text.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages,
      ]);
  return mayWrite ? undefined : 'You may not write in that text channel yourself, so I do not write there for you.';
}

function alreadyRunning(head: MeetingHead): string {
  const since = `<t:${Math.floor(head.beganAt.getTime() / 1_000)}:R>`;
  return `I am already transcribing <#${head.voiceChannelId}> in this server (started ${since} by <@${head.startedBy}>, written in <#${head.textChannelId}>). I can be in one voice channel of a server: \`/transcribe stop\` ends that meeting.`;
}
