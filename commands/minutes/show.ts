import { MAX_CONTENT } from '../../src/discord/formatting/limits.ts';
import type { Answer, Ask } from '../../src/discord/interactions/command.ts';
import type { Words } from '../../src/i18n/words.ts';
import { makeMinutes } from '../../src/minutes/make-minutes.ts';
import { viewOf } from '../../src/minutes/view-of.ts';
import type { Asker, CommandContext } from '../shared/context.ts';
import { pageLink } from '../shared/page-link.ts';
import { tooSoon } from '../shared/wording.ts';
import { readableMeetings, readMeeting } from './past-meetings.ts';

/** `/minutes latest`: shows the minutes of the newest meeting that is over. */
export async function latest(ask: Ask, context: CommandContext, words: Words): Promise<Answer> {
  const runningId = context.meetings.meetingOf(ask.guildId)?.head.id;
  const heads = await readableMeetings(ask.member, context);
  const head = heads.find(({ id }) => id !== runningId);
  return head ? await show(ask, context, head.id, words) : words.t('minutes.noneYet');
}

/** `/minutes show`: shows a meeting's minutes, newly made from the archive, with a link to its page. */
export async function show(ask: Asker, context: CommandContext, id: string, words: Words): Promise<Answer> {
  const againMs = context.coolDowns.take('show', ask.guildId, ask.member.id);
  if (againMs !== undefined) return tooSoon(words, againMs);
  const record = await readMeeting(ask.member, context, id);
  if (!record) return words.t('minutes.noSuch');
  const guild = await context.settings.guild(ask.guildId);
  const options = { ...viewOf(guild, words.locale), languages: guild.translateTo };
  const { overview, more, files } = await makeMinutes(record, options, context.log, context.signal);
  const link = await pageLink(ask, record.head, context, words);
  if (!link) return { content: overview, files, more };
  const [content, ...rest] = withNote([overview, ...more], `-# ${words.t('live.aboutPage')}`);
  return { content, files, more: rest, components: [link] };
}

/** Puts a note below the last of several messages, or after it where it is full. */
function withNote([first, ...more]: readonly [string, ...string[]], note: string): readonly [string, ...string[]] {
  const last = `${more.at(-1) ?? first}\n${note}`;
  if (last.length > MAX_CONTENT) return [first, ...more, note];
  return more.length === 0 ? [last] : [first, ...more.slice(0, -1), last];
}
