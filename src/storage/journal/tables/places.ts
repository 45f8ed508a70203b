import type { Insertable, Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { MeetingId } from '../../../core/ids.ts';
import type { MeetingHead, Occasion, Places, StatusNotice } from '../../../core/record.ts';
import type { JournalTables } from './schema.ts';

const OCCASION: z.ZodType<Occasion> = z.object({
  eventId: z.string(),
  name: z.string(),
  about: z.string(),
  endsMeeting: z.boolean(),
});
const STATUS: z.ZodType<StatusNotice> = z.object({ notice: z.string(), before: z.string() });

/** Places that are given replace earlier ones; the others stay. */
export async function writePlaces(db: Kysely<JournalTables>, id: MeetingId, places: Places): Promise<void> {
  const rows = toRows(id, places);
  if (rows.length === 0) return;
  await db
    .insertInto('places')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['meeting_id', 'kind', 'language'])
        .doUpdateSet(({ ref }) => ({ discord_id: ref('excluded.discord_id') })),
    )
    .execute();
}

/** Adds its places to each meeting. */
export async function withPlaces(db: Kysely<JournalTables>, heads: readonly MeetingHead[]): Promise<MeetingHead[]> {
  if (heads.length === 0) return [];
  const ids = heads.map(({ id }) => id);
  const rows = await db.selectFrom('places').selectAll().where('meeting_id', 'in', ids).orderBy('language').execute();
  const byMeeting = Map.groupBy(rows, (row) => row.meeting_id);
  return heads.map((head) => {
    const own = byMeeting.get(head.id);
    return own ? { ...head, places: toPlaces(own) } : head;
  });
}

function toRows(
  id: MeetingId,
  { panelMessageId, threadId, languageThreads, besideVoices, voiceStatuses, minutes = [], occasion }: Places,
): Insertable<JournalTables['places']>[] {
  const row = (kind: JournalTables['places']['kind'], language: string, discordId: string) => ({
    meeting_id: id,
    kind,
    language,
    discord_id: discordId,
  });
  return [
    ...(panelMessageId === undefined ? [] : [row('panel', '', panelMessageId)]),
    ...(threadId === undefined ? [] : [row('thread', '', threadId)]),
    ...Object.entries(languageThreads ?? {}).map(([language, thread]) => row('language thread', language, thread)),
    ...Object.entries(besideVoices ?? {}).map(([channelId, message]) => row('beside voices', channelId, message)),
    ...Object.entries(voiceStatuses ?? {}).map(([id, status]) => row('voice status', id, JSON.stringify(status))),
    ...(occasion === undefined ? [] : [row('occasion', '', JSON.stringify(occasion))]),
    ...minutes.map(({ channelId, messageId }, index) => row('minutes', `${index}`, `${channelId}/${messageId}`)),
  ];
}

function toPlaces(rows: readonly Selectable<JournalTables['places']>[]): Places {
  const panel = rows.find(({ kind }) => kind === 'panel');
  const thread = rows.find(({ kind }) => kind === 'thread');
  const beside = rows.filter(({ kind }) => kind === 'beside voices');
  const statuses = rows.filter(({ kind }) => kind === 'voice status');
  const occasion = rows.find(({ kind }) => kind === 'occasion');
  const languages = rows.filter(({ kind }) => kind === 'language thread');
  const minutes = rows
    .filter(({ kind }) => kind === 'minutes')
    .sort((a, b) => Number(a.language) - Number(b.language))
    .map((row) => {
      const [channelId = '', messageId = ''] = row.discord_id.split('/');
      return { channelId, messageId };
    });
  return {
    ...(panel && { panelMessageId: panel.discord_id }),
    ...(thread && { threadId: thread.discord_id }),
    ...(minutes.length > 0 && { minutes }),
    ...(occasion && { occasion: OCCASION.parse(JSON.parse(occasion.discord_id)) }),
    ...(beside.length > 0 && { besideVoices: Object.fromEntries(beside.map((row) => [row.language, row.discord_id])) }),
    ...(statuses.length > 0 && {
      voiceStatuses: Object.fromEntries(
        statuses.map((row) => [row.language, STATUS.parse(JSON.parse(row.discord_id))]),
      ),
    }),
    ...(languages.length > 0 && {
      languageThreads: Object.fromEntries(languages.map((row) => [row.language, row.discord_id])),
    }),
  };
}
