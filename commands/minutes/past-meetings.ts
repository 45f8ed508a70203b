import type { GuildMember } from 'discord.js';
import { type AccessEvent, noteAccess } from '../../src/core/access-log.ts';
import type { GuildId } from '../../src/core/ids.ts';
import type { MeetingHead, MeetingRecord } from '../../src/core/record.ts';
import type { CommandContext } from '../shared/context.ts';

const LOOKED_THROUGH = 1_000; // the newest: some milliseconds of the journal's, and years of meetings

/** The meetings of the server, the newest first, whoever may read them. */
export async function newestMeetings(
  guildId: GuildId,
  { archive }: Pick<CommandContext, 'archive'>,
): Promise<readonly MeetingHead[]> {
  return await archive.list(guildId, LOOKED_THROUGH);
}

/** The meetings of the server that somebody may read about now, the newest first. */
export async function readableMeetings(
  member: GuildMember,
  context: Pick<CommandContext, 'archive' | 'readers'>,
): Promise<MeetingHead[]> {
  return await context.readers.whichMayRead(member, await newestMeetings(member.guild.id, context));
}

/**
 * What is kept of a meeting, as far as somebody may read it; `undefined` when there is no such meeting for them. What they
 * are told then is the same for "not yours" and "not there": an id says nothing about other servers.
 *
 * @param what - what for, in the line of the log
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

/** Suggestions: meetings in whose date and title everything typed stands. @param timeZone - the server's, as in the minutes */
export function suggestMeetings(
  heads: readonly MeetingHead[],
  typed: string,
  timeZone = 'UTC',
): { name: string; value: string }[] {
  // Sweden writes dates as ISO 8601 does, which reads alike everywhere and sorts by time.
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
