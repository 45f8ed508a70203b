import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quiet } from '../../../src/core/log.ts';
import type { Journal } from '../../../src/core/ports/journal.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead, makeTally, makeTranslation } from '../../support/make.ts';
import { openCluster } from '../cluster/support/cluster.ts';
import { leasedJournal } from '../cluster/support/leased-journal.ts';
import { makeFolder } from '../support/folder.ts';
import { answersPostgres, cutConnections, makeDatabase } from '../support/postgres.ts';

const hasPostgres = await answersPostgres();

/** What a journal does, whatever is behind it. */
function aJournal(open: () => Promise<Journal>): void {
  let journal: Journal;
  let count = 0;
  beforeAll(async () => {
    journal = await open();
  });
  afterAll(() => journal[Symbol.asyncDispose]());

  /** A meeting that no other test writes to, in a guild of its own. */
  async function begin(parts: Parameters<typeof makeHead>[0] = {}) {
    count += 1;
    const head = makeHead({ id: `meeting-${count}`, guildId: `${1000 + count}`, ...parts });
    await journal.begin(head);
    return head;
  }

  it('returns a meeting as it was begun', async () => {
    const head = await begin({ title: "Robert'); DROP TABLE meetings;-- 会议 🎉" });
    expect(await journal.archive.read(head.id)).toEqual({
      head,
      attendance: [],
      finals: [],
      translations: [],
      gaps: [],
      messages: [],
    });
  });

  it('keeps how many listened to a stage at most', async () => {
    const { id } = await begin();
    for (const most of [0, 12, 7]) await journal.of(id).stageAudience(most);
    expect(await journal.archive.read(id)).toMatchObject({ stageAudience: 12 });
    await journal.archive.erase(id);
    expect(await journal.archive.read(id)).toBeUndefined();
  });

  it('has no meeting that was not begun', async () => {
    expect(await journal.archive.read('never')).toBeUndefined();
  });

  it('keeps every stay of a person', async () => {
    const { id } = await begin();
    const stay = { speakerId: '100', displayName: 'Ana' };
    await journal.of(id).joined({ ...stay, joinedMs: 0.25 });
    await journal.of(id).left('100', 5_000);
    await journal.of(id).joined({ ...stay, joinedMs: 9_000 });
    expect((await journal.archive.read(id))?.attendance).toEqual([
      { ...stay, joinedMs: 0.25, leftMs: 5_000 },
      { ...stay, joinedMs: 9_000 },
    ]);
  });

  it('gives a stay that is written again its new name', async () => {
    const { id } = await begin();
    await journal.of(id).joined({ speakerId: '100', displayName: 'Ana', joinedMs: 10 });
    await journal.of(id).joined({ speakerId: '100', displayName: 'Ana María', joinedMs: 10 });
    expect((await journal.archive.read(id))?.attendance).toEqual([
      { speakerId: '100', displayName: 'Ana María', joinedMs: 10 },
    ]);
  });

  it('keeps finals in the order in which they began, whenever they came', async () => {
    const { id } = await begin();
    const later = makeFinal({ utteranceId: 'b', startMs: 3_000.5, endMs: 4_000, confirmed: false });
    const earlier = makeFinal({ utteranceId: 'a', startMs: 1_000, speakerId: '200', text: 'سلام' });
    await journal.of(id).write(later);
    await journal.of(id).write(earlier);
    expect((await journal.archive.read(id))?.finals).toEqual([earlier, later]);
  });

  it('keeps translations under the id of their final', async () => {
    const { id } = await begin();
    const spanish = makeTranslation();
    const french = makeTranslation({ language: 'fr', text: 'Bonjour à tous' });
    await journal.of(id).write(spanish);
    await journal.of(id).write(makeFinal());
    await journal.of(id).write(french);
    const record = await journal.archive.read(id);
    expect(record?.translations).toEqual([spanish, french]);
    expect(record?.finals).toEqual([makeFinal()]);
  });

  it('replaces a final by a later one of the same utterance, even in another language', async () => {
    const { id } = await begin();
    await journal.of(id).write(makeFinal({ text: 'Hello', language: 'es', confirmed: false }));
    await journal.of(id).write(makeFinal({ text: 'Hello all', language: 'en' }));
    expect((await journal.archive.read(id))?.finals).toEqual([makeFinal({ text: 'Hello all' })]);
  });

  it('replaces a translation by a later one into the same language only', async () => {
    const { id } = await begin();
    await journal.of(id).write(makeTranslation({ text: 'Hola' }));
    await journal.of(id).write(makeTranslation({ language: 'fr', text: 'Salut' }));
    await journal.of(id).write(makeTranslation({ text: 'Hola a todas' }));
    const texts = (await journal.archive.read(id))?.translations.map(({ text }) => text);
    expect(texts?.toSorted()).toEqual(['Hola a todas', 'Salut']);
  });

  it('keeps the same utterance id of two meetings apart', async () => {
    const [one, two] = [await begin(), await begin()];
    await journal.of(one.id).write(makeFinal({ text: 'one' }));
    await journal.of(two.id).write(makeFinal({ text: 'two' }));
    expect((await journal.archive.read(one.id))?.finals).toEqual([makeFinal({ text: 'one' })]);
  });

  it('keeps text that databases refuse without its NUL characters and lone surrogates', async () => {
    const { id } = await begin();
    await journal.of(id).write(makeFinal({ text: 'a\0b \ud83d c' }));
    expect((await journal.archive.read(id))?.finals[0]?.text).toBe('ab \ufffd c');
  });

  it('keeps the mark of a final whose times made no sense', async () => {
    const { id } = await begin();
    const final = makeFinal({ isPlaced: true });
    await journal.of(id).write(final);
    await journal.of(id).write(makeFinal({ utteranceId: 'u2', startMs: 9_000 }));
    expect((await journal.archive.read(id))?.finals).toEqual([final, makeFinal({ utteranceId: 'u2', startMs: 9_000 })]);
  });

  it('takes many writes at once', async () => {
    const { id } = await begin();
    const finals = Array.from({ length: 200 }, (_, n) => makeFinal({ utteranceId: `u${n}`, startMs: n }));
    await Promise.all(finals.map((final) => journal.of(id).write(final)));
    expect((await journal.archive.read(id))?.finals).toEqual(finals);
  });

  it('keeps the tally of each speaker, the latest one', async () => {
    const tally = {
      speakerId: '100',
      heardMs: 61_020,
      concealedFrames: 3,
      undecryptable: 2,
      corrupt: 1,
      sentMs: 70_000.5,
      silenceMs: 9_000,
      sockets: 2,
      reconnects: 1,
      forcedFinals: 0,
    };
    const { id } = await begin();
    await journal.of(id).tally({ ...tally, heardMs: 5 });
    await journal.of(id).tally(tally);
    expect((await journal.archive.read(id))?.tallies).toEqual([tally]);
  });

  it('keeps gaps of one person and of everybody', async () => {
    const { id } = await begin();
    const nobody = { startMs: 1_000, endMs: 2_000, reason: 'voice connection lost' } as const;
    const ana = { speakerId: '100', startMs: 3_000, endMs: 4_000, reason: 'too much at once' } as const;
    await journal.of(id).gap(ana);
    await journal.of(id).gap(nobody);
    expect((await journal.archive.read(id))?.gaps).toEqual([nobody, ana]);
  });

  it('replaces a gap that is written again', async () => {
    const { id } = await begin();
    const gap = { startMs: 1_000, endMs: 2_000, reason: 'paused' } as const;
    await journal.of(id).gap(gap);
    await journal.of(id).gap({ ...gap, endMs: 5_000 });
    expect((await journal.archive.read(id))?.gaps).toEqual([{ ...gap, endMs: 5_000 }]);
  });

  it('keeps which messages show a text, in the order of posting, each once', async () => {
    const { id } = await begin();
    const first = { utteranceId: 'u1', channelId: '20', messageId: '9' };
    const second = { ...first, messageId: '10' };
    const inThread = { ...first, language: 'es', channelId: '21', messageId: '11' };
    for (const at of [first, second, inThread, first]) await journal.of(id).posted(at);
    expect((await journal.archive.read(id))?.messages).toEqual([first, second, inThread]);
  });

  it('finds the messages that show one person’s words in a guild, a shared message once', async () => {
    const [one, two, elsewhere] = [await begin({ guildId: '78' }), await begin({ guildId: '78' }), await begin()];
    for (const { id } of [one, two, elsewhere]) {
      await journal.of(id).write(makeFinal());
      await journal.of(id).write(makeTranslation());
      await journal.of(id).write(makeFinal({ utteranceId: 'u2' }));
      await journal.of(id).write(makeFinal({ utteranceId: 'bo', speakerId: '200' }));
      await journal.of(id).posted({ utteranceId: 'u1', channelId: '20', messageId: `${id} a` });
      await journal.of(id).posted({ utteranceId: 'u2', channelId: '20', messageId: `${id} a` });
      await journal.of(id).posted({ utteranceId: 'bo', channelId: '20', messageId: `${id} b` });
    }
    expect(await journal.archive.messagesOf('78', '100')).toEqual([
      { meetingId: one.id, channelId: '20', messageId: `${one.id} a` },
      { meetingId: two.id, channelId: '20', messageId: `${two.id} a` },
    ]);
    await journal.archive.forget('78', '100');
    expect(await journal.archive.messagesOf('78', '100')).toEqual([]);
    expect((await journal.archive.read(one.id))?.messages).toEqual([
      { utteranceId: 'bo', channelId: '20', messageId: `${one.id} b` },
    ]);
    expect(await journal.archive.messagesOf(elsewhere.guildId, '100')).toHaveLength(1);
  });

  it('keeps the messages that show a meeting, the latest of each kind', async () => {
    const head = await begin();
    await journal.of(head.id).setPlaces({ panelMessageId: '5', threadId: '6' });
    await journal.of(head.id).setPlaces({ panelMessageId: '7', languageThreads: { es: '8' } });
    await journal.of(head.id).setPlaces({ languageThreads: { fr: '9' } });
    const voiceStatuses = { '10': { notice: 'transcribed in #notes', before: '"Tea"' } };
    await journal.of(head.id).setPlaces({ voiceStatuses });
    await journal.of(head.id).setPlaces({});
    const places = { panelMessageId: '7', threadId: '6', languageThreads: { es: '8', fr: '9' }, voiceStatuses };
    expect((await journal.archive.read(head.id))?.head).toEqual({ ...head, places });
    expect(await journal.archive.list(head.guildId, 1)).toEqual([{ ...head, places }]);
    expect(await journal.archive.unfinished()).toContainEqual({ ...head, places });
  });

  it('keeps the event that a meeting is held for, from its first moment on, and its newest name', async () => {
    const occasion = { eventId: '7', name: 'Reading', about: 'Chapter "1"', endsMeeting: true };
    const head = await begin({ title: 'Reading', places: { occasion } });
    expect(await journal.archive.head(head.id)).toEqual(head);
    const renamed = { ...occasion, name: 'Reading 会议 🎉' };
    await journal.of(head.id).setPlaces({ occasion: renamed });
    await journal.of(head.id).retitle('Reading 会议 🎉\0');
    expect(await journal.archive.head(head.id)).toEqual({
      ...head,
      title: 'Reading 会议 🎉',
      places: { occasion: renamed },
    });
  });

  it('keeps a meeting’s summary, the latest', async () => {
    const { id } = await begin();
    await journal.of(id).write(makeFinal());
    expect(await journal.of(id).summarised({ kind: 'failed', because: 'too busy' }, 1)).toBe(true);
    expect((await journal.archive.read(id))?.summary).toEqual({ kind: 'failed', because: 'too busy' });
    const point = { text: 'Everybody was greeted \ud83d', cites: ['u1'] };
    const action = { ...point, owner: 'Ana', due: 'Friday' };
    const text = { language: 'en', title: '', keyPoints: [point], decisions: [], actions: [action], questions: [] };
    const madeBy = { model: 'small-1', inputTokens: 7, costUsd: 0.001 };
    expect(await journal.of(id).summarised({ kind: 'written', texts: [text], madeBy }, 1)).toBe(true);
    expect((await journal.archive.read(id))?.summary).toMatchObject({
      madeBy,
      texts: [{ actions: [{ owner: 'Ana' }] }],
    });
  });

  it('keeps no summary that was made from words which have been erased meanwhile', async () => {
    const { id, guildId } = await begin();
    await journal.of(id).write(makeFinal());
    await journal.of(id).write(makeFinal({ utteranceId: 'u2', speakerId: '200' }));
    await journal.archive.forget(guildId, '200');
    expect(await journal.of(id).summarised({ kind: 'failed', because: 'too busy' }, 2)).toBe(false);
    expect((await journal.archive.read(id))?.summary).toBeUndefined();
  });

  it('erases the summaries of meetings that an erased person attended, and no others', async () => {
    const [spoke, sat, other] = [
      await begin({ guildId: '79' }),
      await begin({ guildId: '79' }),
      await begin({ guildId: '79' }),
    ];
    await journal.of(spoke.id).write(makeFinal({ speakerId: '300' }));
    await journal.of(sat.id).joined({ speakerId: '300', displayName: 'Cy', joinedMs: 0 });
    for (const { id } of [spoke, sat, other])
      await journal.of(id).summarised({ kind: 'failed', because: 'refused' }, 0);
    await journal.archive.forget('79', '300');
    const left = await Promise.all(
      [spoke, sat, other].map(async ({ id }) => (await journal.archive.read(id))?.summary),
    );
    expect(left).toEqual([undefined, undefined, { kind: 'failed', because: 'refused' }]);
  });

  it('keeps how a meeting ended', async () => {
    const { id } = await begin();
    await journal.of(id).end(60_000, 'empty');
    expect(await journal.archive.read(id)).toMatchObject({ endedMs: 60_000, ending: 'empty' });
  });

  it('lists the meetings of a guild, the newest first', async () => {
    const guildId = '77';
    for (const day of ['2026-11-21', '2026-11-23', '2026-11-22']) {
      await begin({ id: day, guildId, beganAt: new Date(`${day}T10:00:00Z`) });
    }
    expect((await journal.archive.list(guildId, 2)).map(({ id }) => id)).toEqual(['2026-11-23', '2026-11-22']);
  });

  it('keeps a meeting’s last sign of life, and finds the meeting, until it is settled', async () => {
    const { id } = await begin();
    await journal.of(id).alive({ atMs: 1, pending: [], spoken: 'en' });
    const pending = [{ speakerId: '100', sinceMs: 1_500 }];
    const sign = { atMs: 2_000, pending, tallies: [makeTally()], ungreeted: ['200'] };
    await journal.of(id).alive(sign);
    await journal.of(id).end(3_000, 'stopped');
    expect((await journal.archive.read(id))?.lastSign).toEqual(sign);
    expect((await journal.archive.unfinished()).map((head) => head.id)).toContain(id);
    await journal.of(id).settled();
    expect((await journal.archive.read(id))?.lastSign).toBeUndefined();
    expect((await journal.archive.unfinished()).map((head) => head.id)).not.toContain(id);
  });

  it('finds the meetings that were not ended', async () => {
    const [open, ended] = [await begin(), await begin()];
    await journal.of(ended.id).end(1, 'stopped');
    await journal.of(ended.id).settled();
    const ids = (await journal.archive.unfinished()).map(({ id }) => id);
    expect(ids).toContain(open.id);
    expect(ids).not.toContain(ended.id);
  });

  it('erases a person in one guild and says how many texts it removed', async () => {
    const [here, elsewhere] = [await begin(), await begin()];
    for (const { id } of [here, elsewhere]) {
      await journal.of(id).joined({ speakerId: '100', displayName: 'Ana', joinedMs: 0 });
      await journal.of(id).joined({ speakerId: '200', displayName: 'Bo', joinedMs: 0 });
      await journal.of(id).write(makeFinal());
      await journal.of(id).write(makeTranslation());
      await journal.of(id).write(makeFinal({ utteranceId: 'u2', speakerId: '200' }));
      await journal.of(id).gap({ speakerId: '100', startMs: 0, endMs: 1, reason: 'too much at once' });
    }
    expect(await journal.archive.forget(here.guildId, '100')).toBe(2);
    expect(await journal.archive.read(here.id)).toMatchObject({
      attendance: [{ displayName: 'Bo' }],
      finals: [{ speakerId: '200' }],
      translations: [],
      gaps: [],
    });
    expect((await journal.archive.read(elsewhere.id))?.finals).toHaveLength(2);
  });

  it('reports a failed write without the words that were to be written', async () => {
    const failed = journal.of('never begun').write(makeFinal({ text: 'a secret' }));
    await expect(failed).rejects.toThrow(/^Cannot write the transcripts: /);
    await expect(failed).rejects.toMatchObject({ name: 'StorageError', code: 'failed' });
    await expect(failed).rejects.not.toHaveProperty('cause');
    await expect(failed).rejects.not.toThrow(/secret/);
  });
}

