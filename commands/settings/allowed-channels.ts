import type { Guild, GuildBasedChannel } from 'discord.js';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import type { Setting } from './setting.ts';

const NAME = 'allowed-channels';
const EVERYWHERE = 'all';
const MOST = 25; // so that all fit into an answer

/** The voice channels in which meetings may be transcribed. */
export const allowedChannels: Setting = {
  name: NAME,
  addTo(set) {
    set.addStringOption((option) =>
      option
        .setName(NAME)
        .setDescription('The voice channels where meetings may be transcribed, like #one #two; all for every channel'),
    );
  },
  read(ask, words) {
    const typed = ask.options.getString(NAME)?.trim();
    if (typed === undefined || typed === '') return undefined;
    if (typed.toLowerCase() === EVERYWHERE) return { change: { allowedChannelIds: undefined } };
    const ids = new Set<string>();
    for (const item of itemsOf(typed)) {
      const channel = voiceChannel(ask.guild, item);
      const shown = escapeInline(item.slice(0, 60));
      if (!channel) return { problem: words.t('settings.notVoice', { typed: shown }) };
      ids.add(channel.id);
    }
    if (ids.size > MOST) return { problem: words.t('settings.tooManyChannels', { count: MOST }) };
    return { change: { allowedChannelIds: [...ids] } };
  },
  reset: { allowedChannelIds: undefined },
  show({ allowedChannelIds = [] }, words) {
    const where = words.list(allowedChannelIds.map((id) => `<#${id}>`)) || words.t('settings.everywhere');
    return words.t('settings.allowed', { where });
  },
};

/** Splits at commas, as names may hold spaces. Mentions (`#one #two`) and lists of ids may also be split by spaces. */
function itemsOf(typed: string): string[] {
  const spaced = typed.replaceAll(/(<#\d+>)/g, ',$1,');
  const parts = /^[\d\s]+$/.test(spaced) ? spaced.split(/\s+/) : spaced.split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Finds a voice channel by mention, id or name. */
function voiceChannel(guild: Guild, item: string): GuildBasedChannel | undefined {
  const id = /^(?:<#)?(\d+)>?$/.exec(item)?.[1];
  const name = item.replace(/^[#🔊]\s*/u, '').toLowerCase();
  const voices = guild.channels.cache.filter((channel) => channel.isVoiceBased());
  return voices.get(id ?? '') ?? voices.find((channel) => channel.name.toLowerCase() === name);
}
