import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { MeetingId } from '../../../core/ids.ts';
import type { SignOfLife } from '../../../core/record.ts';
import type { JournalTables } from './schema.ts';

const ACCOUNT = z.object({
  speakerId: z.string(),
  heardMs: z.number(),
  concealedFrames: z.number(),
  undecryptable: z.number(),
  corrupt: z.number(),
  sentMs: z.number(),
  silenceMs: z.number(),
  sockets: z.number(),
  reconnects: z.number(),
  forcedFinals: z.number(),
});

const SIGN = z.object({
  atMs: z.number(),
  untold: z.array(z.object({ speakerId: z.string(), sinceMs: z.number() })).readonly(),
  spoken: z.string().exactOptional(),
  accounts: z.array(ACCOUNT).readonly().exactOptional(),
  isPlanned: z.boolean().exactOptional(),
});

/** Replaces the sign before it; without one the meeting is only known to be unsettled. */
export async function writeSign(db: Kysely<JournalTables>, id: MeetingId, sign?: SignOfLife): Promise<void> {
  await db
    .insertInto('unsettled')
    .values({ meeting_id: id, sign: sign ? JSON.stringify(sign) : null })
    .onConflict((conflict) => {
      const same = conflict.column('meeting_id');
      return sign ? same.doUpdateSet(({ ref }) => ({ sign: ref('excluded.sign') })) : same.doNothing();
    })
    .execute();
}

export async function signOf(db: Kysely<JournalTables>, id: MeetingId): Promise<SignOfLife | undefined> {
  const row = await db.selectFrom('unsettled').select('sign').where('meeting_id', '=', id).executeTakeFirst();
  if (row?.sign == null) return undefined;
  const read = SIGN.safeParse(JSON.parse(row.sign));
  return read.success ? read.data : undefined; // an older version's: the other news will do
}
