import { type Kysely, sql } from 'kysely';
import type { GuildId } from '../../../core/ids.ts';
import { baseLanguage } from '../../../core/text/language.ts';
import type { DatabaseKind } from '../../address.ts';
import type { JournalTables } from '../tables/schema.ts';
import type { Clause, Phrase } from './query.ts';
import { joinedWordsOf, wordsOf } from './words.ts';

/** What is looked for in the index. */
interface Wanted {
  readonly scopes: readonly string[]; // all of them
  readonly clauses: readonly Clause[]; // all of them, at least one
  readonly fromId: number; // the oldest text that counts
  readonly beforeId: number; // the first one that does not
  readonly limit: number;
}

/** What is found of a text: words that stand one after the other, and words that take the place of some of them. */
interface IndexedText {
  readonly words: readonly string[]; // folded, in their order
  readonly joined: readonly string[]; // likewise; no phrase goes from one to the next
}

/** A full-text index of `segments`. Scopes narrow it down as words do: one server, one speaker, one language. */
export interface SearchIndex {
  put(db: Kysely<JournalTables>, id: number, scopes: readonly string[], words: IndexedText): Promise<void>;
  /** Ids of texts, the newest first. */
  find(db: Kysely<JournalTables>, wanted: Wanted): Promise<number[]>;
}

export function searchIndexOf(kind: DatabaseKind): SearchIndex {
  return kind === 'sqlite' ? fts5 : tsvector;
}

/** Scopes are letters and digits only, so that both databases take them for one word each. */
export const scope = {
  guild: (id: string) => `g${id}`,
  speaker: (id: string) => `s${id}`,
  /** By its base: which country's or script's it is, is compared where it is read. */
  language: (code: string) => `l${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`,
};

/** Puts one row of `segments` into the index. */
export async function indexSegment(
  db: Kysely<JournalTables>,
  index: SearchIndex,
  id: number,
  guildId: GuildId,
  row: { readonly speaker_id: string; readonly language: string; readonly text: string },
): Promise<void> {
  const base = baseLanguage(row.language);
  const languages = new Set([scope.language(row.language), scope.language(base)]);
  const scopes = [scope.guild(guildId), scope.speaker(row.speaker_id), ...languages];
  const words = wordsOf(row.text);
  const joined = joinedWordsOf(row.text, words);
  await index.put(db, id, scopes, { words: words.map(({ word }) => word), joined: joined.map(({ word }) => word) });
}

/** Stands where no phrase may go on. It is a letter to FTS5's tokenizer, and to nobody who types a query. */
const APART = '¦';

/**
 * SQLite's FTS5. A row's number is the text's, negated: FTS5 walks up much faster than down, several times where words
 * are looked for that seldom come together, and we want the newest first. It stops at the limit.
 */
const fts5: SearchIndex = {
  async put(db, id, scopes, { words, joined }) {
    const text = [...words, ...joined.flatMap((word) => [APART, word])].join(' ');
    await sql`
      INSERT OR REPLACE INTO segment_words (rowid, scope, words)
      VALUES (${-id}, ${scopes.join(' ')}, ${text})`.execute(db);
  },
  async find(db, { scopes, clauses, fromId, beforeId, limit }) {
    const within = scopes.map((word) => `"${word}"`).join(' AND ');
    const phrase = ({ words, isOpen }: Phrase) => `"${words.join(' ')}"${isOpen ? ' *' : ''}`;
    const said = clauses.map(({ ways }) => oneOf(ways, phrase, ' AND ', ' OR ')).join(' AND ');
    const match = `scope : (${within}) AND words : (${said})`;
    // FTS5 jumps to whole numbers only; Node hands every number over as a fraction, which it would filter by afterwards.
    const [after, upTo] = [-BigInt(beforeId), -BigInt(fromId)];
    const { rows } = await sql<{ id: number }>`
      SELECT -rowid AS id FROM segment_words
      WHERE segment_words MATCH ${match} AND rowid > ${after} AND rowid <= ${upTo}
      ORDER BY rowid LIMIT ${limit}`.execute(db);
    return rows.map(({ id }) => id);
  },
};

