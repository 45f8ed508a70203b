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
 * Caches that Parley never reads, by the names of discord.js's managers. Threads are found among their server's
 * channels.
 *
 * All other caches are kept: people in voice channels, and the channels and roles that permissions are computed from.
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
 * A single cache that keeps nothing, shared by all unused managers.
 *
 * With discord.js's own limits each would have an empty collection: 100,000 of them in 2,000 servers, a tenth of all
 * memory.
 */
const NOTHING = new LimitedCollection<never, never>({ maxSize: 0 });

export const ONLY_WHAT_IS_USED: CacheFactory = (_base, _holds, manager) =>
  UNUSED.has(manager.name) ? NOTHING : new Collection();

/** Without these, everybody who ever used a command or joined a voice channel would stay in memory. */
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
