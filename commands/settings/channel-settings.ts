import { ChannelType } from 'discord.js';
import { textProblem } from '../../src/discord/permissions/preflight.ts';
import { mayPlaceWords } from '../../src/discord/permissions/where-words-go.ts';
import type { Setting } from './setting.ts';

const WRITABLE = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.PublicThread] as const;

export const transcriptChannel: Setting = channelSetting(
  'transcript-channel',
  'Where meetings are transcribed unless another channel is chosen at the start',
  'transcriptChannelId',
  ({ transcriptChannelId: id }, words) =>
    words.t('settings.transcripts', { where: id === undefined ? words.t('settings.whereStarted') : `<#${id}>` }),
  [...WRITABLE, ChannelType.GuildForum], // each meeting a post
);

export const minutesChannel: Setting = channelSetting(
  'minutes-channel',
  'Where minutes are posted',
  'minutesChannelId',
  ({ minutesChannelId: id }, words) =>
    words.t('settings.minutes', { where: id === undefined ? words.t('settings.whereTranscript') : `<#${id}>` }),
);

/** A setting for a channel in which the bot must be able to write. */
function channelSetting(
  name: string,
  description: string,
  key: 'transcriptChannelId' | 'minutesChannelId',
  show: Setting['show'],
  types: readonly ((typeof WRITABLE)[number] | ChannelType.GuildForum)[] = WRITABLE,
): Setting {
  return {
    name,
    addTo(set) {
      set.addChannelOption((channel) =>
        channel
          .setName(name)
          .setDescription(description)
          .addChannelTypes(...types),
      );
    },
    mayBeChangedBy: mayPlaceWords,
    async read(ask, words) {
      const chosen = ask.options.getChannel(name);
      if (!chosen) return undefined;
      const channel = ask.guild.channels.cache.get(chosen.id);
      const problem = channel
        ? textProblem(channel, await ask.guild.members.fetchMe(), words)
        : words.t('access.unseen', { channel: `<#${chosen.id}>` });
      return problem === undefined ? { change: { [key]: chosen.id } } : { problem };
    },
    reset: { [key]: undefined },
    show,
  };
}
