import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quiet } from '../../../../src/core/log.ts';
import type { Journal } from '../../../../src/core/ports/journal.ts';
import { Attempts } from '../../../../src/storage/attempts.ts';
import { SharedRecords } from '../../../../src/storage/cluster/live/growing-records.ts';
import { openJournal } from '../../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead, makeTranslation } from '../../../support/make.ts';
import { answersPostgres } from '../../support/postgres.ts';
import { openCluster, type Process } from '../support/cluster.ts';

const hasPostgres = await answersPostgres();

describe.skipIf(!hasPostgres)('the record of a meeting that another process writes', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  let journal: Journal;
  let owner: Process;

  beforeAll(async () => {
    cluster = await openCluster();
    journal = await openJournal(cluster.url, quiet);
  });
  afterAll(async () => {
    await journal[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await cluster.clear();
    owner = await cluster.join('a');
    await cluster.seat(owner);
  });

  it('is read from a text on, until the meeting is over', async () => {
    const lease = await owner.leases.begin(makeHead());
    if (lease === 'already running') throw new Error('It cannot run');
    const writing = journal.of('m1', lease);
    await writing.joined({ speakerId: '100', displayName: 'Ana', joinedMs: 0 });
    await writing.write(makeFinal());
    const records = new SharedRecords(cluster.db, new Attempts(new AbortController().signal, 'transcripts'));
    const first = await records.readSince('m1', 0);
    expect(first).toMatchObject({ head: makeHead(), finals: [makeFinal()], translations: [], isOver: false });
    expect(first?.attendance).toEqual([{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }]);
    const upTo = first?.upTo ?? 0;
    expect(await records.readSince('m1', upTo)).toMatchObject({ finals: [], upTo, isOver: false });
    await writing.write(makeTranslation());
    await writing.write(makeFinal({ utteranceId: 'u2', startMs: 500 }));
    await owner.leases.vacate(lease);
    const rest = await records.readSince('m1', upTo);
    expect(rest?.finals).toEqual([makeFinal({ utteranceId: 'u2', startMs: 500 })]);
    expect(rest).toMatchObject({ translations: [makeTranslation()], isOver: true });
    expect(rest?.upTo).toBeGreaterThan(upTo + 1);
    expect(await records.readSince('unknown', 0)).toBeUndefined();
  });

  it('goes on while its owner is dead', async () => {
    await owner.leases.begin(makeHead());
    await cluster.expire(owner);
    const records = new SharedRecords(cluster.db, new Attempts(new AbortController().signal, 'transcripts'));
    expect((await records.readSince('m1', 0))?.isOver).toBe(false);
  });
});
