import type { LiveMeeting } from '../../src/core/ports/live-meetings.ts';
import { escapeName } from '../../src/discord/formatting/escape.ts';
import { say } from '../../src/discord/messages/say.ts';
import type { Asker, CommandContext } from './context.ts';

/** A member's name in a meeting's transcript, where a mark tells people with the same name apart. */
export function nameIn(meeting: LiveMeeting, { id, displayName }: Asker['member']): string {
  return escapeName(
    meeting.currentStatus().speakers.find(({ person }) => person.id === id)?.person.displayName ?? displayName,
  );
}

/**
 * Posts in the meeting's text channel what a member did. The message names them, so its place is journalled for
 * `forget-me`.
 *
 * @throws the errors of discord.js, and those of writing to the journal
 */
export async function announceAction(
  { guildId, member }: Asker,
  meeting: LiveMeeting,
  sentence: string,
  { client, archive, signal }: CommandContext,
): Promise<void> {
  const place = await say(client, meeting.head.textChannelId, sentence, signal);
  await archive.mentioned(guildId, { ...place, what: 'whole' }, [member.id]);
}
