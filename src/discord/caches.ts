import { type Client, Options, type SweeperOptions } from 'discord.js';

const SWEEP_INTERVAL_S = 300;

/** Used are only those who sit in voice channels, and the channels and roles that permissions are computed from. */
export const ONLY_WHAT_IS_USED = Options.cacheWithLimits({
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: 0,
  GuildInviteManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadMemberManager: 0,
});

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
