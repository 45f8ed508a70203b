import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { MeetingHead } from '../../src/core/record.ts';
import type { Ask } from '../../src/discord/command.ts';
import { escapeInline } from '../../src/discord/escape.ts';
import type { CommandContext } from '../context.ts';
import { momentOf, NO_SUCH_MEETING, readMeeting } from './past-meetings.ts';

/** Who started a meeting, and who manages the server. */
export function mayDelete(member: GuildMember, head: MeetingHead): boolean {
  return head.startedBy === member.id || member.permissions.has(PermissionFlagsBits.ManageGuild);
}

/** `/minutes delete`: for good, with a receipt. */
export async function deleteMeeting(ask: Ask, context: CommandContext): Promise<string> {
  const id = ask.options.getString('meeting', true);
  const head = await deletable(ask, context, id);
  if (typeof head === 'string') return head;
  if (context.meetings.of(ask.guildId)?.head.id === id) {
    return 'This meeting still runs: `/transcribe stop` ends it, then it can be deleted.';
  }
  const texts = await context.journal.erase(id);
  context.log.info({ meeting: id, by: ask.user.id, texts }, 'A meeting was deleted by command');
  const pieces = texts === 1 ? 'one piece of text' : `${texts} pieces of text`;
  return [
    `Erased for good: **${escapeInline(head.title.slice(0, 60))}** of ${momentOf(head.beganAt, 'f')}: ${pieces}, who was there, and what of it could be searched.`,
    'What I posted in Discord’s channels, and files that people saved, are not mine to find again: a moderator can delete the messages.',
  ].join('\n');
}

/** The meeting, or why not. */
async function deletable(ask: Ask, context: CommandContext, id: string): Promise<MeetingHead | string> {
  // Who manages the server may delete what they cannot read.
  const record = await context.journal.read(id);
  if (record?.head.guildId === ask.guildId && mayDelete(ask.member, record.head)) return record.head;
  if (!(await readMeeting(ask.member, context, id))) return NO_SUCH_MEETING;
  return 'A meeting is deleted by who started it, or by people who may manage the server (**Manage Server**): ask one of them.';
}
