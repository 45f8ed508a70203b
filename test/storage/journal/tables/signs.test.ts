import { describe, expect, it } from 'vitest';
import { quiet } from '../../../../src/core/log.ts';
import { openJournalDatabase } from '../../../../src/storage/journal/database/database.ts';
import { fromHead } from '../../../../src/storage/journal/tables/rows.ts';
import { signOf, writeSign } from '../../../../src/storage/journal/tables/signs.ts';
import { makeHead, makeTally } from '../../../support/make.ts';

const sign = { atMs: 2_000, pending: [{ speakerId: '100', sinceMs: 1_500 }], tallies: [makeTally()], isPlanned: true };
const stored = {
  atMs: 2_000,
  untold: [{ speakerId: '100', sinceMs: 1_500 }],
  accounts: [makeTally()],
  isPlanned: true,
};

async function databaseWithMeeting() {
  const db = await openJournalDatabase({ kind: 'sqlite', path: ':memory:' }, quiet, new AbortController().signal);
  await db.insertInto('meetings').values(fromHead(makeHead())).execute();
  return { db, id: makeHead().id, [Symbol.asyncDispose]: () => db.destroy() };
}

describe('a sign of life in the database', () => {
  it('is stored under the names of the first version, so that an older process can read it', async () => {
    await using it = await databaseWithMeeting();
    await writeSign(it.db, it.id, sign);
    const row = await it.db.selectFrom('unsettled').select('sign').executeTakeFirstOrThrow();
    expect(JSON.parse(row.sign ?? '')).toEqual(stored);
  });

  it.each([
    ['as an older version stored it', stored, sign],
    ['without tallies, as it was when there were none', { atMs: 1, untold: [] }, { atMs: 1, pending: [] }],
    ['not at all where it makes no sense', { atMs: 'soon' }, undefined],
  ])('is read %s', async (_, json, read) => {
    await using it = await databaseWithMeeting();
    await it.db
      .insertInto('unsettled')
      .values({ meeting_id: it.id, sign: JSON.stringify(json) })
      .execute();
    expect(await signOf(it.db, it.id)).toEqual(read);
  });
});
