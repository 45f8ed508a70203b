import { type Kysely, sql } from 'kysely';
import type { GuildId } from '../../../core/ids.ts';
import { baseLanguage } from '../../../core/text/language.ts';
import type { DatabaseKind } from '../../address.ts';
import type { JournalTables } from '../tables/schema.ts';
import type { Clause, Phrase } from './query.ts';
import { joinedWordsOf, wordsOf } from './words.ts';

/** A request to the index. */
interface Wanted {
  readonly scopes: readonly string[]; // all have to match
  readonly clauses: readonly Clause[]; // at least one; all have to match
  readonly fromId: number; // the oldest text to search
  readonly beforeId: number; // the first text not to search
  readonly limit: number;
}

/** The indexed words of a text: its words in their order, and joined words that replace some of them. */
interface IndexedText {
  readonly words: readonly string[]; // folded, in order
  readonly joined: readonly string[]; // folded, too; no phrase spans two of them
}

/** A full-text index of `segments`. Scopes narrow a search down as words do: one server, one speaker, one language. */
export interface SearchIndex {
  put(db: Kysely<JournalTables>, id: number, scopes: readonly string[], words: IndexedText): Promise<void>;
  /** The ids of matching texts, the newest first. */
  find(db: Kysely<JournalTables>, wanted: Wanted): Promise<number[]>;
}

export function searchIndexOf(kind: DatabaseKind): SearchIndex {
  return kind === 'sqlite' ? fts5 : tsvector;
}

/** Scopes consist of letters and digits, so that both databases take each for one word. */
export const scope = {
  guild: (id: string) => `g${id}`,
  speaker: (id: string) => `s${id}`,
  /** By the language's base: country and script are compared when the text is read. */
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

/** Keeps phrases from going on. FTS5's tokenizer takes it for a letter, and nobody types it in a query. */
const APART = '¦';

/**
 * SQLite's FTS5. A row's number is the text's, negated: FTS5 walks up much faster than down (several times for words that
 * rarely occur together), and the newest texts are wanted first. It stops at the limit.
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
    // FTS5 jumps to integers only. Node passes every number as a float, by which FTS5 would filter afterwards.
    const [after, upTo] = [-BigInt(beforeId), -BigInt(fromId)];
    const { rows } = await sql<{ id: number }>`
      SELECT -rowid AS id FROM segment_words
      WHERE segment_words MATCH ${match} AND rowid > ${after} AND rowid <= ${upTo}
      ORDER BY rowid LIMIT ${limit}`.execute(db);
    return rows.map(({ id }) => id);
  },
};

const LAST_POSITION = 16_383; // PostgreSQL's; several words may share it
const WALKED = 10_000; // texts: about ten milliseconds
const PROBED = 2_000; // texts before that: they show whether the rest is worth it

/** PostgreSQL's tsvector, made from the words of `wordsOf`: PostgreSQL's parser splits texts differently from FTS5. */
const tsvector: SearchIndex = {
  async put(db, id, scopes, { words, joined }) {
    const afterAll = words.length + 2; // a position between them is free, so that no phrase goes from words to joined words
    const lexemes = [
      ...scopes.map((name) => `'=${name}'`), // no word begins with `=`, so no word is taken for a scope
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
    // Common words are found quickly by walking through the newest texts, and slowly by the index; for rare words it is
    // the other way round. The planner, which knows no rare words, would walk through all texts for every word.
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
    const isCommon = found.length >= (limit * PROBED) / WALKED / 2; // half of what would be enough: a few texts prove little
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

/** A clause in the query language of either database. */
function oneOf(ways: Clause['ways'], phrase: (phrase: Phrase) => string, and: string, or: string): string {
  return `(${ways.map((phrases) => `(${phrases.map(phrase).join(and)})`).join(or)})`;
}

/** pg gives 64-bit numbers as text. */
function numbers(rows: readonly { readonly id: string }[]): number[] {
  return rows.map(({ id }) => Number(id));
}
