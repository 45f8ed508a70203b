import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { MeetingId } from '../../../core/ids.ts';
import type { SignOfLife } from '../../../core/record.ts';
import type { JournalTables } from './schema.ts';

const TALLY = z.object({
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

/** As it is stored: under the names of the first version, so that each version reads the others' signs. */
const STORED_SIGN = z.object({
  atMs: z.number(),
  untold: z.array(z.object({ speakerId: z.string(), sinceMs: z.number() })).readonly(),
  spoken: z.string().exactOptional(),
  accounts: z.array(TALLY).readonly().exactOptional(),
  ungreeted: z.array(z.string()).readonly().exactOptional(),
  isPlanned: z.boolean().exactOptional(),
});

function toStored({ pending, tallies, ...rest }: SignOfLife): z.infer<typeof STORED_SIGN> {
  return { ...rest, untold: pending, ...(tallies && { accounts: tallies }) };
}

function fromStored({ untold, accounts, ...rest }: z.infer<typeof STORED_SIGN>): SignOfLife {
  return { ...rest, pending: untold, ...(accounts && { tallies: accounts }) };
}

/** Replaces the previous sign; without a sign, only notes that the meeting is unsettled. */
export async function writeSign(db: Kysely<JournalTables>, id: MeetingId, sign?: SignOfLife): Promise<void> {
  await db
    .insertInto('unsettled')
    .values({ meeting_id: id, sign: sign ? JSON.stringify(toStored(sign)) : null })
    .onConflict((conflict) => {
      const same = conflict.column('meeting_id');
      return sign ? same.doUpdateSet(({ ref }) => ({ sign: ref('excluded.sign') })) : same.doNothing();
    })
    .execute();
}

export async function signOf(db: Kysely<JournalTables>, id: MeetingId): Promise<SignOfLife | undefined> {
  const row = await db.selectFrom('unsettled').select('sign').where('meeting_id', '=', id).executeTakeFirst();
  if (row?.sign == null) return undefined;
  const read = STORED_SIGN.safeParse(JSON.parse(row.sign));
  return read.success ? fromStored(read.data) : undefined; // written by another version: the meeting's other data will do
}
