import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CorrectionRequest, printOf } from '../../../../src/core/correcting/correction.ts';
import { quiet } from '../../../../src/core/log.ts';
import type { Journal } from '../../../../src/core/ports/journal.ts';
import { openJournal } from '../../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead, makeTranslation } from '../../../support/make.ts';
import { makeFolder } from '../../support/folder.ts';
import { answersPostgres, makeDatabase } from '../../support/postgres.ts';

const hasPostgres = await answersPostgres();
const AT_MS = Date.parse('2026-11-23T11:00:00Z');

/** What correcting does, whatever is behind the journal. */
function aCorrection(open: () => Promise<Journal>): void {
  let journal: Journal;
  let count = 0;
  beforeAll(async () => {
    journal = await open();
  });
  afterAll(() => journal[Symbol.asyncDispose]());

  /** A meeting in a server of its own: Ana said something, which was translated. */
  async function meeting(text = 'We ask Cuba netties') {
    count += 1;
    const head = makeHead({ id: `correction-${count}`, guildId: `${6000 + count}` });
    await journal.begin(head);
    await journal.of(head.id).joined({ speakerId: '100', displayName: 'Ana', joinedMs: 0 });
    await journal.of(head.id).write(makeFinal({ text }));
    await journal.of(head.id).write(makeTranslation({ text: 'Preguntamos a Cuba' }));
    const request = (parts: Partial<CorrectionRequest> = {}): CorrectionRequest => ({
      meetingId: head.id,
      utteranceId: 'u1',
      seen: printOf(text),
      text: 'We ask Kubernetes',
      byId: '200',
      byName: 'The Boss',
      atMs: AT_MS,
      ...parts,
    });
    const finals = async () => (await journal.archive.read(head.id))?.finals;
    const search = async (query: string) =>
      (await journal.archive.search(head.guildId, { query, limit: 5 })).map(({ segment }) => segment.text);
    return { head, request, finals, search };
  }
  const corrected = { original: 'We ask Cuba netties', byId: '200', byName: 'The Boss', atMs: AT_MS };

  it('keeps the corrected text, what was recognised, by whom and when', async () => {
    const { request, finals } = await meeting();
    const final = makeFinal({ text: 'We ask Kubernetes', corrected });
    expect(await journal.archive.correct(request())).toEqual({ kind: 'corrected', final });
    expect(await finals()).toEqual([final]);
  });

  it('is found by its new words and no longer by the old ones; translations stay as they were', async () => {
    const { request, search } = await meeting();
    await journal.archive.correct(request());
    expect(await search('kubernetes')).toEqual(['We ask Kubernetes']);
    expect(await search('netties')).toEqual([]);
    expect(await search('preguntamos')).toEqual(['Preguntamos a Cuba']);
  });

  it('refuses the later of two corrections of the same text, and says what stands there', async () => {
    const { request, finals } = await meeting();
    const both = [request(), request({ text: 'We ask Kuba', byName: 'Ben' })];
    const kinds = (await Promise.all(both.map((one) => journal.archive.correct(one)))).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['changed', 'corrected']);
    expect((await journal.archive.correct(request())).kind).toBe('changed');
    expect(await finals()).toHaveLength(1);
  });

  it('keeps the first original when a line is corrected again', async () => {
    const { request, finals } = await meeting();
    await journal.archive.correct(request());
    const again = request({
      seen: printOf('We ask Kubernetes'),
      text: 'We asked Kubernetes',
      byId: '100',
      byName: 'Ana',
    });
    expect((await journal.archive.correct(again)).kind).toBe('corrected');
    const by = { byId: '100', byName: 'Ana' };
    expect(await finals()).toEqual([makeFinal({ text: 'We asked Kubernetes', corrected: { ...corrected, ...by } })]);
  });

  it('finds no line that was never said, nor a translation', async () => {
    const { head, request } = await meeting();
    expect(await journal.archive.correct(request({ utteranceId: 'u2' }))).toEqual({ kind: 'gone' });
    expect(await journal.archive.correct(request({ meetingId: 'nowhere' }))).toEqual({ kind: 'gone' });
    await journal.of(head.id).write(makeTranslation({ utteranceId: 'u3' }));
    expect(await journal.archive.correct(request({ utteranceId: 'u3' }))).toEqual({ kind: 'gone' });
  });

  it('stays corrected when the final is written once more', async () => {
    const { head, request, finals, search } = await meeting();
    await journal.archive.correct(request());
    await journal.of(head.id).write(makeFinal({ text: 'We ask Cuba netties', endMs: 3_000 }));
    expect(await finals()).toEqual([makeFinal({ text: 'We ask Kubernetes', endMs: 3_000, corrected })]);
    expect(await search('netties')).toEqual([]);
  });

  it('shows in search results that a line was corrected', async () => {
    const { head, request } = await meeting();
    await journal.archive.correct(request());
    const [hit] = await journal.archive.search(head.guildId, { query: 'kubernetes', limit: 5 });
    expect(hit?.segment).toEqual(makeFinal({ text: 'We ask Kubernetes', corrected }));
  });

  it('knows which lines a message shows, and no other server’s', async () => {
    const { head } = await meeting();
    const messageId = `3${count}`;
    await journal.of(head.id).posted({ utteranceId: 'u1', channelId: '20', messageId });
    await journal.of(head.id).posted({ utteranceId: 'u2', channelId: '20', messageId });
    await journal.of(head.id).posted({ utteranceId: 'u1', language: 'es', channelId: '21', messageId: `4${count}` });
    const shown = { meetingId: head.id, utteranceIds: ['u1', 'u2'] };
    expect(await journal.archive.shownIn(head.guildId, messageId)).toEqual(shown);
    const translated = { meetingId: head.id, utteranceIds: ['u1'], language: 'es' };
    expect(await journal.archive.shownIn(head.guildId, `4${count}`)).toEqual(translated);
    expect(await journal.archive.shownIn('1', messageId)).toBeUndefined();
    expect(await journal.archive.shownIn(head.guildId, '5')).toBeUndefined();
  });

  it('takes any text as text', async () => {
    const { request, finals, search } = await meeting();
    const hostile = `'); DROP TABLE corrections;-- @everyone **x** ${'语'.repeat(3_900)}`;
    await journal.archive.correct(request({ text: `${hostile}\0\ud800`, byName: '\0Boss\ud800' }));
    const [final] = (await finals()) ?? [];
    expect(final?.text).toBe(`${hostile}\ufffd`);
    expect(final?.corrected?.byName).toBe('Boss\ufffd');
    expect(await search('everyone')).toHaveLength(1);
  });

  it('goes with the words of whoever said them', async () => {
    const { head, request, search } = await meeting();
    await journal.archive.correct(request());
    await journal.archive.forget(head.guildId, '100');
    expect((await journal.archive.read(head.id))?.finals).toEqual([]);
    expect(await search('kubernetes')).toEqual([]);
    await journal.of(head.id).write(makeFinal());
    expect((await journal.archive.read(head.id))?.finals).toEqual([makeFinal()]); // nothing of the correction is left
  });

  it('forgets who corrected when they ask for it, and no other server’s', async () => {
    const { head, request, finals } = await meeting();
    const elsewhere = await meeting();
    await journal.archive.correct(request());
    await journal.archive.correct(elsewhere.request());
    expect(await journal.archive.meetingsOf(head.guildId, '200')).toEqual([head.id]);
    await journal.archive.forget(head.guildId, '200');
    expect(await finals()).toEqual([
      makeFinal({ text: 'We ask Kubernetes', corrected: { ...corrected, byId: '', byName: '' } }),
    ]);
    expect(await journal.archive.meetingsOf(head.guildId, '200')).toEqual([]);
    expect(await elsewhere.finals()).toEqual([makeFinal({ text: 'We ask Kubernetes', corrected })]);
  });

  it('goes with its meeting', async () => {
    const { head, request } = await meeting();
    await journal.archive.correct(request());
    await journal.archive.erase(head.id);
    await journal.begin(head);
    await journal.of(head.id).write(makeFinal());
    expect((await journal.archive.read(head.id))?.finals).toEqual([makeFinal()]);
  });
}

describe('a correction in SQLite', () => {
  aCorrection(() => openJournal('sqlite://:memory:', quiet));

  it('leaves nothing of an erased original in the file', async () => {
    using folder = makeFolder();
    await using journal = await openJournal(`sqlite://${join(folder.path, 'parley.db')}`, quiet);
    const head = makeHead();
    await journal.begin(head);
    await journal.of(head.id).write(makeFinal({ text: 'Zanzibarische Wörter' }));
    const seen = printOf('Zanzibarische Wörter');
    const by = { byId: '200', byName: 'Kalamata', atMs: AT_MS };
    await journal.archive.correct({ meetingId: head.id, utteranceId: 'u1', seen, text: 'Other words', ...by });
    await journal.archive.forget(head.guildId, '100');
    await journal.archive.forget(head.guildId, '200');
    const bytes = Buffer.concat(readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name))));
    for (const word of ['Zanzibar', 'zanzibar', 'Other words', 'Kalamata'])
      expect(bytes.includes(word), word).toBe(false);
  });
});

describe.skipIf(!hasPostgres)('a correction in PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());
  aCorrection(() => openJournal(database.url, quiet));
});
