import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { GuildId, MeetingId } from '../../../core/ids.ts';
import type { SearchHit, SearchRequest } from '../../../core/ports/archive.ts';
import { segmentInOwnWords } from '../../../core/text/glossary.ts';
import { baseLanguage, sameLanguage } from '../../../core/text/language.ts';
import { toPosted } from '../tables/messages.ts';
import { withPlaces } from '../tables/places.ts';
import { segmentsOf, toHead, toSegment } from '../tables/rows.ts';
import type { JournalTables } from '../tables/schema.ts';
import { type SearchIndex, scope } from './index-texts.ts';
import { matchesIn, readQuery } from './query.ts';

const FIRST_ROUND = 50; // texts: usually enough
const LONGEST_ROUND = 1_000; // texts: a few milliseconds in which the whole process waits for SQLite
const MEETINGS_ASKED = 5; // most meetings have texts, so one would nearly always be enough
const TIME_LIMIT_MS = 5_000; // somebody waits for the answer, and gets what was found so far

/**
 * Finds texts of a server, the newest first; each utterance once, in whichever language matched.
 *
 * SQLite answers on the main thread, so it is asked in short rounds, and live audio gets its turn in between.
 */
export async function searchJournal(
  db: Kysely<JournalTables>,
  index: SearchIndex,
  guildId: GuildId,
  request: SearchRequest,
): Promise<SearchHit[]> {
  const glossary = request.glossary ?? [];
  const clauses = readQuery(request.query, glossary);
  if (clauses.length === 0 || request.limit < 1) return [];
  const scopes = [
    scope.guild(guildId),
    ...(request.speakerId === undefined ? [] : [scope.speaker(request.speakerId)]),
    ...(request.language === undefined ? [] : [scope.language(baseLanguage(request.language))]),
  ];
  const span = request.meetingId === undefined ? EVERYTHING : await idsOf(db, request.meetingId);
  const fromId = Math.max(span.fromId, request.since ? await firstIdSince(db, guildId, request.since) : 0);
  const hits = new Map<string, SearchHit>(); // by utterance
  const giveUpAt = performance.now() + TIME_LIMIT_MS;
  for (let beforeId = span.beforeId, limit = FIRST_ROUND; ; limit = Math.min(limit * 4, LONGEST_ROUND)) {
    const ids = await index.find(db, { scopes, clauses, fromId, beforeId, limit });
    for (const { meeting, segment: heard } of await read(db, await readable(db, ids, request.mayRead))) {
      if (request.meetingId !== undefined && meeting.id !== request.meetingId) continue;
      if (request.language !== undefined && !sameLanguage(heard.language, request.language)) continue;
      const segment = segmentInOwnWords(heard, glossary);
      if (request.since && meeting.beganAt.getTime() + segment.startMs < request.since.getTime()) continue;
      const key = `${meeting.id} ${segment.utteranceId}`;
      const isKnown = hits.has(key);
      if (!isKnown && hits.size >= request.limit) continue;
      // A translation is newer than its final, so it is found first; the words that were spoken are the better answer.
      if (!isKnown || segment.kind === 'final') {
        hits.set(key, { meeting, segment, matches: matchesIn(segment.text, clauses) });
      }
    }
    const oldest = ids.at(-1);
    if (oldest === undefined || ids.length < limit || hits.size >= request.limit) break;
    if (performance.now() > giveUpAt) break;
    beforeId = oldest;
    await nextTurn();
  }
  return withMessages(db, await withNames(db, [...hits.values()]));
}

const EVERYTHING = { fromId: 0, beforeId: Number.MAX_SAFE_INTEGER };

/** The texts of a meeting, and those of other servers between them. */
async function idsOf(db: Kysely<JournalTables>, meetingId: MeetingId): Promise<typeof EVERYTHING> {
  const ids = await db
    .selectFrom('segments')
    // Without `+ 0` PostgreSQL walks through the ids of all meetings until it finds one of this meeting.
    .select([sql<number | null>`min(id + 0)`.as('first'), sql<number | null>`max(id + 0)`.as('last')])
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  const last = ids?.last ?? null;
  return last === null ? { fromId: 0, beforeId: 0 } : { fromId: Number(ids?.first ?? 0), beforeId: Number(last) + 1 };
}

/**
 * The oldest text to search: the first one of the meeting that ran at that time, or of the first meetings after it.
 *
 * A server has one meeting at a time, so its texts are numbered in the order of its meetings.
 */
