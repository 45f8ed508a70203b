import pg from 'pg';
import { scope } from '../../../src/storage/journal/search/index-texts.ts';
import { rankInSql, SEGMENT_MS, SEGMENTS_PER_MEETING, SPEAKERS, WORDS_PER_SEGMENT, wordInSql } from './text.ts';

const INDEX = 'segment_words_by_word';

/**
 * Fills the real tables of a journal in PostgreSQL with statements that generate the rows on the server.
 *
 * Drops the full-text index meanwhile, and creates it again from its own definition, because filling it row by row
 * would take longer than everything else.
 */
export async function fillPostgres(url: string, segments: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    await client.query("SET maintenance_work_mem = '1GB'"); // builds the index in memory, which is several times as fast
    const found = await client.query('SELECT indexdef FROM pg_indexes WHERE indexname = $1', [INDEX]);
    const [row] = found.rows as { readonly indexdef: string }[]; // the selected column
    if (!row) throw new Error(`there is no index ${INDEX}`);
    await client.query(`DROP INDEX ${INDEX}`);
    await client.query(`
      INSERT INTO segments (meeting_id, utterance_id, translated_into, speaker_id, start_ms, end_ms, language, confirmed, text)
      SELECT 'm' || n / ${SEGMENTS_PER_MEETING}, 'u' || n, '', (100 + n % ${SPEAKERS})::text,
        n % ${SEGMENTS_PER_MEETING} * ${SEGMENT_MS}, (n % ${SEGMENTS_PER_MEETING} + 1) * ${SEGMENT_MS}, 'en', 1,
        (SELECT string_agg(${wordInSql(rankInSql())}, ' ') FROM generate_series(1, ${WORDS_PER_SEGMENT} + n * 0))
      FROM generate_series(0, ${segments - 1}) n`);
    await client.query(`
      INSERT INTO segment_words (segment_id, words)
      SELECT id, ('''=${scope.guild('0')}'' ''=${scope.speaker('')}' || speaker_id || ''' ''=${scope.language('en')}'' ' || (
        SELECT string_agg('''' || word || ''':' || at, ' ') FROM string_to_table(text, ' ') WITH ORDINALITY AS t (word, at)
      ))::tsvector FROM segments`);
    await client.query(row.indexdef);
    // Brings the database into the state of a used one. Otherwise its vacuum would run during the measurement.
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}
