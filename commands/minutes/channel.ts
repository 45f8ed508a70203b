import type { Ask } from '../../src/discord/command.ts';
import { textProblem } from '../../src/discord/preflight.ts';
import type { CommandContext } from '../context.ts';
import { isManager, NOT_A_MANAGER } from '../who-may.ts';

/** `/minutes channel`: where they are posted. */
export async function channel(ask: Ask, { settings }: CommandContext): Promise<string> {
  const to = ask.options.getChannel('channel');
  const isOff = ask.options.getBoolean('off') === true;
  if (!to && !isOff) {
    const { minutesChannelId } = await settings.guild(ask.guildId);
    return minutesChannelId === undefined
      ? 'Minutes are posted where the transcript is. `/minutes channel channel:…` gives them a channel of their own.'
      : `Minutes are posted in <#${minutesChannelId}>.`;
  }
  if (!isManager(ask.member)) return NOT_A_MANAGER;
  if (isOff || !to) {
    await settings.changeGuild(ask.guildId, { minutesChannelId: undefined });
    return 'From now on minutes are posted where the transcript is.';
  }
  const known = ask.guild.channels.cache.get(to.id);
  if (!known) return 'I cannot see that channel: give my role **View Channel** there, then try again.';
  const problem = textProblem(known, await ask.guild.members.fetchMe());
  if (problem !== undefined) return problem;
  await settings.changeGuild(ask.guildId, { minutesChannelId: to.id });
  return `From now on minutes are posted in <#${to.id}>.`;
}
