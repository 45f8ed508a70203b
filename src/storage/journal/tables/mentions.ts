import type { Kysely } from 'kysely';
import type { GuildId, SpeakerId } from '../../../core/ids.ts';
import type { Mention } from '../../../core/record.ts';
import type { JournalTables } from './schema.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Inserting the same mention again changes nothing. */
export async function insertMentions(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  { channelId, messageId, what }: Mention,
  speakerIds: readonly SpeakerId[],
): Promise<void> {
  if (speakerIds.length === 0) return;
  const at = { guild_id: guildId, channel_id: channelId, message_id: messageId, what, at_ms: Date.now() };
  await db
    .insertInto('mentions')
    .values(speakerIds.map((speakerId) => ({ ...at, speaker_id: speakerId })))
    .onConflict((conflict) => conflict.columns(['guild_id', 'speaker_id', 'message_id', 'what']).doNothing())
    .execute();
}

export async function mentionsOfSpeaker(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  speakerId: SpeakerId,
): Promise<Mention[]> {
  const rows = await db
    .selectFrom('mentions')
    .select(['channel_id', 'message_id', 'what'])
    .where('guild_id', '=', guildId)
    .where('speaker_id', '=', speakerId)
    .orderBy('at_ms')
    .orderBy('message_id')
    .execute();
  return rows.map((row) => ({ channelId: row.channel_id, messageId: row.message_id, what: row.what }));
}

export async function deleteMention(
  db: Kysely<JournalTables>,
  { messageId, what }: Mention,
  speakerId: SpeakerId,
): Promise<void> {
  await db
    .deleteFrom('mentions')
    .where('speaker_id', '=', speakerId)
    .where('message_id', '=', messageId)
    .where('what', '=', what)
    .execute();
}

/** Mentions are kept as long as their server keeps meetings. */
export async function deleteOldMentions(db: Kysely<JournalTables>, now: Date): Promise<void> {
  for (const { guild_id, days } of await db.selectFrom('retention').selectAll().execute()) {
    const oldestMs = now.getTime() - days * DAY_MS;
    await db.deleteFrom('mentions').where('guild_id', '=', guild_id).where('at_ms', '<', oldestMs).execute();
  }
}
