import { PermissionFlagsBits } from 'discord.js';
import type { Ask } from '../../src/discord/command.ts';
import type { CommandContext } from '../context.ts';

export const LONGEST_DAYS = 3_650;

/** `/minutes retention`: for how long meetings are kept. */
export async function retention(ask: Ask, { journal }: CommandContext): Promise<string> {
  const days = ask.options.getInteger('days');
  if (days === null)
    return `${described(await journal.keepDays(ask.guildId))} \`/minutes retention days:…\` changes it.`;
  // It erases what others may count on: this is for fewer people than other settings.
  if (!ask.member.permissions.has(PermissionFlagsBits.ManageGuild)) {
    return 'This is for people who may manage the server (**Manage Server**): ask one of them.';
  }
  await journal.setKeepDays(ask.guildId, days === 0 ? undefined : days);
  return days === 0
    ? `From now on nothing is erased by itself. ${described(undefined)}`
    : `${described(days)} Older ones are erased for good within two hours, and from then on every day; \`days:0\` before that stops it.`;
}

function described(days: number | undefined): string {
  if (days === undefined) return 'Meetings are kept until somebody deletes them.';
  return `Meetings are kept for ${days === 1 ? 'one day' : `${days} days`} after their end.`;
}
