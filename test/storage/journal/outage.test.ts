import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { MeetingJournal } from '../../../src/core/ports/journal.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { openPassage, type Passage } from '../support/passage.ts';
import { answersPostgres, makeDatabase } from '../support/postgres.ts';

const hasPostgres = await answersPostgres();
const EVERY_MS = 100;
const BEFORE_MS = 500;
const TEST_MS = 60_000;

const BLOCKS: readonly (readonly [string, (way: Passage) => Promise<void> | void, number])[] = [
  ['refuses connections', (way) => way.refuse(), 7_000], // longer than a single write is tried for
  ['answers nothing', (way) => way.swallow(), 12_000], // longer than a statement may take
];

/** Writes a final every tenth of a second, with signs and notes between, as long as it is told to go on. Waits for none of them. */
async function keepWriting(journal: MeetingJournal, isOver: () => boolean) {
  const writes: Promise<void>[] = [];
  const texts: string[] = [];
  let signedMs = 0;
  while (!isOver()) {
    const n = texts.push(`sentence ${texts.length}`) - 1;
    const utteranceId = `u${n}`;
    writes.push(journal.write(makeFinal({ utteranceId, startMs: n, text: `sentence ${n}` })));
    if (n % 10 === 0) {
      signedMs = n;
      writes.push(journal.alive({ atMs: n, pending: [] }));
    }
    if (n % 10 === 5) writes.push(journal.posted({ utteranceId, channelId: 'c', messageId: `m${n}` }));
    await delay(EVERY_MS);
  }
  await Promise.all(writes);
  return { texts, signedMs };
}

describe.skipIf(!hasPostgres)('a journal whose PostgreSQL (127.0.0.1:5432) is away for seconds', () => {
  it.concurrent.each(BLOCKS)(
    'loses nothing and keeps the order when it %s',
    async (_, block, awayMs) => {
      await using database = await makeDatabase();
      await using way = await openPassage(database.url);
      await using journal = await openJournal(way.url, quiet);
      const own = await journal.begin(makeHead());
      let isOver = false;
      const writing = keepWriting(own, () => isOver);
      await delay(BEFORE_MS);
      await block(way);
      await delay(awayMs);
      expect(journal.held.count).toBeGreaterThan(50);
      await way.open();
      await delay(BEFORE_MS);
      isOver = true;
      const { texts, signedMs } = await writing;
      await own.end(9_000, 'stopped');
      expect(journal.held).toMatchObject({ count: 0, bytes: 0, isAway: false });
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const { rows } = await client.query<{ utterance_id: string; text: string }>(
        'select utterance_id, text from segments order by id',
      );
      await client.end();
      expect(rows.map(({ text }) => text)).toEqual(texts);
      const record = await journal.archive.read('m1');
      expect(record).toMatchObject({ endedMs: 9_000, ending: 'stopped', lastSign: { atMs: signedMs } });
      expect(record?.messages).toHaveLength(Math.floor((texts.length + 4) / 10));
    },
    TEST_MS,
  );
});
