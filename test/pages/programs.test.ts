import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LogBook } from '../support/log-book.ts';
import { makeFinal, makeHead } from '../support/make.ts';
import { club } from './support/club.ts';

const json = async (answer: Response) => (await answer.json()) as Record<string, never>;
const codeOf = async (answer: Promise<Response>) => {
  const response = await answer;
  const { code, status, type } = await json(response);
  expect([response.headers.get('content-type'), status, type]).toEqual([
    'application/problem+json',
    response.status,
    'about:blank',
  ]);
  return [response.status, code];
};
const titlesIn = async (answer: Response) =>
  ((await answer.json()) as { meetings: { title: string }[] }).meetings.map(({ title }) => title);

/** Lets what was asked of Discord grow old, without waiting for it. */
function tenSecondsLater(): void {
  const now = performance.now() + 10_001;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
}

describe('the list of meetings for programs', () => {
  it('holds those that the member may read now in the server of the key, the newest first', async () => {
    const { program, ana, ben, second, meeting, channel } = await club();
    const first = await meeting(channel('general'), 'First');
    await meeting(channel('board'), 'Board', { isRunning: true });
    await meeting(channel('general', second), 'Elsewhere');
    expect(await titlesIn(await (await program(ben)).ask('/api/v1/meetings'))).toEqual(['First']);
    const { ask } = await program(ana);
    const { meetings, nextCursor } = await json(await ask('/api/v1/meetings'));
    expect(meetings).toMatchObject([
      { title: 'Board', durationMs: null },
      { title: 'First', durationMs: 2_700_000 },
    ]);
    expect(nextCursor).toBeNull();
    expect(meetings?.[1]).toEqual({
      ...{ id: first.id, title: 'First', guildId: first.guildId, durationMs: 2_700_000 },
      ...{ beganAt: first.beganAt.toISOString() },
      voiceChannel: { id: first.voiceChannelId, name: first.voiceChannelName },
    });
  });

  it('comes in pages, with no trace of those between that the member may not read', async () => {
    const { program, ben, meeting, channel } = await club();
    for (let n = 1; n <= 5; n++) {
      await meeting(channel('general'), `Open ${n}`);
      await meeting(channel('board'), `Secret ${n}`);
    }
    const { ask } = await program(ben);
    const seen: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await ask(`/api/v1/meetings?limit=2${cursor && `&cursor=${cursor}`}`);
      const page = (await answer.json()) as { meetings: { title: string }[]; nextCursor: string | null };
      seen.push(page.meetings.map(({ title }) => title));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([['Open 5', 'Open 4'], ['Open 3', 'Open 2'], ['Open 1']]);
  });

  it('is narrowed by server and time', async () => {
    const { program, ana, guild, second, meeting, channel } = await club();
    await meeting(channel('general'), 'Eleven'); // at 11:00 UTC
    await meeting(channel('general'), 'Twelve');
    const { ask } = await program(ana);
    for (const [query, titles] of [
      ['since=2026-11-23T11:30:00Z', ['Twelve']],
      ['since=2026-11-23T12:30:00%2B01:00', ['Twelve']],
      ['since=2026-11-23', ['Twelve', 'Eleven']],
      ['since=2026-11-24', []],
      [`guild=${guild.id}`, ['Twelve', 'Eleven']],
      [`guild=${second.id}`, []],
    ] as const)
      expect([query, await titlesIn(await ask(`/api/v1/meetings?${query}`))]).toEqual([query, titles]);
  });
});

