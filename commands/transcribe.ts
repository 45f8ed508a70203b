import { ChannelType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import { AUTO, suggestLanguage } from '../src/discord/formatting/languages.ts';
import type { ParleyCommand } from './shared/context.ts';
import { pause, resume } from './transcribe/pause.ts';
import { start } from './transcribe/start.ts';
import { status } from './transcribe/status.ts';
import { stop } from './transcribe/stop.ts';

const definition = new SlashCommandBuilder()
  .setName('transcribe')
  .setDescription('Write down what is said in a voice channel')
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((start) =>
    start
      .setName('start')
      .setDescription('Join a voice channel and write down what is said')
      .addChannelOption((channel) =>
        channel
          .setName('voice-channel')
          .setDescription('Where people speak; by default your own voice channel')
          .addChannelTypes(ChannelType.GuildVoice, ChannelType.GuildStageVoice),
      )
      .addChannelOption((channel) =>
        channel
          .setName('text-channel')
          .setDescription('Where the text appears; by default the server’s transcript channel, or here')
          .addChannelTypes(
            ChannelType.GuildText,
            ChannelType.GuildAnnouncement,
            ChannelType.GuildForum,
            ChannelType.GuildVoice,
            ChannelType.GuildStageVoice,
            ChannelType.PublicThread,
            ChannelType.PrivateThread,
            ChannelType.AnnouncementThread,
          ),
      )
      .addStringOption((language) =>
        language
          .setName('language')
          .setDescription('The language spoken in this meeting; by default the server’s setting')
          .setAutocomplete(true),
      ),
  )
  .addSubcommand((stop) => stop.setName('stop').setDescription('End the meeting and post its minutes'))
  .addSubcommand((status) => status.setName('status').setDescription('Show who is heard, and how well'))
  .addSubcommand((pause) => pause.setName('pause').setDescription('Go off the record: I hear nothing until you resume'))
  .addSubcommand((resume) => resume.setName('resume').setDescription('Continue after a pause'))
  .toJSON();

const RUN = { start, stop, status, pause, resume } as const;

/** `/transcribe`: controls a meeting from its start to its minutes. */
export const transcribe: ParleyCommand = {
  definition,
  async run(ask, context, words) {
    const name = ask.options.getSubcommand();
    const run = Object.entries(RUN).find(([subcommand]) => subcommand === name)?.[1];
    return run ? await run(ask, context, words) : words.t('router.unknownCommand');
  },
  complete(typing, _context, words) {
    const automatic = { name: words.t('languages.auto'), value: AUTO };
    const typed = typing.options.getFocused();
    return [...(AUTO.startsWith(typed.toLowerCase()) ? [automatic] : []), ...suggestLanguage(typed, words)];
  },
};