describe('a journal in SQLite', () => {
  const folder = makeFolder();
  afterAll(() => folder[Symbol.dispose]());
  aJournal(() => openJournal(`sqlite://${folder.path}/new/folders/parley.db`, quiet));

  it('has everything when it is opened again', async () => {
    const url = `sqlite://${folder.path}/again.db`;
    {
      await using journal = await openJournal(url, quiet);
      await journal.begin(makeHead());
      await journal.of('m1').write(makeFinal());
    }
    await using journal = await openJournal(url, quiet);
    expect((await journal.archive.read('m1'))?.finals).toEqual([makeFinal()]);
  });

  it('leaves no trace of forgotten words in its files', async () => {
    using own = makeFolder();
    await using journal = await openJournal(`sqlite://${own.path}/parley.db`, quiet);
    const contents = () =>
      Buffer.concat(readdirSync(own.path).map((name) => readFileSync(join(own.path, name)))).toString('latin1');
    await journal.begin(makeHead());
    await journal.of('m1').write(makeFinal({ text: 'unmistakable' }));
    expect(contents()).toContain('unmistakable');
    await journal.archive.forget('1', '100');
    expect(contents()).not.toContain('unmistakable');
  });

  it('waits for somebody else’s lock while the process goes on', async () => {
    using own = makeFolder();
    await using journal = await openJournal(`sqlite://${own.path}/parley.db`, quiet);
    await journal.begin(makeHead());
    using other = new DatabaseSync(join(own.path, 'parley.db'));
    other.exec('BEGIN IMMEDIATE');
    let isWritten = false;
    const written = journal
      .of('m1')
      .write(makeFinal())
      .then(() => {
        isWritten = true;
      });
    await new Promise(setImmediate); // comes round only if nobody stops the process for the lock
    expect(isWritten).toBe(false);
    other.exec('COMMIT');
    await written;
    expect((await journal.archive.read('m1'))?.finals).toEqual([makeFinal()]);
  });

  it('has everything whose write had resolved in a killed process', async () => {
    using own = makeFolder();
    const url = `sqlite://${own.path}/parley.db`;
    const writer = spawn(process.execPath, [
      fileURLToPath(new URL('../support/endless-writer.ts', import.meta.url)),
      url,
    ]);
    let told = 0;
    for await (const line of createInterface(writer.stdout)) {
      told = Number(line);
      if (told === 50) writer.kill('SIGKILL'); // it writes on until the signal arrives
    }
    await using journal = await openJournal(url, quiet);
    const finals = (await journal.archive.read('m1'))?.finals ?? [];
    expect(told).toBeGreaterThanOrEqual(50);
    expect(finals.slice(0, told).map(({ text }) => text)).toEqual(Array.from({ length: told }, (_, n) => `word ${n}`));
  });

  it('can live in memory', async () => {
    await using journal = await openJournal('sqlite://:memory:', quiet);
    await journal.begin(makeHead());
    expect(await journal.archive.list('1', 5)).toEqual([makeHead()]);
  });

  it.each([
    ['an address without a path', 'sqlite://', /^Cannot open the transcripts: the address is not one like /],
    ['a foreign address', 'mysql://user:hush@host/x', /^Cannot open the transcripts: the address is not one like /],
    ['Redis', 'redis://user:hush@127.0.0.1', /they are kept in sqlite: or postgres:/],
  ])('refuses %s', async (_, url, sentence) => {
    const opened = openJournal(url, quiet);
    await expect(opened).rejects.toThrow(sentence);
    await expect(opened).rejects.toMatchObject({ name: 'StorageError', code: 'bad-address' });
    await expect(opened).rejects.not.toThrow(/hush/);
  });

  it('says when the file is not a database', async () => {
    const path = join(folder.path, 'notes.txt');
    writeFileSync(path, 'Buy milk. '.repeat(1_000));
    await expect(openJournal(`sqlite://${path}`, quiet)).rejects.toThrow(
      `Cannot open the transcripts in ${path}: the file is not a SQLite database.`,
    );
  });

  it('says when a part of the path is a file', async () => {
    const path = join(folder.path, 'file');
    writeFileSync(path, '');
    await expect(openJournal(`sqlite://${path}/parley.db`, quiet)).rejects.toThrow(/is a file, not a folder\.$/);
  });
});

