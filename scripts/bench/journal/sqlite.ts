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
 * Fills the real tables of a journal in SQLite with prepared statements: a journal's own writes, one transaction each,
 * would take an hour for what takes minutes here. The full-text index is written as the migration writes it.
 *
 * @param path - of a file in which a journal has made its tables
 * @param from - so many segments are in it already; whole meetings only
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
    // From the newest to the oldest: its rows are numbered downwards, and in this order FTS5 only appends.
    for (let i = SEGMENTS_PER_MEETING - 1; i >= 0; i--) {
      const scopes = [scope.guild(guildOf(meeting)), scope.speaker(speaker(i)), scope.language('en')];
      index.run(-(before + i + 1), scopes.join(' '), texts[i] ?? '');
    }
    file.exec('COMMIT');
    await nextTurn();
  }
  // Or the journal's first writes would pay for it.
  const { busy } = file.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
  if (busy !== 0) throw new Error('Cannot tidy up the bench’s database as somebody reads it');
}

function speaker(segment: number): string {
  return String(100 + (segment % SPEAKERS));
}
