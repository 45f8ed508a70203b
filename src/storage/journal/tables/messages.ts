import type { Kysely, Selectable } from 'kysely';
import type { GuildId, MeetingId, MessageId, SpeakerId } from '../../../core/ids.ts';
import type { ShownInMessage } from '../../../core/ports/archive.ts';
import type { MessageOf, PostedAt } from '../../../core/record.ts';
import type { JournalTables } from './schema.ts';

/** Inserting the same message of the same text again changes nothing. */
export async function insertMessage(db: Kysely<JournalTables>, id: MeetingId, at: PostedAt): Promise<void> {
  await db
    .insertInto('messages')
    .values({
      meeting_id: id,
      utterance_id: at.utteranceId,
      language: at.language ?? '',
      channel_id: at.channelId,
      message_id: at.messageId,
    })
    .onConflict((conflict) => conflict.columns(['meeting_id', 'utterance_id', 'language', 'message_id']).doNothing())
    .execute();
}

/** The messages that show a meeting's texts, in the order of posting. */
export async function messagesIn(db: Kysely<JournalTables>, id: MeetingId): Promise<PostedAt[]> {
  const rows = await db.selectFrom('messages').selectAll().where('meeting_id', '=', id).orderBy('id').execute();
  return rows.map(toPosted);
}

export function toPosted(row: Selectable<JournalTables['messages']>): PostedAt {
  return {
    utteranceId: row.utterance_id,
    ...(row.language !== '' && { language: row.language }),
    channelId: row.channel_id,
    messageId: row.message_id,
  };
}

/** The messages that show something this person said in this server, each once. */
export async function messagesOfSpeaker(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  speakerId: SpeakerId,
): Promise<MessageOf[]> {
  const rows = await textsInMessages(db)
    .innerJoin('meetings', 'meetings.id', 'segments.meeting_id')
    .where('segments.speaker_id', '=', speakerId)
    .where('meetings.guild_id', '=', guildId)
    .select(['messages.meeting_id', 'messages.channel_id', 'messages.message_id'])
    .groupBy(['messages.meeting_id', 'messages.channel_id', 'messages.message_id'])
    .orderBy(({ fn }) => fn.min('messages.id'))
    .execute();
  return rows.map((row) => ({
    meetingId: row.meeting_id,
    channelId: row.channel_id,
    messageId: row.message_id,
  }));
}

/** What a message of this server shows; `undefined` when it is no part of a transcript. */
export async function shownInMessage(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  messageId: MessageId,
): Promise<ShownInMessage | undefined> {
  const rows = await db
    .selectFrom('messages')
    .innerJoin('meetings', 'meetings.id', 'messages.meeting_id')
    .select(['meeting_id', 'utterance_id', 'language'])
    .where('message_id', '=', messageId)
    .where('guild_id', '=', guildId)
    .orderBy('messages.id')
    .execute();
  const [first] = rows;
  if (!first) return undefined;
  return {
    meetingId: first.meeting_id,
    utteranceIds: rows.map((row) => row.utterance_id),
    ...(first.language !== '' && { language: first.language }),
  };
}

/** A subquery for the messages of these texts. */
export function messagesWith(db: Kysely<JournalTables>, segmentIds: readonly number[]) {
  return textsInMessages(db).select('messages.id').where('segments.id', 'in', segmentIds);
}

/** Joins on texts, as only texts have a speaker. */
function textsInMessages(db: Kysely<JournalTables>) {
  return db
    .selectFrom('segments')
    .innerJoin('messages', (join) =>
      join
        .onRef('messages.meeting_id', '=', 'segments.meeting_id')
        .onRef('messages.utterance_id', '=', 'segments.utterance_id'),
    );
}