const LAST_POSITION = 16_383; // PostgreSQL's; several words may share it
const WALKED = 10_000; // texts: some ten milliseconds
const PROBED = 2_000; // of them first: they show whether the rest is worth it

/** PostgreSQL's tsvector, made from our own words: its parser would split them otherwise than FTS5 does. */
const tsvector: SearchIndex = {
  async put(db, id, scopes, { words, joined }) {
    const afterAll = words.length + 2; // a position between them is free, so that no phrase goes from words to joined words
    const lexemes = [
      ...scopes.map((name) => `'=${name}'`), // no word begins with `=`, so none is taken for a scope
      ...words.map((word, at) => `'${word}':${at + 1}`),
      ...joined.map((word, at) => `'${word}':${Math.min(afterAll + 2 * at, LAST_POSITION)}`),
    ].join(' ');
    await sql`
      INSERT INTO segment_words (segment_id, words) VALUES (${id}, ${lexemes}::tsvector)
      ON CONFLICT (segment_id) DO UPDATE SET words = excluded.words`.execute(db);
  },
  async find(db, { scopes, clauses, fromId, beforeId, limit }) {
    const query = [
      ...scopes.map((name) => `'=${name}'`),
      ...clauses.map(({ ways }) => oneOf(ways, followedBy, ' & ', ' | ')),
    ].join(' & ');
    // What is common is soon found among the newest texts, one by one, and would take the index long. What is rare is
    // the other way round. Left to itself the planner, which knows no rare words, walks through them all for each.
    const newest = await sql<{ id: string | null }>`
      SELECT max(segment_id) AS id FROM segment_words WHERE segment_id < ${beforeId}`.execute(db);
    const newestId = Number(newest.rows[0]?.id ?? 0);
    const found: number[] = [];
    const walk = async (from: number, before: number) => {
      const walked = await sql<{ id: string }>`
        SELECT segment_id AS id FROM segment_words
        WHERE words @@ ${query}::tsquery AND segment_id >= ${from} AND segment_id < ${before}
        ORDER BY segment_id DESC LIMIT ${limit - found.length}`.execute(db);
      found.push(...numbers(walked.rows));
    };
    const probedFrom = Math.max(fromId, newestId - PROBED);
    await walk(probedFrom, beforeId);
    const isCommon = found.length >= (limit * PROBED) / WALKED / 2; // half of what would do: a few texts say little
    const walkedFrom = isCommon ? Math.max(fromId, newestId - WALKED) : probedFrom;
    if (found.length < limit && walkedFrom < probedFrom) await walk(walkedFrom, probedFrom);
    const missing = limit - found.length;
    if (missing === 0 || walkedFrom === fromId) return found;
    const rare = await sql<{ id: string }>`
      WITH rare AS MATERIALIZED (
        SELECT segment_id FROM segment_words
        WHERE words @@ ${query}::tsquery AND segment_id >= ${fromId} AND segment_id < ${walkedFrom}
      )
      SELECT segment_id AS id FROM rare ORDER BY segment_id DESC LIMIT ${missing}`.execute(db);
    return [...found, ...numbers(rare.rows)];
  },
};

function followedBy({ words, isOpen }: Phrase): string {
  const parts = words.map((word, at) => `'${word}'${isOpen && at === words.length - 1 ? ':*' : ''}`);
  return `(${parts.join(' <-> ')})`;
}

/** A clause in the language of either database. */
function oneOf(ways: Clause['ways'], phrase: (phrase: Phrase) => string, and: string, or: string): string {
  return `(${ways.map((phrases) => `(${phrases.map(phrase).join(and)})`).join(or)})`;
}

/** pg gives 64-bit numbers as text. */
function numbers(rows: readonly { readonly id: string }[]): number[] {
  return rows.map(({ id }) => Number(id));
}
