import { mayChoose } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { Asker, CommandContext } from './context.ts';

/** A sentence that says why the asker may not choose for others; `undefined` when they may. */
export async function choosingProblem(
  { guildId, member }: Asker,
  { meetings, settings }: CommandContext,
  words: Words,
): Promise<string | undefined> {
  const may = mayChoose(member, meetings.meetingOf(guildId)?.head, await settings.guild(guildId));
  return may ? undefined : words.t('access.mayNotChoose');
}
