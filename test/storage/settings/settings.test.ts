import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClient } from '@keyv/redis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Log, quiet } from '../../../src/core/log.ts';
import type { Settings } from '../../../src/core/ports/settings.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { openSettings } from '../../../src/storage/settings/settings.ts';
import { makeFinal, makeHead } from '../../support/make.ts';
import { makeFolder } from '../support/folder.ts';
import { answersPostgres, makeDatabase } from '../support/postgres.ts';
import { answersRedis, REDIS_URL } from '../support/redis.ts';

const hasPostgres = await answersPostgres();
const hasRedis = await answersRedis();

/** Keeps the warnings that settings write to the log. */
function listen(): Log & { readonly warnings: [fields: object, message: string][] } {
  const warnings: [object, string][] = [];
  return { ...quiet, warnings, warn: (fields, message) => warnings.push([fields, message]) };
}

/** What settings do, whatever keeps them. `put` writes a raw entry past them. */
function settingsKept(
  open: (log: Log) => Promise<Settings>,
  put: (key: string, packed: string) => Promise<unknown>,
): void {
  const log = listen();
  let settings: Settings;
  beforeAll(async () => {
    settings = await open(log);
  });
  afterAll(() => settings[Symbol.asyncDispose]());

  it('have defaults for unknown guilds and members', async () => {
    expect(await settings.guild('1')).toEqual({ spoken: 'auto', translateTo: [] });
    expect(await settings.member('1', '100')).toEqual({ optedOut: false });
  });

  it('keep what a guild chose', async () => {
    const changed = await settings.changeGuild('2', { translateTo: ['es', 'fr'], minutesChannelId: '20' });
    expect(changed).toEqual({ spoken: 'auto', translateTo: ['es', 'fr'], minutesChannelId: '20' });
    expect(await settings.guild('2')).toEqual(changed);
  });

  it('change only the keys that are given', async () => {
    await settings.changeGuild('3', { spoken: 'de' });
    await settings.changeGuild('3', { translateTo: ['en'] });
    expect(await settings.guild('3')).toEqual({ spoken: 'de', translateTo: ['en'] });
  });

  it('keep a time zone and a glossary, and refuse an unknown zone', async () => {
    const glossary = [{ written: 'Palabra', heard: ['палабра'], translations: { es: 'Palabra' } }];
    await settings.changeGuild('41', { timeZone: 'Europe/Berlin', glossary });
    expect(await settings.guild('41')).toMatchObject({ timeZone: 'Europe/Berlin', glossary });
    await expect(settings.changeGuild('41', { timeZone: 'Mars/Olympus' })).rejects.toThrow();
    expect((await settings.guild('41')).timeZone).toBe('Europe/Berlin');
  });

  it('go back to the default of a key given as undefined', async () => {
    await settings.changeGuild('4', { spoken: 'de', minutesChannelId: '20' });
    await settings.changeGuild('4', { spoken: undefined, minutesChannelId: undefined });
    expect(await settings.guild('4')).toEqual({ spoken: 'auto', translateTo: [] });
  });

  it('keep a member’s choices separate in every guild', async () => {
    await settings.changeMember('5', '100', { optedOut: true, spoken: 'pt' });
    expect(await settings.member('5', '100')).toEqual({ optedOut: true, spoken: 'pt' });
    expect(await settings.member('6', '100')).toEqual({ optedOut: false });
    expect(await settings.member('5', '200')).toEqual({ optedOut: false });
  });

  it('tell their subscribers of each change, once it can be read, and resolve when those have applied it', async () => {
    const seen: unknown[] = [];
    const end = settings.subscribe(async (change) => {
      await new Promise(setImmediate);
      const read = change.userId === undefined ? settings.guild('51') : settings.member('51', change.userId);
      seen.push([change, await read]);
    });
    await settings.changeGuild('51', { spoken: 'de', minutesChannelId: undefined });
    await settings.changeMember('51', '100', { reads: 'fr' });
    end();
    await settings.changeGuild('51', { spoken: 'en' });
    expect(seen).toMatchObject([
      [{ guildId: '51', keys: ['spoken', 'minutesChannelId'] }, { spoken: 'de' }],
      [{ guildId: '51', userId: '100', keys: ['reads'] }, { reads: 'fr' }],
    ]);
  });

  it('keep a change that a subscriber cannot apply, and say so', async () => {
    const end = settings.subscribe(async () => {
      throw new Error('cannot apply');
    });
    await expect(settings.changeGuild('52', { spoken: 'de' })).rejects.toThrow('cannot apply');
    end();
    expect((await settings.guild('52')).spoken).toBe('de');
  });

  it('lose none of several simultaneous changes of one guild', async () => {
    await Promise.all([
      settings.changeGuild('7', { spoken: 'de' }),
      settings.changeGuild('7', { translateTo: ['es'] }),
      settings.changeGuild('7', { minutesChannelId: '20' }),
      settings.changeGuild('7', { transcriptChannelId: '30' }),
    ]);
    expect(await settings.guild('7')).toEqual({
      spoken: 'de',
      translateTo: ['es'],
      minutesChannelId: '20',
      transcriptChannelId: '30',
    });
  });

  it.each([
    ['not JSON', '{'],
    ['not an entry', '[]'],
    ['not settings', '{"value":7}'],
    ['settings of a wrong kind', '{"value":{"spoken":7,"translateTo":["es"]}}'],
  ])(
    'log stored guild settings that are %s, and use the defaults but hear only people who opted in',
    async (_, packed) => {
      await put('guild:8', packed);
      log.warnings.length = 0;
      expect(await settings.guild('8')).toEqual({ spoken: 'auto', translateTo: [], optInOnly: true, api: false });
      expect(log.warnings).toHaveLength(1);
      expect(log.warnings[0]).toMatchObject([{ key: 'guild:8' }, 'Stored settings cannot be read: the defaults apply']);
    },
  );

  it('count an unreadable choice of a member as an opt-out', async () => {
    await put('member:9:100', '{"value":{"optedOut":"yes"}}');
    expect(await settings.member('9', '100')).toEqual({ optedOut: true });
  });

  it('replace an unreadable choice with a new one', async () => {
    await put('guild:10', '{');
    await settings.changeGuild('10', { spoken: 'ja' });
    expect(await settings.guild('10')).toEqual({ spoken: 'ja', translateTo: [], optInOnly: true, api: false });
  });
}

