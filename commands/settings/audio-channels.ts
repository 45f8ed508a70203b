import { ChannelType } from 'discord.js';
import { seesMessages } from '../../src/discord/gateway/client.ts';
import { textProblem } from '../../src/discord/permissions/preflight.ts';
import type { Setting } from './setting.ts';

const NAME = 'audio-channel';
const MOST = 25; // so that `/settings show` fits into a message

/** Channels whose voice messages and audio files are transcribed automatically. */
export const audioChannels: Setting = {
  name: NAME,
  addTo(set) {
    set.addChannelOption((channel) =>
      channel
        .setName(NAME)
        .setDescription('Add a channel whose voice messages become text automatically')
        .addChannelTypes(ChannelType.GuildText, ChannelType.GuildVoice, ChannelType.PublicThread),
    );
  },
  async read(ask, words, { settings }) {
    const chosen = ask.options.getChannel(NAME);
    if (!chosen) return undefined;
    const channel = ask.guild.channels.cache.get(chosen.id);
    const problem = channel
      ? textProblem(channel, await ask.guild.members.fetchMe(), words)
      : words.t('access.unseen', { channel: `<#${chosen.id}>` });
    if (problem !== undefined) return { problem };
    const { audioChannelIds: before = [] } = await settings.guild(ask.guildId);
    const ids = [...before.filter((id) => id !== chosen.id), chosen.id];
    return ids.length > MOST
      ? { problem: words.t('audio.channelsFull', { most: MOST }) }
      : { change: { audioChannelIds: ids } };
  },
  reset: { audioChannelIds: undefined },
  show({ audioChannelIds: ids = [] }, words, { client }) {
    if (ids.length === 0) return words.t('audio.noChannels');
    const line = words.t('audio.channels', { channels: words.list(ids.map((id) => `<#${id}>`)) });
    return seesMessages(client) ? line : `${line} ${words.t('audio.blind')}`;
  },
};
