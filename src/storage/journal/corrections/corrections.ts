import { type Kysely, sql } from 'kysely';
import { type CorrectionRequest, type KeptCorrection, printOf } from '../../../core/correcting/correction.ts';
import type { GuildId, SpeakerId } from '../../../core/ids.ts';
import type { FinalSegment } from '../../../core/segment.ts';
import { indexSegment, type SearchIndex } from '../search/index-texts.ts';
import { inTransaction } from '../tables/in-transaction.ts';
import { segmentsOf, storable, toSegment } from '../tables/rows.ts';
import type { JournalTables } from '../tables/schema.ts';

/** What a final that is written once more leaves in its row: a corrected text stays. */
export const textUnlessCorrected = sql<string>`
  case when exists (select 1 from corrections where corrections.segment_id = segments.id)
  then segments.text else excluded.text end`;

/** Puts a final right, in the full-text index as well. A second correction keeps the original of the first. */
export function keepCorrection(
  db: Kysely<JournalTables>,
  index: SearchIndex,
  request: CorrectionRequest,
): Promise<KeptCorrection> {
  const { seen, byId, atMs } = request;
  const byName = storable(request.byName);
  const text = storable(request.text);
  return inTransaction(db, async (step): Promise<KeptCorrection> => {
    const found = await finalOf(step, request);
    if (!found) return { kind: 'gone' };
    const { id, guildId, final } = found;
    if (printOf(final.text) !== seen) return { kind: 'changed', final };
    // Somebody else's transaction may be about to do the same: then the row is no longer as it was read.
    const { numUpdatedRows } = await step
      .updateTable('segments')
      .set({ text })
      .where('id', '=', id)
      .where('text', '=', final.text)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) {
      const now = await finalOf(step, request);
      return now ? { kind: 'changed', final: now.final } : { kind: 'gone' };
    }
    const who = { corrected_by: byId, corrected_by_name: byName, corrected_at_ms: atMs };
    const original = final.corrected?.original ?? final.text;
    await step
      .insertInto('corrections')
      .values({ segment_id: id, original, ...who })
      .onConflict((conflict) => conflict.column('segment_id').doUpdateSet(who))
      .execute();
    await indexSegment(step, index, id, guildId, { speaker_id: final.speakerId, language: final.language, text });
    return { kind: 'corrected', final: { ...final, text, corrected: { original, byId, byName, atMs } } };
  });
}

interface FoundFinal {
  readonly id: number;
  readonly guildId: GuildId;
  readonly final: FinalSegment;
}

async function finalOf(
  db: Kysely<JournalTables>,
  { meetingId, utteranceId }: Pick<CorrectionRequest, 'meetingId' | 'utteranceId'>,
): Promise<FoundFinal | undefined> {
  const row = await segmentsOf(db)
    .innerJoin('meetings', 'meetings.id', 'segments.meeting_id')
    .select('meetings.guild_id')
    .where('meeting_id', '=', meetingId)
    .where('utterance_id', '=', utteranceId)
    .where('translated_into', '=', '')
    .executeTakeFirst();
  const final = row && toSegment(row);
  return row && final?.kind === 'final' ? { id: Number(row.id), guildId: row.guild_id, final } : undefined;
}

/** A subquery for the meetings in which somebody corrected a line. */
export function meetingsCorrectedBy(db: Kysely<JournalTables>, personId: SpeakerId) {
  return db
    .selectFrom('corrections')
    .innerJoin('segments', 'segments.id', 'corrections.segment_id')
    .select('meeting_id')
    .where('corrected_by', '=', personId);
}

/** Forgets who corrected: the texts stay as they are, corrected. */
export async function forgetCorrector(db: Kysely<JournalTables>, guildId: GuildId, personId: SpeakerId): Promise<void> {
  const ofGuild = db
    .selectFrom('segments')
    .innerJoin('meetings', 'meetings.id', 'segments.meeting_id')
    .select('segments.id')
    .where('guild_id', '=', guildId);
  await db
    .updateTable('corrections')
    .set({ corrected_by: '', corrected_by_name: '' })
    .where('corrected_by', '=', personId)
    .where('segment_id', 'in', ofGuild)
    .execute();
}