describe('a meeting for programs', () => {
  it('is the JSON export, and a file in each format', async () => {
    const { program, ana, meeting, channel } = await club();
    const { id } = await meeting(channel('general'), 'Weekly');
    const { ask } = await program(ana);
    const answer = await ask(`/api/v1/meetings/${id}`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    const whole = await answer.text();
    expect(JSON.parse(whole)).toMatchObject({
      version: 1,
      meeting: { id, title: 'Weekly, 2026-11-23', ending: 'stopped' },
      utterances: [{ text: 'Words of Weekly' }],
    });
    expect(await (await ask(`/api/v1/meetings/${id}/export.json`)).text()).toBe(whole);
    const types: Record<string, string> = {};
    for (const format of ['md', 'txt', 'vtt', 'srt', 'json', 'docx', 'pdf']) {
      const file = await ask(`/api/v1/meetings/${id}/export.${format}`);
      expect([format, file.status, (await file.arrayBuffer()).byteLength > 50]).toEqual([format, 200, true]);
      expect(file.headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="[\\w.-]+\\.${format}"$`),
      );
      types[format] = file.headers.get('content-type') ?? '';
    }
    expect(types).toMatchObject({ md: 'text/markdown; charset=utf-8', pdf: 'application/pdf' });
  });

  it('of three hours is made beside the thread that hears people, and is the same', async () => {
    const { program, ana, guild, journal, channel } = await club();
    const head = makeHead({ id: 'long', guildId: guild.id, textChannelId: channel('general').id });
    await journal.begin(head);
    for (let n = 0; n < 300; n++) {
      await journal.of('long').write(makeFinal({ utteranceId: `u${n}`, startMs: n * 1_000, text: `Line ${n}` }));
    }
    const { ask } = await program(ana);
    const { utterances } = await json(await ask('/api/v1/meetings/long'));
    expect(utterances).toHaveLength(300);
    expect(await (await ask('/api/v1/meetings/long/export.srt')).text()).toContain('Line 299');
  });

  it('that still runs is there so far', async () => {
    const { program, ana, meeting, channel } = await club();
    const { id } = await meeting(channel('general'), 'Now', { isRunning: true });
    expect(await json(await (await program(ana)).ask(`/api/v1/meetings/${id}`))).toMatchObject({
      meeting: { ending: null },
    });
  });

  it('is not there for whoever may not read it, by whatever address', async () => {
    const { program, ben, second, meeting, channel } = await club();
    const board = await meeting(channel('board'), 'Board');
    const elsewhere = await meeting(channel('general', second), 'Club');
    const { ask } = await program(ben);
    const nowhere = [
      'unknown',
      '%00',
      'a%2Fb',
      '..%2F..%2Fetc',
      '%F0%9F%8E%B2',
      'x'.repeat(4_000),
      "'%20OR%201=1",
      '%ff',
    ];
    const answers: string[] = [];
    for (const id of [board.id, elsewhere.id, ...nowhere]) {
      expect([id, await codeOf(ask(`/api/v1/meetings/${id}`))]).toEqual([id, [404, 'not-found']]);
      answers.push(await (await ask(`/api/v1/meetings/${id}`)).text());
    }
    expect(new Set(answers).size).toBe(1); // so nothing says that a meeting exists
    for (const format of ['exe', 'jsonx', 'constructor'])
      expect(await codeOf(ask(`/api/v1/meetings/${board.id}/export.${format}`))).toEqual([404, 'not-found']);
  });

  it('is sent again only when something has changed, and forgotten words are gone at once', async () => {
    const { program, ana, guild, journal, meeting, channel } = await club();
    const { id } = await meeting(channel('general'), 'Weekly');
    const { ask } = await program(ana);
    for (const path of [
      `/api/v1/meetings/${id}`,
      `/api/v1/meetings/${id}/export.pdf`,
      '/api/v1/meetings',
      '/api/v1/search?q=words',
    ]) {
      const first = await ask(path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      for (const header of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
        const again = await ask(path, { 'if-none-match': header });
        expect([path, header, again.status, await again.text()]).toEqual([path, header, 304, '']);
      }
      expect((await ask(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
    const etag = (await ask(`/api/v1/meetings/${id}`)).headers.get('etag') ?? '';
    await journal.archive.forget(guild.id, '100');
    const after = await ask(`/api/v1/meetings/${id}`, { 'if-none-match': etag });
    expect([after.status, await after.text()]).toEqual([200, expect.not.stringContaining('Words of')]);
    await journal.archive.erase(id);
    expect(await codeOf(ask(`/api/v1/meetings/${id}`, { 'if-none-match': etag }))).toEqual([404, 'not-found']);
    expect(await titlesIn(await ask('/api/v1/meetings'))).toEqual([]);
  });
});

describe('the search for programs', () => {
  it('finds what was said where the member may read, as the search of people does', async () => {
    const { program, ben, journal, meeting, channel } = await club();
    const { id, beganAt, guildId } = await meeting(channel('general'), 'Budget');
    await meeting(channel('board'), 'Secret budget');
    await journal.of(id).posted({ utteranceId: 'u1', channelId: '7', messageId: '8' });
    const { hits, hasMore } = await json(await (await program(ben)).ask('/api/v1/search?q=budg'));
    expect(hasMore).toBe(false);
    expect(hits).toEqual([
      {
        meeting: { id, title: 'Budget', beganAt: beganAt.toISOString() },
        ...{ utteranceId: 'u1', speaker: { id: '100', name: 'Zoe' }, language: 'en', isTranslation: false },
        ...{ text: 'Words of Budget', matches: [{ start: 9, end: 15 }], startMs: expect.any(Number) },
        ...{ saidAt: expect.any(String), url: `https://discord.com/channels/${guildId}/7/8` },
      },
    ]);
  });

  it('is narrowed by speaker, meeting, time and language, and says when there is more', async () => {
    const { program, ana, meeting, channel } = await club();
    const { id } = await meeting(channel('general'), 'One');
    await meeting(channel('general'), 'Two');
    const { ask } = await program(ana);
    for (const [query, count, more] of [
      ['q=words', 2, false],
      ['q=words&limit=1', 1, true],
      ['q=words&speaker=100', 2, false],
      ['q=words&speaker=101', 0, false],
      [`q=words&meeting=${id}`, 1, false],
      ['q=words&since=2026-11-23T11:30:00Z', 1, false],
      ['q=words&language=de', 0, false],
      ['q=%22words%20of%20two%22', 1, false],
    ] as const) {
      const { hits, hasMore } = (await (await ask(`/api/v1/search?${query}`)).json()) as { hits: []; hasMore: boolean };
      expect([query, hits.length, hasMore]).toEqual([query, count, more]);
    }
  });

  it.each([
    ['nothing', ''],
    ['no word', 'q=%21%3F'],
    ['4,000 characters', `q=${'x'.repeat(4_000)}`],
    ['a NUL', 'q=%00'],
    ['two queries', 'q=a&q=b'],
    ['a limit out of range', 'q=a&limit=51'],
    ['a limit that is none', 'q=a&limit=1e1'],
    ['an unknown parameter', 'q=a&form=2026'],
    ['a day that does not exist', 'q=a&since=2026-02-30'],
    ['a language that is none', 'q=a&language=%3Cscript%3E'],
    ['a meeting with a slash', 'q=a&meeting=a%2Fb'],
  ])('says what is wrong with %s, and repeats none of it', async (_what, query) => {
    const { program, ana } = await club();
    const { ask } = await program(ana);
    expect(await codeOf(ask(`/api/v1/search?${query}`))).toEqual([400, 'bad-parameter']);
    expect(await (await ask(`/api/v1/search?${query}`)).text()).not.toMatch(/xxxx|script/);
  });
});

