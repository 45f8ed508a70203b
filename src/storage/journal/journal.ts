import type { Kysely } from 'kysely';
import type { GuildId, MeetingId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Archive } from '../../core/ports/archive.ts';
import type { Journal, MeetingJournal, MeetingLease } from '../../core/ports/journal.ts';
import type { Sessions } from '../../core/ports/sessions.ts';
import type { DayOfUse, UsageBook } from '../../core/ports/usage-book.ts';
import type { ApiKeys } from '../../core/programs/keys.ts';
import type { MeetingHead } from '../../core/record.ts';
import { type DatabaseKind, parseAddress } from '../address.ts';
import { Attempts } from '../attempts.ts';
import { DatabaseApiKeys } from './api-keys.ts';
import { DatabaseArchive } from './archive.ts';
import { openJournalDatabase } from './database/database.ts';
import { WriteLanes } from './held-writes.ts';
import { DatabaseMeetingJournal, type JournalPen } from './meeting-journal.ts';
import { searchIndexOf } from './search/index-texts.ts';
import { DatabaseSessions } from './sessions.ts';
import { insertMeeting } from './tables/meetings.ts';
import type { JournalTables } from './tables/schema.ts';
import { addUse, usesSince } from './tables/usage.ts';

/**
 * Opens the journal of all meetings, in SQLite or PostgreSQL, and brings its tables up to date.
 *
 * @throws {StorageError} when the address is malformed or nothing usable is behind it
 */
export async function openJournal(url: string, log: Log): Promise<Journal> {
  const closing = new AbortController();
  const address = parseAddress(url, 'transcripts');
  const db = await openJournalDatabase(address, log, closing.signal);
  return new DatabaseJournal(db, address.kind === 'sqlite' ? 'sqlite' : 'postgres', closing);
}

class DatabaseJournal implements Journal {
  readonly archive: Archive;
  readonly usage: UsageBook;
  readonly sessions: Sessions;
  readonly apiKeys: ApiKeys;
  readonly held: WriteLanes;
  readonly #attempts: Attempts;
  readonly #pen: JournalPen;
  readonly #closing: AbortController;

  constructor(db: Kysely<JournalTables>, kind: DatabaseKind, closing: AbortController) {
    const attempts = new Attempts(closing.signal, 'transcripts');
    const index = searchIndexOf(kind);
    this.held = new WriteLanes(attempts);
    this.#attempts = attempts;
    this.#pen = { db, index, lanes: this.held };
    this.#closing = closing;
    this.archive = new DatabaseArchive(db, kind, index, attempts);
    this.sessions = new DatabaseSessions(db, attempts);
    this.apiKeys = new DatabaseApiKeys(db, attempts);
    this.usage = {
      addUse: (guildId: GuildId, use: DayOfUse) => attempts.attempt('write', () => addUse(db, guildId, use)),
      usesSince: (guildId: GuildId, day: string) => attempts.attempt('read', () => usesSince(db, guildId, day)),
    };
  }

  async begin(head: MeetingHead): Promise<MeetingJournal> {
    await this.#attempts.attempt('write', () => insertMeeting(this.#pen.db, head));
    return this.of(head.id);
  }

  of(id: MeetingId, lease?: MeetingLease): MeetingJournal {
    return new DatabaseMeetingJournal(id, this.#pen, lease);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#pen.db.destroy();
  }
}
