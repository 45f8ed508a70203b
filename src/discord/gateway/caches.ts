import { type CacheFactory, type Client, Collection, LimitedCollection, type SweeperOptions } from 'discord.js';
import type { DormantGuilds } from './dormant/dormant-guilds.ts';

const SWEEP_INTERVAL_S = 300;
const THREADS_INTERVAL_S = 3_600;
const THREAD_LIFETIME_MS = 4 * 3_600_000; // of an archived one, as discord.js keeps it

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

/** Caches for what is used, in which servers sleep that nobody uses. */
export function onlyWhatIsUsed(dormant: DormantGuilds): CacheFactory {
  return (_base, _holds, manager) => {
    const name: string = manager.name; // discord.js's types leave out caches that must keep everything, as these do
    if (UNUSED.has(name)) return NOTHING;
    if (name === 'ChannelManager') return dormant.channels;
    if (name === 'GuildChannelManager') return dormant.guildChannels();
    if (name === 'RoleManager') return dormant.roles();
    return new Collection();
  };
}

/** Without these, everybody who ever used a command or joined a voice channel would stay in memory. */
export function sweepers(client: () => Client, dormant: DormantGuilds): SweeperOptions {
  return {
    threads: {
      interval: THREADS_INTERVAL_S,
      filter: () => {
        forgetOldThreads(client(), dormant);
        return null; // discord.js would ask every channel whether it is a thread, and wake it for that
      },
    },
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

function forgetOldThreads(client: Client, { channels }: DormantGuilds): void {
  const oldest = Date.now() - THREAD_LIFETIME_MS;
  for (const channel of [...channels.awake()]) {
    if (!channel.isThread() || !channel.archived || (channel.archiveTimestamp ?? 0) > oldest) continue;
    client.guilds.cache.get(channel.guildId)?.channels.cache.delete(channel.id);
    channels.delete(channel.id);
  }
}
