import { describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import { noMetrics } from '../../../src/core/ports/metrics.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { measuredJournal } from '../../../src/storage/journal/measured-journal.ts';
import { StorageError } from '../../../src/storage/storage-error.ts';
import { makeHead } from '../../support/make.ts';

/** What was told: the writes by name, and how many came too late. */
function told() {
  const writes: string[] = [];
  const late = { count: 0 };
  const wrote = (operation: string, tookMs: number) => {
    expect(tookMs).toBeGreaterThanOrEqual(0);
    writes.push(operation);
  };
  const fencedWrite = () => {
    late.count += 1;
  };
  return { writes, late, metrics: { journal: { wrote }, cluster: { ...noMetrics.cluster, fencedWrite } } };
}

describe('a measured journal', () => {
  it('keeps what is written, and tells of each write', async () => {
    await using opened = await openJournal('sqlite://:memory:', quiet);
    const { writes, late, metrics } = told();
    const journal = measuredJournal(opened, metrics);
    const head = makeHead();
    const meeting = await journal.begin(head);
    await meeting.gap({ startMs: 0, endMs: 500, reason: 'too much at once' });
    await journal.of(head.id).end(9_000, 'stopped');
    expect(await journal.archive.read(head.id)).toMatchObject({ endedMs: 9_000, gaps: [{ endMs: 500 }] });
    expect(writes).toEqual(['begin', 'gap', 'end']);
    expect(late.count).toBe(0);
  });

  it('counts writes that another process’s claim refuses, and throws the refusal on', async () => {
    await using opened = await openJournal('sqlite://:memory:', quiet);
    const { writes, late, metrics } = told();
    const refusal = new StorageError('superseded', 'Another process has the meeting.');
    const refuse = () => Promise.reject(refusal);
    const of = (id: string) =>
      Object.assign(Object.create(opened.of(id)), {
        settled: refuse,
        alive: () => Promise.reject(new StorageError('failed', 'no')),
      });
    const meeting = measuredJournal(
      { ...opened, archive: opened.archive, of, begin: refuse, [Symbol.asyncDispose]: async () => {} },
      metrics,
    ).of('m1');
    await expect(meeting.settled()).rejects.toBe(refusal);
    await expect(meeting.alive({ atMs: 0, pending: [], tallies: [] })).rejects.toThrow('no');
    expect([writes, late.count]).toEqual([['settled', 'alive'], 1]);
  });
});
