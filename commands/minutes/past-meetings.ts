import type { GuildMember } from 'discord.js';
import type { MeetingHead, MeetingRecord } from '../../src/core/record.ts';
import { mayRead, mayReadAll } from '../../src/discord/permissions/who-may.ts';
import type { CommandContext } from '../context.ts';

const LOOKED_THROUGH = 1_000; // the newest: some milliseconds of the journal's, and years of meetings

/** The meetings of the server that somebody may read about now, the newest first. */
export async function readableMeetings(
  member: GuildMember,
  { journal }: Pick<CommandContext, 'journal'>,
  may: (member: GuildMember, head: MeetingHead) => boolean = mayRead,
): Promise<MeetingHead[]> {
  return (await journal.list(member.guild.id, LOOKED_THROUGH)).filter((head) => may(member, head));
}

/**
 * Everything kept of a meeting that somebody may read; `undefined` when there is no such meeting for them. What they are
 * told then is the same for "not yours" and "not there": an id says nothing about other servers.
 */
export async function readMeeting(
  member: GuildMember,
  { journal }: CommandContext,
  id: string,
): Promise<MeetingRecord | undefined> {
  const record = await journal.read(id);
  return record?.head.guildId === member.guild.id && mayReadAll(member, record) ? record : undefined;
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
