import type { Insertable, Kysely, Selectable } from 'kysely';
import type { GuildId, SpeakerId } from '../../../core/ids.ts';
import type { JournalTables } from './schema.ts';

type SessionRow = Selectable<JournalTables['sessions']>;

/** Begins a session, and ends the oldest ones of the same member where there are more than `most`. */
export async function insertSession(
  db: Kysely<JournalTables>,
  row: Insertable<JournalTables['sessions']>,
  most: number,
): Promise<void> {
  await db
    .insertInto('sessions')
    .values(row)
    .onConflict((conflict) => conflict.column('key_hash').doNothing()) // the same write again
    .execute();
  const newest = db
    .selectFrom('sessions')
    .select('key_hash')
    .where('user_id', '=', row.user_id)
    .orderBy('began_at_ms', 'desc')
    .limit(most);
  await db.deleteFrom('sessions').where('user_id', '=', row.user_id).where('key_hash', 'not in', newest).execute();
}

export async function sessionRow(
  db: Kysely<JournalTables>,
  keyHash: string,
  nowMs: number,
): Promise<SessionRow | undefined> {
  return await db
    .selectFrom('sessions')
    .selectAll()
    .where('key_hash', '=', keyHash)
    .where('until_ms', '>', nowMs)
    .executeTakeFirst();
}

export async function noteVisit(
  db: Kysely<JournalTables>,
  keyHash: string,
  { seenAtMs, untilMs }: { readonly seenAtMs: number; readonly untilMs: number },
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ seen_at_ms: seenAtMs, until_ms: untilMs })
    .where('key_hash', '=', keyHash)
    .execute();
}

export async function whichHashes(
  db: Kysely<JournalTables>,
  keyHashes: readonly string[],
  nowMs: number,
): Promise<string[]> {
  if (keyHashes.length === 0) return [];
  const rows = await db
    .selectFrom('sessions')
    .select('key_hash')
    .where('key_hash', 'in', keyHashes)
    .where('until_ms', '>', nowMs)
    .execute();
  return rows.map(({ key_hash }) => key_hash);
}

export async function countSessions(db: Kysely<JournalTables>, userId: SpeakerId, nowMs: number): Promise<number> {
  const { count } = await db
    .selectFrom('sessions')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('user_id', '=', userId)
    .where('until_ms', '>', nowMs)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** @returns how many there were */
export async function deleteSessions(
  db: Kysely<JournalTables>,
  which: { readonly keyHash: string } | { readonly userId: SpeakerId } | { readonly overAtMs: number },
): Promise<number> {
  const all = db.deleteFrom('sessions');
  const meant =
    'keyHash' in which
      ? all.where('key_hash', '=', which.keyHash)
      : 'userId' in which
        ? all.where('user_id', '=', which.userId)
        : all.where('until_ms', '<=', which.overAtMs);
  const { numDeletedRows } = await meant.executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Ids are numbers, so a space can stand between them. */
export function fromGuildIds(guildIds: readonly GuildId[]): string {
  return guildIds.join(' ');
}

export function toGuildIds(text: string): readonly GuildId[] {
  return text.split(' ').filter((id) => id !== '');
}
