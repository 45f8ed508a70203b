import type { Answer, Ask } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import { makeMinutes } from '../../src/minutes/make-minutes.ts';
import { viewOf } from '../../src/minutes/view-of.ts';
import type { Asker, CommandContext } from '../shared/context.ts';
import { tooSoon } from '../shared/wording.ts';
import { readableMeetings, readMeeting } from './past-meetings.ts';

/** `/minutes latest`: shows the minutes of the newest meeting that is over. */
export async function latest(ask: Ask, context: CommandContext, words: Words): Promise<Answer> {
  const runningId = context.meetings.meetingOf(ask.guildId)?.head.id;
  const heads = await readableMeetings(ask.member, context);
  const head = heads.find(({ id }) => id !== runningId);
  return head ? await show(ask, context, head.id, words) : words.t('minutes.noneYet');
}

/** `/minutes show`: shows a meeting's minutes, newly made from the archive. */
export async function show(ask: Asker, context: CommandContext, id: string, words: Words): Promise<Answer> {
  const againMs = context.coolDowns.take('show', ask.guildId, ask.member.id);
  if (againMs !== undefined) return tooSoon(words, againMs);
  const record = await readMeeting(ask.member, context, id);
  if (!record) return words.t('minutes.noSuch');
  const guild = await context.settings.guild(ask.guildId);
  const options = { ...viewOf(guild, words.locale), languages: guild.translateTo };
  const { overview, more, files } = await makeMinutes(record, options, context.log, context.signal);
  return { content: overview, files, more };
}
