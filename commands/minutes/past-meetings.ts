import type { GuildMember } from 'discord.js';
import { type AccessEvent, noteAccess } from '../../src/core/access-log.ts';
import type { GuildId } from '../../src/core/ids.ts';
import type { MeetingHead, MeetingRecord } from '../../src/core/record.ts';
import type { CommandContext } from '../shared/context.ts';

const MOST_MEETINGS = 1_000; // the newest: years of meetings, which the archive lists in some milliseconds

/** The meetings of the server, newest first, whoever may read them. */
export async function newestMeetings(
  guildId: GuildId,
  { archive }: Pick<CommandContext, 'archive'>,
): Promise<readonly MeetingHead[]> {
  return await archive.list(guildId, MOST_MEETINGS);
}

/** The meetings of the server that the member may read now, newest first. */
export async function readableMeetings(
  member: GuildMember,
  context: Pick<CommandContext, 'archive' | 'readers'>,
): Promise<MeetingHead[]> {
  return await context.readers.whichMayRead(member, await newestMeetings(member.guild.id, context));
}

/**
 * The record of a meeting, as far as the member may read it; `undefined` when there is no such meeting for them. A
 * meeting that they may not read looks like one that does not exist, so that an id reveals nothing about other servers.
 *
 * @param what - the purpose, for the log
 */
export async function readMeeting(
  member: GuildMember,
  { archive, readers, log }: CommandContext,
  id: string,
  what: AccessEvent['what'] = 'meeting read',
): Promise<MeetingRecord | undefined> {
  const record = await archive.read(id);
  if (record?.head.guildId !== member.guild.id) return undefined;
  const readable = await readers.readablePart(member, record);
  const outcome = readable ? 'allowed' : 'refused';
  noteAccess(log, { what, outcome, guildId: member.guild.id, userId: member.id, meetingId: record.head.id });
  return readable;
}

/** Suggests meetings whose date and title hold every typed word. @param timeZone - the server's, as in the minutes */
export function suggestMeetings(
  heads: readonly MeetingHead[],
  typed: string,
  timeZone = 'UTC',
): { name: string; value: string }[] {
  // Swedish dates are like ISO 8601: readable everywhere, and sorted by time.
  const start = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const wanted = typed.toLowerCase().split(/\s+/);
  return heads
    .map((head) => ({
      name: `${start.format(head.beganAt)} ${head.title}`.slice(0, 100).toWellFormed(),
      value: head.id,
    }))
    .filter(({ name, value }) => value === typed || wanted.every((word) => name.toLowerCase().includes(word)));
}

/** `<t:…:f>`, which Discord shows in each reader's own time zone. */
export function momentOf(at: Date, style: 'f' | 'd'): string {
  return `<t:${Math.floor(at.getTime() / 1_000)}:${style}>`;
}