async function firstIdSince(db: Kysely<JournalTables>, guildId: GuildId, since: Date): Promise<number> {
  const running = await db
    .selectFrom('meetings')
    .select('began_at_ms')
    .where('guild_id', '=', guildId)
    .where('began_at_ms', '<=', since.getTime())
    .orderBy('began_at_ms', 'desc')
    .limit(1)
    .executeTakeFirst();
  const firsts = await db
    .selectFrom('meetings')
    .select(({ selectFrom }) =>
      selectFrom('segments')
        // Without `+ 0` PostgreSQL walks through the ids of all meetings until it finds one of this meeting.
        .select(sql<number | null>`min(segments.id + 0)`.as('id'))
        .whereRef('segments.meeting_id', '=', 'meetings.id')
        .as('id'),
    )
    .where('guild_id', '=', guildId)
    .where('began_at_ms', '>=', running?.began_at_ms ?? since.getTime())
    .orderBy('began_at_ms')
    .limit(MEETINGS_ASKED)
    .execute();
  const ids = firsts.flatMap(({ id }) => (id === null ? [] : [Number(id)]));
  return ids.length > 0 ? Math.min(...ids) : 0; // unknown: then every text is searched
}

type MayRead = NonNullable<SearchRequest['mayRead']>;

/** The texts of meetings that may be read. */
async function readable(
  db: Kysely<JournalTables>,
  ids: readonly number[],
  mayRead: MayRead | undefined,
): Promise<readonly number[]> {
  if (!mayRead || ids.length === 0) return ids;
  const rows = await db.selectFrom('segments').select(['id', 'meeting_id']).where('id', 'in', ids).execute();
  const meetings = await db
    .selectFrom('meetings')
    .selectAll()
    .where('id', 'in', [...new Set(rows.map((row) => row.meeting_id))])
    .execute();
  const heads = await withPlaces(db, meetings.map(toHead));
  const allowed = await Promise.all(heads.map(async (head) => ((await mayRead(head)) ? [head.id] : [])));
  const readableIds = new Set(allowed.flat());
  return rows.filter((row) => readableIds.has(row.meeting_id)).map(({ id }) => Number(id));
}

/** The texts with these ids that still exist, the newest first. */
async function read(db: Kysely<JournalTables>, ids: readonly number[]): Promise<Omit<SearchHit, 'matches'>[]> {
  if (ids.length === 0) return [];
  const rows = await segmentsOf(db).where('segments.id', 'in', ids).orderBy('segments.id', 'desc').execute();
  const meetings = await db
    .selectFrom('meetings')
    .selectAll()
    .where('id', 'in', [...new Set(rows.map((row) => row.meeting_id))])
    .execute();
  const heads = new Map(meetings.map((row) => [row.id, toHead(row)]));
  return rows.flatMap((row) => {
    const meeting = heads.get(row.meeting_id);
    return meeting ? { meeting, segment: toSegment(row) } : [];
  });
}

/** Adds the latest name of each speaker in these meetings. */
async function withNames(db: Kysely<JournalTables>, hits: readonly SearchHit[]): Promise<SearchHit[]> {
  if (hits.length === 0) return [];
  const stays = await db
    .selectFrom('attendance')
    .select(['meeting_id', 'speaker_id', 'display_name'])
    .where('meeting_id', 'in', [...new Set(hits.map(({ meeting }) => meeting.id))])
    .orderBy('joined_ms')
    .execute();
  const given = await db
    .selectFrom('given_names')
    .select(['meeting_id', 'speaker_id', 'name as display_name'])
    .where('meeting_id', 'in', [...new Set(hits.map(({ meeting }) => meeting.id))])
    .execute();
  const names = new Map(
    [...stays, ...given].map((name) => [`${name.meeting_id} ${name.speaker_id}`, name.display_name]),
  );
  return hits.map((hit) => {
    const speakerName = names.get(`${hit.meeting.id} ${hit.segment.speakerId}`);
    return speakerName === undefined ? hit : { ...hit, speakerName };
  });
}

/** Adds the message that shows each text. */
async function withMessages(db: Kysely<JournalTables>, hits: readonly SearchHit[]): Promise<SearchHit[]> {
  if (hits.length === 0) return [];
  const rows = await db
    .selectFrom('messages')
    .selectAll()
    .where('meeting_id', 'in', [...new Set(hits.map(({ meeting }) => meeting.id))])
    .where('utterance_id', 'in', [...new Set(hits.map(({ segment }) => segment.utteranceId))])
    .orderBy('id')
    .execute();
  return hits.map((hit): SearchHit => {
    const { meeting, segment } = hit;
    const own = rows.filter((row) => row.meeting_id === meeting.id && row.utterance_id === segment.utteranceId);
    const row =
      own.find(({ language }) => segment.kind === 'translation' && language === segment.language) ??
      own.find(({ language }) => language === '');
    return row ? { ...hit, postedAt: toPosted(row) } : hit;
  });
}
