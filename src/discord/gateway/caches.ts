import {
  type CacheFactory,
  type Client,
  Collection,
  LimitedCollection,
  Options,
  type SweeperOptions,
} from 'discord.js';

const SWEEP_INTERVAL_S = 300;

/**
 * What nothing here ever asks for. Threads are found in their server's channels, as all other channels are.
 *
 * Named as discord.js names the managers; what is not among them is kept: those who sit in voice channels, and the
 * channels and roles that permissions are computed from.
 */
const UNUSED = new Set([
  'ApplicationCommandManager',
  'ApplicationEmojiManager',
  'AutoModerationRuleManager',
  'BaseGuildEmojiManager',
  'DMMessageManager',
  'EntitlementManager',
  'GuildApplicationCommandManager',
  'GuildBanManager',
  'GuildEmojiManager',
  'GuildForumThreadManager',
  'GuildInviteManager',
  'GuildMessageManager',
  'GuildScheduledEventManager',
  'GuildSoundboardSoundManager',
  'GuildStickerManager',
  'GuildTextThreadManager',
  'MessageManager',
  'PresenceManager',
  'ReactionManager',
  'ReactionUserManager',
  'StageInstanceManager',
  'ThreadMemberManager',
]);

/**
 * One cache that takes nothing, for everything unused.
 *
 * discord.js's own limits make an empty collection for each: in 2,000 servers that is 100,000 of them, a tenth of all
 * memory.
 */
const NOTHING = new LimitedCollection<never, never>({ maxSize: 0 });

export const ONLY_WHAT_IS_USED: CacheFactory = (_base, _holds, manager) =>
  UNUSED.has(manager.name) ? NOTHING : new Collection();

/** Without these, everyone who ever used a command or sat in a voice channel would be remembered for ever. */
export function sweepers(client: () => Client): SweeperOptions {
  return {
    ...Options.DefaultSweeperSettings,
    voiceStates: { interval: SWEEP_INTERVAL_S, filter: () => (state) => state.channelId === null },
    guildMembers: {
      interval: SWEEP_INTERVAL_S,
      filter: () => (member) =>
        member.id !== member.client.user.id && !member.guild.voiceStates.cache.get(member.id)?.channelId,
    },
    users: {
      interval: SWEEP_INTERVAL_S,
      filter: () => {
        const members = new Set(
          client()
            .guilds.cache.flatMap(({ members }) => members.cache)
            .keys(),
        );
        return (user) => user.id !== user.client.user.id && !members.has(user.id);
      },
    },
  };
}
