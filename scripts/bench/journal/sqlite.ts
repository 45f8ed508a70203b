import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { scope } from '../../../src/storage/journal/search/index-texts.ts';
import { seededRandom } from '../../../test/simulators/discord/voice/index.ts';
import {
  guildOf,
  rankOf,
  SEGMENT_MS,
  SEGMENTS_PER_MEETING,
  SPEAKERS,
  VOCABULARY,
  WORDS_PER_SEGMENT,
  word,
} from './text.ts';

const SEED = 11;

/**
 * Fills the real tables of a journal in SQLite with prepared statements, in minutes. The journal's own writes, with one
 * transaction each, would take an hour. The full-text index is filled as the migration fills it.
 *
 * @param path - of a file in which a journal has created its tables
 * @param from - how many segments are in it already; only whole meetings
 */
export async function fillSqlite(path: string, from: number, to: number): Promise<void> {
  using file = new DatabaseSync(path);
  file.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA secure_delete = OFF;');
  const random = seededRandom(SEED + from);
  const words = Array.from({ length: VOCABULARY + 1 }, (_, rank) => word(rank));
  const insert = file.prepare(
    `INSERT INTO segments (id, meeting_id, utterance_id, translated_into, speaker_id, start_ms, end_ms, language, confirmed, text)
     VALUES (?, ?, ?, '', ?, ?, ?, 'en', 1, ?)`,
  );
  const index = file.prepare('INSERT INTO segment_words (rowid, scope, words) VALUES (?, ?, ?)');
  for (let before = from; before < to; before += SEGMENTS_PER_MEETING) {
    const meeting = before / SEGMENTS_PER_MEETING;
    const texts: string[] = [];
    file.exec('BEGIN');
    for (let i = 0; i < SEGMENTS_PER_MEETING; i++) {
      const text = Array.from({ length: WORDS_PER_SEGMENT }, () => words[rankOf(random())]).join(' ');
      const startMs = i * SEGMENT_MS;
      insert.run(before + i + 1, `m${meeting}`, `u${i}`, speaker(i), startMs, startMs + SEGMENT_MS, text);
      texts.push(text);
    }
    // From the newest to the oldest, because the index numbers its rows downwards. In this order FTS5 only appends.
    for (let i = SEGMENTS_PER_MEETING - 1; i >= 0; i--) {
      const scopes = [scope.guild(guildOf(meeting)), scope.speaker(speaker(i)), scope.language('en')];
      index.run(-(before + i + 1), scopes.join(' '), texts[i] ?? '');
    }
    file.exec('COMMIT');
    await nextTurn();
  }
  // Otherwise the first writes of the journal would have to do this.
  const { busy } = file.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
  if (busy !== 0)
    throw new Error('Cannot empty the write-ahead file of the benchmark’s database because somebody reads it');
}

function speaker(segment: number): string {
  return String(100 + (segment % SPEAKERS));
}
