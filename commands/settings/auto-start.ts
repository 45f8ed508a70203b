import { ChannelType } from 'discord.js';
import { couldHear } from '../../src/discord/permissions/channel-access.ts';
import { voiceProblem } from '../../src/discord/permissions/preflight.ts';
import { mayPlaceWords } from '../../src/discord/permissions/where-words-go.ts';
import type { Setting } from './setting.ts';

const CHANNEL = 'auto-start';
const PEOPLE = 'auto-start-people';
const USUAL_PEOPLE = 2;

/** The voice channel in which meetings start automatically. */
export const autoStart: Setting = {
  name: CHANNEL,
  addTo(set) {
    set.addChannelOption((channel) =>
      channel
        .setName(CHANNEL)
        .setDescription('The voice channel where a meeting starts automatically when people come together')
        .addChannelTypes(ChannelType.GuildVoice, ChannelType.GuildStageVoice),
    );
  },
  mayBeChangedBy: mayPlaceWords,
  async read(ask, words) {
    const chosen = ask.options.getChannel(CHANNEL);
    if (!chosen) return undefined;
    const channel = ask.guild.channels.cache.get(chosen.id);
    if (!channel?.isVoiceBased()) return { problem: words.t('access.unseen', { channel: `<#${chosen.id}>` }) };
    // Nobody may use the bot to hear what they may not hear themselves.
    const problem = couldHear(ask.member, channel)
      ? voiceProblem(channel, await ask.guild.members.fetchMe(), words)
      : words.t('access.mayNotHear', { channel: `<#${chosen.id}>` });
    return problem === undefined ? { change: { autoStartChannelId: chosen.id } } : { problem };
  },
  reset: { autoStartChannelId: undefined, autoStartPeople: undefined },
  show({ autoStartChannelId: id, autoStartPeople: people = USUAL_PEOPLE }, words) {
    const where = id === undefined ? 'settings.never' : 'settings.autoStartIn';
    return words.t('settings.autoStart', { where: words.t(where, { voice: `<#${id}>`, people }) });
  },
};

/** How many people have to be there for an automatic start. */
export const autoStartPeople: Setting = {
  name: PEOPLE,
  addTo(set) {
    set.addIntegerOption((people) =>
      people
        .setName(PEOPLE)
        .setDescription(`How many people have to be there for that; ${USUAL_PEOPLE} by default`)
        .setMinValue(1)
        .setMaxValue(99),
    );
  },
  mayBeChangedBy: mayPlaceWords,
  read(ask) {
    const people = ask.options.getInteger(PEOPLE);
    return people === null ? undefined : { change: { autoStartPeople: people } };
  },
  reset: { autoStartPeople: undefined },
  show: () => undefined, // the channel's line shows it
};
