import {
  ChannelType,
  InteractionContextType,
  SlashCommandBuilder,
  type SlashCommandIntegerOption,
  type SlashCommandStringOption,
} from 'discord.js';
import { EXPORT_FORMATS, type ExportFormat } from '../../src/minutes/export-minutes.ts';
import { LONGEST_DAYS } from './retention.ts';

const FORMATS: Readonly<Record<ExportFormat, string>> = {
  md: 'Markdown (md)',
  txt: 'Plain text (txt)',
  vtt: 'Captions, WebVTT (vtt)',
  srt: 'Captions, SubRip (srt)',
  json: 'For programs (json)',
  docx: 'Word (docx)',
  pdf: 'PDF (pdf)',
};

const POSTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;

/** The definition of `/minutes` for Discord. */
export const definition = new SlashCommandBuilder()
  .setName('minutes')
  .setDescription('The minutes of meetings: past ones, and where new ones are posted')
  .setContexts(InteractionContextType.Guild)
  .addSubcommand((channel) =>
    channel
      .setName('channel')
      .setDescription('Show or set the channel where minutes are posted')
      .addChannelOption((to) =>
        to
          .setName('channel')
          .setDescription('Where minutes are posted from now on')
          .addChannelTypes(...POSTABLE),
      )
      .addBooleanOption((off) =>
        off
          .setName('off')
          .setDescription('Post minutes in the same place as the transcript, not in a channel of their own'),
      ),
  )
  .addSubcommand((latest) =>
    latest.setName('latest').setDescription('Show the minutes of the latest meeting, only to you'),
  )
  .addSubcommand((list) =>
    list
      .setName('list')
      .setDescription('List past meetings, only to you')
      .addIntegerOption((page: SlashCommandIntegerOption) =>
        page.setName('page').setDescription('Which page; the first one has the newest meetings').setMinValue(1),
      ),
  )
  .addSubcommand((show) =>
    show.setName('show').setDescription('Show the minutes of one meeting, only to you').addStringOption(meeting),
  )
  .addSubcommand((search) =>
    search
      .setName('search')
      .setDescription('Find what was said in past meetings, only for you')
      .addStringOption((query) =>
        query
          .setName('query')
          .setDescription('Words in any order; "in quotes" for an exact phrase')
          .setRequired(true)
          .setMaxLength(100),
      )
      .addUserOption((speaker) => speaker.setName('speaker').setDescription('Only what this person said'))
      .addStringOption((since) =>
        since
          .setName('since')
          .setDescription('A date like 2026-11-23, or a time span like 12h, 7d, 2w')
          .setMaxLength(20),
      )
      .addStringOption((language) =>
        language
          .setName('language')
          .setDescription('Only text in this language, including translations')
          .setAutocomplete(true),
      ),
  )
  .addSubcommand((exported) =>
    exported
      .setName('export')
      .setDescription('Get the minutes of one meeting as a file, only for you')
      .addStringOption(meeting)
      .addStringOption((format) =>
        format
          .setName('format')
          .setDescription('What kind of file')
          .setRequired(true)
          .addChoices(EXPORT_FORMATS.map((value) => ({ name: FORMATS[value], value }))),
      )
      .addStringOption((language) =>
        language
          .setName('language')
          .setDescription('Every line in this language where it was translated; by default as it was spoken')
          .setAutocomplete(true),
      ),
  )
  .addSubcommand((erase) =>
    erase
      .setName('delete')
      .setDescription('Erase one of your meetings for good: its text, its translations and who was there')
      .addStringOption(meeting),
  )
  .addSubcommand((rename) =>
    rename
      .setName('rename-speaker')
      .setDescription('Put a name right in the minutes, exports and page of one meeting')
      .addStringOption(meeting)
      .addStringOption((speaker) =>
        speaker.setName('speaker').setDescription('Whose name is wrong').setRequired(true).setAutocomplete(true),
      )
      .addStringOption((name) =>
        name.setName('name').setDescription('The right name').setRequired(true).setMaxLength(60),
      ),
  )
  .addSubcommand((retention) =>
    retention
      .setName('retention')
      .setDescription('Show or set how long meetings are kept in this server')
      .addIntegerOption((days) =>
        days
          .setName('days')
          .setDescription('Days after a meeting ends; 0 keeps meetings until somebody deletes them')
          .setMinValue(0)
          .setMaxValue(LONGEST_DAYS),
      ),
  )
  .toJSON();

function meeting(option: SlashCommandStringOption): SlashCommandStringOption {
  return option.setName('meeting').setDescription('Which one').setRequired(true).setAutocomplete(true);
}
