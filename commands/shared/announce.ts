import type { LiveMeeting } from '../../src/core/ports/live-meetings.ts';
import { escapeName } from '../../src/discord/formatting/escape.ts';
import { say } from '../../src/discord/messages/say.ts';
import type { Asker, CommandContext } from './context.ts';

/** What somebody is called where a meeting is read: who sits in it may have a mark behind their name, as another has the same. */
export function calledIn(meeting: LiveMeeting, { id, displayName }: Asker['member']): string {
  return escapeName(
    meeting.status().speakers.find(({ person }) => person.id === id)?.person.displayName ?? displayName,
  );
}

/**
 * Tells everybody who reads along what somebody did, by name: kept as a place, so that they can have it taken down.
 *
 * @throws as discord.js does, and when the journal cannot be written
 */
export async function tellRoom(
  { guildId, member }: Asker,
  meeting: LiveMeeting,
  sentence: string,
  { client, archive, signal }: CommandContext,
): Promise<void> {
  const place = await say(client, meeting.head.textChannelId, sentence, signal);
  await archive.mentioned(guildId, { ...place, what: 'whole' }, [member.id]);
}
