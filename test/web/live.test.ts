import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Audience } from '../../src/core/audience.ts';
import { quiet } from '../../src/core/log.ts';
import type { MeetingRecord } from '../../src/core/record.ts';
import { servePages } from '../../src/web/health.ts';
import type { LiveLine } from '../../src/web/live/lines.ts';
import { LiveLinks } from '../../src/web/live/links.ts';
import { livePages, type Reader } from '../../src/web/live/pages.ts';
import { makeFinal, makeHead, makeTranslation } from '../support/make.ts';

const guest = { guildId: '1', meetingId: 'm1', userId: '100' };

async function served(reader: Reader = {}) {
  const audience = new Audience();
  const record: MeetingRecord = {
    head: makeHead({ title: '<b>Weekly</b> & "more"' }),
    attendance: [{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }],
    finals: [makeFinal({ utteranceId: 'u0', text: 'Said before', startMs: 1_000 })],
    translations: [],
    gaps: [],
    messages: [],
  };
  const at: { reader: Reader | undefined; isRunning: boolean } = { reader, isRunning: true };
  const links = new LiveLinks('http://127.0.0.1:1/');
  const live = livePages({
    links,
    readerOf: async () => at.reader,
    recordOf: async () => record,
    listen: (_guest, listener) => (at.isRunning ? audience.listen(listener) : undefined),
    log: quiet,
    recheckMs: 50,
  });
  const server = await servePages(
    { host: '127.0.0.1', port: 0 },
    { isReady: () => true, meetings: () => 0 },
    quiet,
    live,
  );
  onTestFinished(() => server[Symbol.asyncDispose]());
  const invited = new URL(links.invite(guest));
  const address = (path = '', key = invited.search) =>
    `http://127.0.0.1:${server.port}${invited.pathname}${path}${key}`;
  return { audience, at, links, address, port: server.port };
}

interface Event {
  readonly event: string;
  readonly line?: LiveLine;
}

/** Follows the page's lines as a browser's EventSource does. */
async function follow(url: string) {
  const response = await fetch(url);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: Event[] = [];
  const ended = (async () => {
    let pending = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      pending += decoder.decode(chunk, { stream: true });
      const blocks = pending.split('\n\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = /^event: (.*)$/m.exec(block)?.[1];
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (event !== undefined) events.push({ event, ...(data && { line: JSON.parse(data) as LiveLine }) }); // what the page is sent
      }
    }
  })();
  const seen = (text: string) =>
    vi.waitFor(() => {
      const found = events.find(({ line }) => line?.text === text)?.line;
      if (!found) throw new Error(`not among ${JSON.stringify(events)}`);
      return found;
    });
  return { events, seen, ended };
}

describe('the live page', () => {
  it('loads nothing from elsewhere, and puts nothing into the page that somebody wrote', async () => {
    const { address, port } = await served();
    const page = await fetch(address(), { headers: { 'accept-language': 'de-DE,de;q=0.9' } });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('<h1 dir="auto">&lt;b&gt;Weekly&lt;/b&gt; &amp; &quot;more&quot;</h1>');
    expect(html).not.toMatch(/https?:|style=|<script>|onclick/);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    for (const [, path] of html.matchAll(/(?:src|href)="\.\.(\/[^"]+)"/g)) {
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
    }
    expect(html.match(/aria-live="polite"/g)).toHaveLength(1);
  });

  it('shows nothing without the key, with that of another meeting, or with one that is too old', async () => {
    const { address, links, port } = await served();
    const other = new URL(links.invite({ ...guest, meetingId: 'm2' })).search;
    for (const key of ['', '?key=wrong', other]) {
      expect((await fetch(address('', key))).status).toBe(404);
      expect((await fetch(address('/lines', key))).status).toBe(404);
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 13 * 60 * 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect((await fetch(address())).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it('shows nothing to who may not read it any more, and ends while they look', async () => {
    const { address, at, audience } = await served();
    const { events, seen, ended } = await follow(address('/lines'));
    await seen('Said before');
    at.reader = undefined;
    await ended;
    expect(events.at(-1)?.event).toBe('ended');
    audience.tell({ segment: makeFinal({ text: 'Not for them' }), name: 'Ana' });
    expect(JSON.stringify(events)).not.toContain('Not for them');
    expect((await fetch(address())).status).toBe(404);
    expect((await fetch(address('/lines'))).status).toBe(404);
  });

  it('shows what was said before, and grows until the meeting is over', async () => {
    const { address, audience } = await served();
    const { events, seen, ended } = await follow(address('/lines'));
    expect(await seen('Said before')).toMatchObject({ id: 'u0', name: 'Ana', state: 'final', language: 'en' });
    const said = makeFinal({ utteranceId: 'u1', text: 'Good morning' });
    audience.tell({ segment: { ...said, kind: 'partial', text: 'Good' }, name: 'Ben' });
    expect(await seen('Good')).toMatchObject({ id: 'u1', name: 'Ben', state: 'growing' });
    audience.tell({ segment: said, name: 'Ben' });
    audience.tell({ segment: makeTranslation({ utteranceId: 'u1' }), name: 'Ben' });
    expect(await seen('Good morning')).toMatchObject({ id: 'u1', state: 'final' });
    audience.close();
    await ended;
    expect(events.at(-1)?.event).toBe('over');
    expect(JSON.stringify(events)).not.toContain('Hola');
  });

  it('shows it in the reader’s language as soon as there is a translation', async () => {
    const { address, audience } = await served({ reads: 'pt-BR' });
    const { seen, events, ended } = await follow(address('/lines'));
    await seen('Said before');
    audience.tell({ segment: makeFinal({ utteranceId: 'u1', text: 'Good morning' }), name: 'Ben' });
    expect(await seen('Good morning')).toMatchObject({ language: 'en' });
    const portuguese = makeTranslation({ utteranceId: 'u1', language: 'pt', text: 'Bom dia' });
    audience.tell({ segment: portuguese, name: 'Ben' });
    audience.tell({ segment: makeFinal({ utteranceId: 'u1', text: 'Good morning!' }), name: 'Ben' });
    expect(await seen('Bom dia')).toMatchObject({ id: 'u1', language: 'pt' });
    audience.tell({ segment: makeFinal({ utteranceId: 'u2', text: 'Later' }), name: 'Ben' });
    await seen('Later');
    expect(JSON.stringify(events)).not.toContain('Good morning!');
    audience.close();
    await ended;
  });

  it('shows a meeting that is over, and says so', async () => {
    const { address, at } = await served();
    at.isRunning = false;
    const { events, ended } = await follow(address('/lines'));
    await ended;
    expect(events.map(({ event }) => event)).toEqual(['line', 'over']);
  });
});
