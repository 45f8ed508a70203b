import type { LiveMeeting } from '../src/core/meetings.ts';
import { say } from '../src/discord/announcement.ts';
import type { Asker, CommandContext } from './context.ts';

/**
 * Tells everybody who reads along what somebody did, by name: kept as a place, so that they can have it taken down.
 *
 * @throws as discord.js does, and when the journal cannot be written
 */
export async function tellRoom(
  { guildId, member }: Asker,
  meeting: LiveMeeting,
  sentence: string,
  { client, journal, signal }: CommandContext,
): Promise<void> {
  const place = await say(client, meeting.head.textChannelId, sentence, signal);
  await journal.mentioned(guildId, { ...place, what: 'whole' }, [member.id]);
}
