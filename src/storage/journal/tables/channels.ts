import type { Kysely, Selectable, SelectQueryBuilder } from 'kysely';
import type { GuildId } from '../../../core/ids.ts';
import type { ListedMeeting, ListRequest, MeetingChannel } from '../../../core/ports/archive.ts';
import type { MeetingPlace } from '../../../core/programs/rights.ts';
import type { MeetingHead } from '../../../core/record.ts';
import { withPlaces } from './places.ts';
import { toEnd, toHead } from './rows.ts';
import type { JournalTables } from './schema.ts';

/** The channels in which meetings of these guilds are written, the one used last first. */
export async function channelsOfGuilds(
  db: Kysely<JournalTables>,
  guildIds: readonly GuildId[],
  limit: number,
): Promise<MeetingChannel[]> {
  if (guildIds.length === 0) return [];
  const rows = await db
    .selectFrom('meetings')
    .select(({ fn }) => ['guild_id', 'text_channel_id', fn.max('id').as('id')])
    .where('guild_id', 'in', guildIds)
    .groupBy(['guild_id', 'text_channel_id'])
    .orderBy(({ fn }) => fn.max('began_at_ms'), 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ guild_id, text_channel_id, id }) => ({
    guildId: guild_id,
    textChannelId: text_channel_id,
    meetingId: id,
  }));
}

/** The meetings that are written in these channels, the newest first. */
export async function meetingsInChannels(
  db: Kysely<JournalTables>,
  channels: readonly MeetingChannel[],
  limit: number,
  before?: Pick<MeetingHead, 'id' | 'beganAt'>,
): Promise<ListedMeeting[]> {
  if (channels.length === 0) return [];
  const byGuild = Map.groupBy(channels, ({ guildId }) => guildId);
  const inChannels = db
    .selectFrom('meetings')
    .selectAll()
    .where(({ or, and, eb }) =>
      or(
        [...byGuild].map(([guildId, ofGuild]) =>
          and([
            eb('guild_id', '=', guildId),
            eb(
              'text_channel_id',
              'in',
              ofGuild.map(({ textChannelId }) => textChannelId),
            ),
          ]),
        ),
      ),
    );
  return await newest(db, inChannels, limit, before);
}

/** Where meetings of a guild are held and written, the place used last first. */
export async function placesOfGuild(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  limit: number,
): Promise<MeetingPlace[]> {
  const rows = await db
    .selectFrom('meetings')
    .select(['voice_channel_id', 'text_channel_id'])
    .where('guild_id', '=', guildId)
    .groupBy(['voice_channel_id', 'text_channel_id'])
    .orderBy(({ fn }) => fn.max('began_at_ms'), 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ voiceChannelId: row.voice_channel_id, textChannelId: row.text_channel_id }));
}

/** A guild's meetings in these places or started by one person, the newest first. */
export async function meetingsAt(
  db: Kysely<JournalTables>,
  guildId: GuildId,
  { places, startedBy, limit, before, since }: ListRequest,
): Promise<ListedMeeting[]> {
  const byText = Map.groupBy(places, ({ textChannelId }) => textChannelId);
  const wanted = db
    .selectFrom('meetings')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('began_at_ms', '>=', since?.getTime() ?? 0)
    .where(({ or, and, eb }) =>
      or([
        eb('started_by', '=', startedBy),
        ...[...byText].map(([textChannelId, there]) =>
          and([
            eb('text_channel_id', '=', textChannelId),
            eb(
              'voice_channel_id',
              'in',
              there.map(({ voiceChannelId }) => voiceChannelId),
            ),
          ]),
        ),
      ]),
    );
  return await newest(db, wanted, limit, before);
}

type Meetings = SelectQueryBuilder<JournalTables, 'meetings', Selectable<JournalTables['meetings']>>;

async function newest(
  db: Kysely<JournalTables>,
  wanted: Meetings,
  limit: number,
  before: Pick<MeetingHead, 'id' | 'beganAt'> | undefined,
): Promise<ListedMeeting[]> {
  const beforeMs = before?.beganAt.getTime() ?? 0;
  const following =
    before === undefined
      ? wanted
      : wanted.where(({ or, and, eb }) =>
          or([eb('began_at_ms', '<', beforeMs), and([eb('began_at_ms', '=', beforeMs), eb('id', '<', before.id)])]),
        );
  const rows = await following.orderBy('began_at_ms', 'desc').orderBy('id', 'desc').limit(limit).execute();
  const heads = await withPlaces(db, rows.map(toHead));
  return heads.map((head, index) => {
    const row = rows[index];
    const endedMs = row && toEnd(row).endedMs;
    return { head, ...(endedMs !== undefined && { endedMs }) };
  });
}
