import { ChannelType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { GuildSettings } from '../src/core/ports.ts';
import type { Ask } from '../src/discord/command.ts';
import { escapeNotice } from '../src/discord/escape.ts';
import { nameOf, namesList } from '../src/discord/languages.ts';
import { textProblem } from '../src/discord/preflight.ts';
import type { CommandContext, ParleyCommand } from './context.ts';
import { isManager, NOT_A_MANAGER } from './who-may.ts';

const TRANSCRIPT = 'transcript-channel';
const MINUTES = 'minutes-channel';
const WRITABLE = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.PublicThread] as const;

const definition = new SlashCommandBuilder()
  .setName('settings')
  .setDescription('What this server has chosen')
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((show) => show.setName('show').setDescription('Show everything that is set'))
  .addSubcommand((set) =>
    set
      .setName('set')
      .setDescription('Change settings of this server')
      .addChannelOption((channel) =>
        channel
          .setName(TRANSCRIPT)
          .setDescription('Where meetings are written unless told at their start')
          .addChannelTypes(...WRITABLE),
      )
      .addChannelOption((channel) =>
        channel
          .setName(MINUTES)
          .setDescription('Where minutes are posted')
          .addChannelTypes(...WRITABLE),
      )
      .addStringOption((reset) =>
        reset
          .setName('reset')
          .setDescription('Take a choice back')
          .addChoices({ name: TRANSCRIPT, value: TRANSCRIPT }, { name: MINUTES, value: MINUTES }),
      ),
  )
  .toJSON();

/** `/settings`: everything a server can choose that has no command of its own. */
export const settings: ParleyCommand = {
  definition,
  async run(ask, context) {
    if (ask.options.getSubcommand() === 'show') return summary(await context.settings.guild(ask.guildId));
    return await set(ask, context);
  },
};

async function set(ask: Ask, context: CommandContext): Promise<string> {
  if (!isManager(ask.member)) return NOT_A_MANAGER;
  const transcript = ask.options.getChannel(TRANSCRIPT);
  const minutes = ask.options.getChannel(MINUTES);
  const reset = ask.options.getString('reset');
  if (!transcript && !minutes && reset === null) return 'Choose at least one option of `/settings set`.';
  const me = await ask.guild.members.fetchMe();
  for (const chosen of [transcript, minutes]) {
    if (!chosen) continue;
    const channel = ask.guild.channels.cache.get(chosen.id);
    const problem = channel
      ? textProblem(channel, me)
      : `I cannot see <#${chosen.id}>: give my role **View Channel** there.`;
    if (problem !== undefined) return `${problem} Nothing was changed.`;
  }
  const changed = await context.settings.changeGuild(ask.guildId, {
    ...(reset === TRANSCRIPT && { transcriptChannelId: undefined }),
    ...(reset === MINUTES && { minutesChannelId: undefined }),
    ...(transcript && { transcriptChannelId: transcript.id }),
    ...(minutes && { minutesChannelId: minutes.id }),
  });
  await context.meetings.settingsChanged(ask.guildId);
  return `Changed. This server now has:\n${summary(changed)}`;
}

function summary({ spoken, translateTo, transcriptChannelId, minutesChannelId }: GuildSettings): string {
  const transcript =
    transcriptChannelId === undefined ? 'where `/transcribe start` is used' : `<#${transcriptChannelId}>`;
  const minutes = minutesChannelId === undefined ? 'where the transcript is' : `<#${minutesChannelId}>`;
  return [
    `• Transcripts: ${transcript} (\`/settings set\`)`,
    `• Minutes: ${minutes} (\`/minutes channel\`)`,
    `• Spoken: ${escapeNotice(nameOf(spoken))} (\`/language\`)`,
    `• Translated into: ${translateTo.length === 0 ? 'nothing' : escapeNotice(namesList(translateTo))} (\`/translate\`)`,
  ].join('\n');
}
