import type { GuildMember } from 'discord.js';
import type { MeetingHead } from '../../src/core/record.ts';
import type { GuildSettings } from '../../src/core/settings.ts';
import { escapeInline } from '../../src/discord/formatting/escape.ts';
import type { Ask } from '../../src/discord/interactions/command.ts';
import { mayErase } from '../../src/discord/permissions/steering.ts';
import type { Words } from '../../src/i18n/words.ts';
import { onDiskLines } from '../privacy/on-disk.ts';
import type { CommandContext } from '../shared/context.ts';
import { momentOf } from './past-meetings.ts';

/** Whether the member may delete the meeting: they started it, or they manage the server. */
export function mayDelete(member: GuildMember, head: MeetingHead, guild: GuildSettings): boolean {
  return head.startedBy === member.id || mayErase(member, guild);
}

/** `/minutes delete`: erases a meeting for good, and answers with a receipt. */
export async function deleteMeeting(ask: Ask, context: CommandContext, words: Words): Promise<string> {
  const id = ask.options.getString('meeting', true);
  const head = await deletable(ask, context, id, words);
  if (typeof head === 'string') return head;
  if (await context.meetings.isRunning(ask.guildId, id)) {
    return words.t('minutes.stillRuns');
  }
  const texts = await context.archive.erase(id);
  context.log.info({ meeting: id, by: ask.user.id, texts }, 'A meeting was deleted by command');
  return [
    words.t('minutes.erased', {
      title: escapeInline(head.title.slice(0, 60)),
      moment: momentOf(head.beganAt, 'f'),
      count: texts,
    }),
    words.t('minutes.erasedRest'),
    ...onDiskLines(await context.archive.wipe(), words),
  ].join('\n');
}

/** The meeting, or a sentence that says why it cannot be deleted. */
async function deletable(ask: Ask, context: CommandContext, id: string, words: Words): Promise<MeetingHead | string> {
  // Managers of the server may delete meetings that they cannot read.
  const record = await context.archive.read(id);
  const guild = await context.settings.guild(ask.guildId);
  if (record?.head.guildId === ask.guildId && mayDelete(ask.member, record.head, guild)) return record.head;
  if (!record || !(await context.readers.readablePart(ask.member, record))) return words.t('minutes.noSuch');
  return words.t('minutes.mayNotDelete');
}