describe('a key', () => {
  it('opens nothing when it is missing, wrong or in the wrong place, and is never logged', async () => {
    const log = new LogBook();
    const { program, ana, origin, meeting, channel } = await club({ log });
    await meeting(channel('general'), 'Weekly');
    const { secret, ask } = await program(ana);
    const wrong = [
      `${secret}x`,
      secret.slice(0, -1),
      'x',
      'x'.repeat(10_000),
      `parley_${'A'.repeat(43)}`,
      `${secret} y`,
    ];
    for (const key of wrong) {
      const answer = await fetch(`${origin}/api/v1/meetings`, { headers: { authorization: `Bearer ${key}` } });
      expect([key, answer.status]).toEqual([key, 401]);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer realm="Parley"');
    }
    for (const [path, headers] of [
      ['/api/v1/meetings', {}],
      [`/api/v1/meetings?key=${secret}`, {}],
      ['/api/v1/meetings', { cookie: `session=${secret}` }],
      ['/api/v1/meetings', { authorization: `Basic ${btoa(`:${secret}`)}` }],
      ['/api/v1/meetings', { authorization: secret }],
    ] as const)
      expect(await codeOf(fetch(`${origin}${path}`, { headers }))).toEqual([401, 'key-missing']);
    expect((await ask('/api/v1/meetings')).status).toBe(200);
    expect((await ask('/api/v1/meetings', { authorization: `bearer   ${secret}` })).status).toBe(200);
    expect(log.entries.join('\n')).toMatch(/"access":"meetings listed","outcome":"allowed".*"by":"key"/);
    expect(log.entries.join('\n')).not.toMatch(/parley_|Weekly/);
  });

  it('opens no page, and a session or a link opens nothing of the API', async () => {
    const { program, visitor, ana, meeting, channel } = await club();
    const { id } = await meeting(channel('general'), 'Weekly');
    const { secret, ask } = await program(ana);
    expect(await (await ask('/meetings')).text()).not.toContain('Weekly');
    expect((await ask(`/live/${id}`)).status).toBe(404);
    expect((await ask(`/live/${id}?key=${secret}`)).status).toBe(404);
    const browser = visitor();
    await browser.signIn(ana);
    expect((await browser.go('/api/v1/meetings')).status).toBe(401);
  });

  it('ends at once when it is revoked, and when its time is over', async () => {
    const { program, ana, guild, journal } = await club();
    const { ask } = await program(ana);
    expect((await ask('/api/v1/meetings')).status).toBe(200);
    await journal.apiKeys.revokeAllOf(guild.id, ana.id);
    expect(await codeOf(ask('/api/v1/meetings'))).toEqual([401, 'key-unknown']);
    const later = await program(ana);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_001 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await codeOf(later.ask('/api/v1/meetings'))).toEqual([401, 'key-unknown']);
  });

  it('opens nothing while a manager has switched keys off', async () => {
    const { program, ana, guild, settings } = await club();
    const { ask } = await program(ana);
    await settings.changeGuild(guild.id, { api: false });
    expect(await codeOf(ask('/api/v1/meetings'))).toEqual([403, 'switched-off']);
    await settings.changeGuild(guild.id, { api: undefined });
    expect((await ask('/api/v1/meetings')).status).toBe(200);
  });

  it('follows its member: who loses a channel loses its meetings at once, and who leaves loses all', async () => {
    const { program, ana, guild, meeting, channel } = await club();
    const { id } = await meeting(channel('general'), 'Weekly');
    await meeting(channel('board'), 'Board');
    const { ask } = await program(ana);
    expect(await titlesIn(await ask('/api/v1/meetings'))).toEqual(['Board', 'Weekly']);
    channel('general').setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
    await vi.waitFor(async () => expect((await ask(`/api/v1/meetings/${id}`)).status).toBe(404));
    expect(await titlesIn(await ask('/api/v1/meetings'))).toEqual(['Board']);
    ana.quit();
    tenSecondsLater();
    expect(await codeOf(ask('/api/v1/meetings'))).toEqual([403, 'not-a-member']);
    expect(await codeOf(ask(`/api/v1/meetings/${id}`))).toEqual([403, 'not-a-member']);
    expect(await codeOf(ask('/api/v1/search?q=words'))).toEqual([403, 'not-a-member']);
  });

  it('waits when it is used too often, and does not make others wait', async () => {
    const { program, ana, ben } = await club();
    const [busy, calm] = [await program(ana), await program(ben)];
    const statuses = [];
    for (let n = 0; n < 35; n++) {
      const answer = await busy.ask('/api/v1/meetings?limit=x');
      statuses.push(answer.status);
      if (answer.status === 429) expect(answer.headers.get('retry-after')).toBe('1');
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(await codeOf(busy.ask('/api/v1/meetings'))).toEqual([429, 'too-many-requests']);
    expect((await calm.ask('/api/v1/meetings')).status).toBe(200);
  });

  it('is not guessed: an address with many wrong ones waits', async () => {
    const { origin } = await club({ proxies: [] });
    const guess = async () => {
      const headers = { authorization: `Bearer parley_${'A'.repeat(43)}`, 'x-forwarded-for': '203.0.113.7' };
      return await fetch(`${origin}/api/v1/meetings`, { headers });
    };
    const statuses = [];
    for (let n = 0; n < 32; n++) statuses.push((await guess()).status);
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 401));
    expect((await guess()).headers.get('retry-after')).toBe('10');
    expect(await codeOf(guess())).toEqual([429, 'too-many-requests']);
  });
});

describe('the API', () => {
  it('is only read, from no other site, and by addresses that it lists', async () => {
    const { program, ana, origin } = await club();
    const { ask } = await program(ana);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await ask('/api/v1/meetings', {}, { method });
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD']);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(await codeOf(ask('/api/v1/meetings', { origin: 'https://evil.example' }))).toEqual([403, 'other-site']);
    expect((await ask('/api/v1/meetings', { origin })).status).toBe(200);
    for (const path of ['', '/', '/nothing', '/meetings/', '/meetings/a/b/c'])
      expect([path, await codeOf(ask(`/api/v1${path}`))]).toEqual([path, [404, 'not-found']]);
    const head = await ask('/api/v1/meetings', {}, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
