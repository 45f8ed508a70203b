import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { MeetingId } from '../../../core/ids.ts';
import { SUMMARY_FAILURES, SUMMARY_TEMPLATES, type Summary } from '../../../core/summary.ts';
import { inTransaction } from './in-transaction.ts';
import { storable } from './rows.ts';
import type { JournalTables } from './schema.ts';

const point = z.object({ text: z.string(), cites: z.array(z.string()).min(1) });
const text = z.object({
  language: z.string(),
  title: z.string().exactOptional(),
  keyPoints: z.array(point),
  decisions: z.array(point),
  actions: z.array(point.extend({ owner: z.string().exactOptional(), due: z.string().exactOptional() })),
  questions: z.array(point),
});
const content = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('written'),
    texts: z.array(text),
    madeBy: z.object({
      model: z.string(),
      inputTokens: z.number().exactOptional(),
      outputTokens: z.number().exactOptional(),
      costUsd: z.number().exactOptional(),
    }),
    template: z.enum(SUMMARY_TEMPLATES).exactOptional(),
  }),
  z.object({ kind: z.literal('failed'), because: z.enum(SUMMARY_FAILURES) }),
]) satisfies z.ZodType<Summary>;

/** Replaces an earlier summary. @returns false, and keeps nothing, when finals that it was made from are gone */
export async function writeSummary(
  db: Kysely<JournalTables>,
  id: MeetingId,
  summary: Summary,
  fromFinals: number,
): Promise<boolean> {
  return inTransaction(db, async (step) => {
    const { count } = await step
      .selectFrom('segments')
      .select(({ fn }) => fn.countAll<number | string>().as('count'))
      .where('meeting_id', '=', id)
      .where('translated_into', '=', '')
      .executeTakeFirstOrThrow();
    if (Number(count) < fromFinals) return false;
    const row = { content: storable(JSON.stringify(summary)) };
    await step
      .insertInto('summaries')
      .values({ meeting_id: id, ...row })
      .onConflict((conflict) => conflict.column('meeting_id').doUpdateSet(row))
      .execute();
    return true;
  });
}

/** A summary in a newer Parley's format counts as none: minutes then quote what was said. */
export async function summaryOf(db: Kysely<JournalTables>, id: MeetingId): Promise<Summary | undefined> {
  const row = await db.selectFrom('summaries').select('content').where('meeting_id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const read = content.safeParse(parsed(row.content));
  return read.success ? read.data : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // a damaged row counts as none, too
  }
}