/** What settings do that two processes write. */
function settingsShared(open: () => Promise<Settings>, { closes = true } = {}): void {
  it('lose no key that two processes change at the same time', async () => {
    const [here, there] = [await open(), await open()];
    const made: { readonly [key: string]: unknown }[] = [];
    for (let n = 0; n < 20; n += 1) {
      await Promise.all([
        here.changeGuild(`7${n}`, { spoken: 'de' }),
        there.changeGuild(`7${n}`, { translateTo: ['es'] }),
        here.changeGuild(`7${n}`, { minutesChannelId: '20' }),
        there.changeGuild(`7${n}`, { transcriptChannelId: '30' }),
      ]);
      made.push({ ...(await here.guild(`7${n}`)) });
    }
    const all = { spoken: 'de', translateTo: ['es'], minutesChannelId: '20', transcriptChannelId: '30' };
    expect(made).toEqual(Array.from({ length: 20 }, () => all));
    if (closes) for (const one of [here, there]) await one[Symbol.asyncDispose]();
  });
}

describe('settings in SQLite', () => {
  const folder = makeFolder();
  const path = join(folder.path, 'new', 'parley.db');
  afterAll(() => folder[Symbol.dispose]());
  settingsKept(
    (log) => openSettings(`sqlite://${path}`, log),
    async (key, packed) => {
      using file = new DatabaseSync(path);
      file.prepare('INSERT OR REPLACE INTO keyv (key, value) VALUES (?, ?)').run(`parley:${key}`, packed);
    },
  );

  it('are still there when opened again', async () => {
    const url = `sqlite://${folder.path}/again.db`;
    {
      await using settings = await openSettings(url, quiet);
      await settings.changeGuild('1', { spoken: 'de' });
    }
    await using settings = await openSettings(url, quiet);
    expect((await settings.guild('1')).spoken).toBe('de');
  });

  it('share a file with the transcripts, opened and written at the same time', async () => {
    const url = `sqlite://${folder.path}/shared.db`;
    const [settings, journal] = await Promise.all([openSettings(url, quiet), openJournal(url, quiet)]);
    await journal.begin(makeHead());
    const count = 50;
    await Promise.all(
      Array.from({ length: count }, (_, n) => [
        journal.of('m1').write(makeFinal({ utteranceId: `u${n}` })),
        settings.changeMember('1', `${n}`, { optedOut: true }),
        journal.archive.forget('none', '1'),
      ]).flat(),
    );
    expect((await journal.archive.read('m1'))?.finals).toHaveLength(count);
    expect(await settings.member('1', `${count - 1}`)).toEqual({ optedOut: true });
    await settings[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
  });

  it.each(['', 'sqlite://', 'mysql://me:hush@host/x', 'redis://', 'postgres://me:hush@', 'data/parley.db'])(
    'refuse the address "%s" without repeating it',
    async (url) => {
      const opened = openSettings(url, quiet);
      await expect(opened).rejects.toMatchObject({ name: 'StorageError', code: 'bad-address' });
      await expect(opened).rejects.toThrow(/^Cannot open the settings: the address is not one like /);
      await expect(opened).rejects.not.toThrow(/hush/);
    },
  );
});

describe.skipIf(!hasRedis)('settings in Redis (needs one at 127.0.0.1:6379)', () => {
  const namespace = `parley-test-${randomBytes(6).toString('hex')}`;
  const redis = createClient({ url: REDIS_URL });
  beforeAll(async () => {
    await redis.connect();
  });
  afterAll(async () => {
    const keys = await redis.keys(`${namespace}::*`);
    if (keys.length > 0) await redis.del(keys);
    await redis.close();
  });
  settingsKept(
    (log) => openSettings(REDIS_URL, log, namespace),
    (key, packed) => redis.set(`${namespace}::${key}`, packed),
  );

  settingsShared(() => openSettings(REDIS_URL, quiet, namespace));

  it('answer again after Redis has cut the connection', async () => {
    await using settings = await openSettings(REDIS_URL, quiet, namespace);
    await settings.changeGuild('11', { spoken: 'de' });
    for (const { id, name } of await redis.clientList()) {
      if (name === namespace) await redis.sendCommand(['CLIENT', 'KILL', 'ID', `${id}`]);
    }
    await expect.poll(() => settings.guild('11').catch(() => undefined)).toMatchObject({ spoken: 'de' });
  });
});

describe.skipIf(!hasPostgres)('settings in PostgreSQL (needs one at 127.0.0.1:5432)', () => {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());
  settingsKept(
    (log) => openSettings(database.url, log),
    async (key, packed) => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query(
        'INSERT INTO parley_settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2',
        [`parley:${key}`, packed],
      );
      await client.end();
    },
  );

  settingsShared(() => openSettings(database.url, quiet), { closes: false }); // all share one pool
});

describe('settings in a store that does not answer', () => {
  it.each([
    ['redis://me:hush@127.0.0.1:1', 'redis://127.0.0.1:1'],
    ['postgres://me:hush@127.0.0.1:1/parley', 'postgres://127.0.0.1:1/parley'],
  ])('say so for %s, without the password', async (url, place) => {
    await expect(openSettings(url, quiet)).rejects.toMatchObject({
      code: 'unreachable',
      message: `Cannot open the settings in ${place}: nothing answers there.`,
    });
  });
});