describe.skipIf(!hasPostgres)('a journal in PostgreSQL (needs one at 127.0.0.1:5432)', () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());
  aJournal(() => openJournal(database.url, quiet));

  it('is opened by two processes at once', async () => {
    await using fresh = await makeDatabase();
    const journals = await Promise.all([openJournal(fresh.url, quiet), openJournal(fresh.url, quiet)]);
    await journals[0].begin(makeHead());
    expect(await journals[1].archive.list('1', 5)).toEqual([makeHead()]);
    await Promise.all(journals.map((journal) => journal[Symbol.asyncDispose]()));
  });

  it('goes on when the server has cut its connections', async () => {
    await using journal = await openJournal(database.url, quiet);
    await journal.begin(makeHead({ id: 'cut' }));
    await cutConnections(database.url);
    await journal.of('cut').write(makeFinal());
    expect((await journal.archive.read('cut'))?.finals).toEqual([makeFinal()]);
  });

  it('writes what it was writing when the server cuts its connections in the middle', async () => {
    await using journal = await openJournal(database.url, quiet);
    await journal.begin(makeHead({ id: 'cut often' }));
    const finals = Array.from({ length: 60 }, (_, n) => makeFinal({ utteranceId: `u${n}`, startMs: n }));
    for (let round = 0; round < 3; round += 1) {
      const written = finals.slice(round * 20, round * 20 + 20).map((final) => journal.of('cut often').write(final));
      await cutConnections(database.url);
      await Promise.all(written);
    }
    expect((await journal.archive.read('cut often'))?.finals).toEqual(finals);
  });

  it('says when there is no such database, without the password', async () => {
    const opened = openJournal('postgres://postgres:hush@127.0.0.1:5432/no_such_database', quiet);
    await expect(opened).rejects.toThrow(
      'Cannot open the transcripts in postgres://127.0.0.1:5432/no_such_database: there is no such database.',
    );
  });
});

describe.skipIf(!hasPostgres)('a journal in PostgreSQL whose meetings are under leases', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  beforeAll(async () => {
    cluster = await openCluster();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());
  aJournal(async () => leasedJournal(await openJournal(cluster.url, quiet), await cluster.join('only one')));
});

describe('a journal in a PostgreSQL that does not answer', () => {
  it('says so, without the password', async () => {
    const opened = openJournal('postgres://me:hush@127.0.0.1:1/parley', quiet);
    await expect(opened).rejects.toThrow(
      'Cannot open the transcripts in postgres://127.0.0.1:1/parley: nothing answers there.',
    );
    await expect(opened).rejects.toMatchObject({ code: 'unreachable' });
  });
});
