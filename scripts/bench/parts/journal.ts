import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quiet } from '../../../src/core/log.ts';
import type { SearchRequest } from '../../../src/core/ports/archive.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { seededRandom } from '../../../test/simulators/discord/voice/index.ts';
import { answersPostgres, makeDatabase } from '../../../test/storage/support/postgres.ts';
import { makeFinal, makeHead } from '../../../test/support/make.ts';
import { fillPostgres } from '../journal/postgres.ts';
import { fillSqlite } from '../journal/sqlite.ts';
import {
  FIRST_MEETING,
  guildOf,
  MEETING_EVERY_MS,
  rankOf,
  SEGMENTS_PER_MEETING,
  VOCABULARY,
  WORDS_PER_SEGMENT,
  word,
} from '../journal/text.ts';
import { percentile } from '../report/statistics.ts';

const GUILD = '0';
const SEARCHES_OF_A_KIND = 8;
const HITS = 10; // as many as `/minutes search` requests
const WRITES = 2_000;
const SEED = 5;

/** Figures by their name in the report, such as `sqlite_2M_p95Ms`. Figures measured before a failure remain. */
type JournalFigures = Record<string, number | null>;

/** Measures searches in a growing journal in SQLite, and writes when it is largest. */
export async function measureSqlite(sizes: readonly number[], figures: JournalFigures): Promise<void> {
  using open = new DisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'parley-journal-'));
  open.defer(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'journal.db');
  await using journal = await openJournal(`sqlite://${path}`, quiet);
  let meetings = 0;
  let filled = 0;
  for (const size of sizes) {
    meetings = await beginMeetings(journal, meetings, size);
    await fillSqlite(path, filled, size);
    filled = size;
    await measureSearch(journal, meetings, `sqlite_${nameOf(size)}`, figures);
  }
  await measureWrites(journal, meetings, 'sqlite_insert', figures);
}

/** Measures searches and writes in PostgreSQL, at one size. @throws when no PostgreSQL answers */
export async function measurePostgres(size: number, figures: JournalFigures): Promise<void> {
  if (!(await answersPostgres())) throw new Error('no PostgreSQL answers on 127.0.0.1:5432');
  await using database = await makeDatabase();
  await using journal = await openJournal(database.url, quiet);
  const meetings = await beginMeetings(journal, 0, size);
  await fillPostgres(database.url, size);
  await measureSearch(journal, meetings, `postgres_${nameOf(size)}`, figures);
  await measureWrites(journal, meetings, 'postgres_insert', figures);
}

async function beginMeetings(journal: Journal, from: number, segments: number): Promise<number> {
  const meetings = Math.ceil(segments / SEGMENTS_PER_MEETING);
  for (let i = from; i < meetings; i++) {
    const id = `m${i}`;
    await journal.begin(makeHead({ id, guildId: guildOf(i), beganAt: beganAt(i) }));
    await journal.of(id).end(MEETING_EVERY_MS / 2, 'stopped');
  }
  return meetings;
}

async function measureSearch(journal: Journal, meetings: number, name: string, figures: JournalFigures): Promise<void> {
  const tookMs: number[] = [];
  for (const request of searches(meetings)) {
    const beganMs = performance.now();
    await journal.archive.search(GUILD, request);
    tookMs.push(performance.now() - beganMs);
  }
  figures[`${name}_p50Ms`] = percentile(tookMs, 50);
  figures[`${name}_p95Ms`] = percentile(tookMs, 95);
}

/** Typical searches: common and rare words, several words, phrases, beginnings, with a speaker, since a date. */
function searches(meetings: number): SearchRequest[] {
  const random = seededRandom(SEED);
  const any = () => word(rankOf(random()));
  const among = (from: number, to: number) => word(Math.floor(from + random() * (to - from)));
  const since = beganAt(Math.floor(meetings * 0.9));
  const kinds: readonly (() => Omit<SearchRequest, 'limit'>)[] = [
    () => ({ query: among(1, 50) }),
    () => ({ query: among(200, 2_000) }),
    () => ({ query: among(10_000, VOCABULARY) }),
    () => ({ query: word(VOCABULARY + 1 + Math.floor(random() * 1_000)) }), // a word that nobody said
    () => ({ query: `${any()} ${any()}` }),
    () => ({ query: `${among(200, 2_000)} ${among(200, 2_000)}` }),
    () => ({ query: `"${among(1, 50)} ${among(1, 50)}"` }),
    () => ({ query: among(200, 2_000).slice(0, -1) }), // the beginning of a word
    () => ({ query: among(200, 2_000), speakerId: '103' }),
    () => ({ query: among(1, 2_000), since }),
  ];
  return Array.from({ length: SEARCHES_OF_A_KIND }, () => kinds.map((kind) => ({ ...kind(), limit: HITS }))).flat();
}

/** Measures writes of a running meeting's finals, one after the other. */
async function measureWrites(journal: Journal, meetings: number, name: string, figures: JournalFigures): Promise<void> {
  const random = seededRandom(SEED);
  const id = 'now';
  await journal.begin(makeHead({ id, guildId: GUILD, beganAt: beganAt(meetings) }));
  const tookMs: number[] = [];
  for (let i = 0; i < WRITES; i++) {
    const text = Array.from({ length: WORDS_PER_SEGMENT }, () => word(rankOf(random()))).join(' ');
    const beganMs = performance.now();
    await journal.of(id).write(makeFinal({ utteranceId: `w${i}`, text, startMs: i * 1_000, endMs: i * 1_000 + 900 }));
    tookMs.push(performance.now() - beganMs);
  }
  figures[`${name}_p50Ms`] = percentile(tookMs, 50);
  figures[`${name}_p99Ms`] = percentile(tookMs, 99);
}

function beganAt(meeting: number): Date {
  return new Date(FIRST_MEETING.getTime() + meeting * MEETING_EVERY_MS);
}

/** `10k`, `2M`: a size as in the names of figures. */
export function nameOf(size: number): string {
  return size >= 1e6 ? `${size / 1e6}M` : `${size / 1e3}k`;
}
