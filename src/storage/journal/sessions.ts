import type { Kysely } from 'kysely';
import type { GuildId, SpeakerId } from '../../core/ids.ts';
import { hashOf, newSecret } from '../../core/live/pass.ts';
import type { NewSession, Session, Sessions } from '../../core/ports/sessions.ts';
import type { Attempts } from '../attempts.ts';
import { inTransaction } from './tables/in-transaction.ts';
import type { JournalTables } from './tables/schema.ts';
import {
  countSessions,
  deleteSessions,
  fromGuildIds,
  insertSession,
  noteVisit,
  sessionRow,
  toGuildIds,
  whichHashes,
} from './tables/sessions.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const UNUSED_MS = 7 * DAY_MS;
const LONGEST_MS = 30 * DAY_MS; // the servers that a session names grow old
const MOST_OF_MEMBER = 10; // telephones, tablets, computers
const NOTED_EVERY_MS = HOUR_MS; // so that not every page costs a write

/** The sessions of all processes that share the database. Only hashes of their secrets are in it. */
export class DatabaseSessions implements Sessions {
  readonly #db: Kysely<JournalTables>;
  readonly #attempts: Attempts;

  constructor(db: Kysely<JournalTables>, attempts: Attempts) {
    this.#db = db;
    this.#attempts = attempts;
  }

  async begin(userId: SpeakerId, guildIds: readonly GuildId[]): Promise<NewSession> {
    const secret = newSecret();
    const key = keyOf(secret);
    const nowMs = Date.now();
    const untilMs = nowMs + UNUSED_MS;
    const row = {
      key_hash: key,
      user_id: userId,
      guild_ids: fromGuildIds(guildIds),
      began_at_ms: nowMs,
      seen_at_ms: nowMs,
      until_ms: untilMs,
    };
    await this.#attempts.attempt('write', () =>
      inTransaction(this.#db, (step) => insertSession(step, row, MOST_OF_MEMBER)),
    );
    return { key, secret, userId, guildIds, untilMs, latestMs: nowMs + LONGEST_MS };
  }

  async sessionOf(secret: string): Promise<Session | undefined> {
    const key = keyOf(secret);
    const nowMs = Date.now();
    const row = await this.#attempts.attempt('read', () => sessionRow(this.#db, key, nowMs));
    if (!row) return undefined;
    const untilMs = Math.min(nowMs + UNUSED_MS, row.began_at_ms + LONGEST_MS);
    if (nowMs - row.seen_at_ms > NOTED_EVERY_MS) {
      await this.#attempts.attempt('write', () => noteVisit(this.#db, key, { seenAtMs: nowMs, untilMs }));
    }
    return { key, userId: row.user_id, guildIds: toGuildIds(row.guild_ids), untilMs };
  }

  async whichLast(keys: readonly string[]): Promise<readonly string[]> {
    return await this.#attempts.attempt('read', () => whichHashes(this.#db, keys, Date.now()));
  }

  async countOf(userId: SpeakerId): Promise<number> {
    return await this.#attempts.attempt('read', () => countSessions(this.#db, userId, Date.now()));
  }

  async end(secret: string): Promise<boolean> {
    const keyHash = keyOf(secret);
    return (await this.#attempts.attempt('erase', () => deleteSessions(this.#db, { keyHash }))) > 0;
  }

  async endAllOf(userId: SpeakerId): Promise<number> {
    return await this.#attempts.attempt('erase', () => deleteSessions(this.#db, { userId }));
  }
}

function keyOf(secret: string): string {
  return hashOf(secret).toString('base64url');
}
