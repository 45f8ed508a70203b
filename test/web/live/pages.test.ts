import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cookieNameOf } from '../../../src/web/live/passes.ts';
import { makeFinal, makeTranslation } from '../../support/make.ts';
import { follow, guest, served } from './support/served.ts';

describe('the live page', () => {
  it('loads nothing from elsewhere, and escapes everything that people wrote', async () => {
    const { address, enter, port } = await served();
    const headers = { 'accept-language': 'de-DE,de;q=0.9', cookie: await enter() };
    const page = await fetch(address(), { headers });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('<h1 dir="auto">&lt;b&gt;Weekly&lt;/b&gt; &amp; &quot;more&quot;</h1>');
    expect(html).not.toMatch(/https?:|style=|<script>|onclick/);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    for (const [, path] of html.matchAll(/(?:src|href)="\.\.(\/[^"]+)"/g)) {
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
    }
    expect(html.match(/aria-live="polite"/g)).toHaveLength(1);
  });

  it('exchanges the key for a cookie at the first load, and takes it out of the address', async () => {
    const { links, address } = await served();
    const { search } = new URL(links.invite(guest));
    const first = await fetch(address(search), { redirect: 'manual' });
    expect(first.status).toBe(303);
    expect(new URL(first.headers.get('location') ?? '', address(search)).href).toBe(address());
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^__Host-live-[0-9a-f]{16}=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await fetch(address(), { headers: { cookie } })).status).toBe(200);
    const lines = await fetch(address('/lines'), { headers: { cookie } });
    expect(lines.status).toBe(200);
    await lines.body?.cancel();
  });

  it('keeps working when a proxy puts a path before it', async () => {
    const { links, address } = await served();
    const { search } = new URL(links.invite(guest));
    const location = (await fetch(address(search), { redirect: 'manual' })).headers.get('location') ?? '';
    const shown = `https://example.org/parley/live/m1${search}`;
    expect(new URL(location, shown).href).toBe('https://example.org/parley/live/m1');
  });

  it('sends lines for the cookie only, not for the key', async () => {
    const { links, address } = await served();
    const { search } = new URL(links.invite(guest));
    expect((await fetch(address(`/lines${search}`))).status).toBe(404);
  });

  it('lets one browser read several meetings', async () => {
    const { address, enter } = await served();
    const other = { ...guest, meetingId: 'm2' };
    const cookie = [await enter(), await enter(other)].join('; ');
    for (const id of ['m1', 'm2']) expect((await fetch(address('', id), { headers: { cookie } })).status).toBe(200);
  });

  it('shows nothing without a cookie, or with one of another meeting, a forged one, or an expired one', async () => {
    const { address, enter, links, port } = await served();
    const mine = await enter();
    const others = await enter({ ...guest, meetingId: 'm2' });
    const [name = ''] = mine.split('=');
    const [, secretOfOther = ''] = others.split('=');
    for (const cookie of ['', others, `${name}=${secretOfOther}`, `${name}=${'a'.repeat(43)}`, `${name}=`, name]) {
      expect((await fetch(address(), { headers: { cookie } })).status).toBe(404);
      expect((await fetch(address('/lines'), { headers: { cookie } })).status).toBe(404);
    }
    const old = new URL(links.invite(guest)).search;
    for (const key of ['?key=', '?key=wrong', new URL(links.invite({ ...guest, meetingId: 'm2' })).search]) {
      expect((await fetch(address(key), { redirect: 'manual', headers: { cookie: mine } })).status).toBe(404);
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 13 * 60 * 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect((await fetch(address(), { headers: { cookie: mine } })).status).toBe(404);
    expect((await fetch(address(old), { redirect: 'manual' })).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it('ends while it is open when its link expires', async () => {
    const { address, enter } = await served({ links: { livesMs: 300 } });
    const { events, seen, ended } = await follow(address('/lines'), await enter());
    await seen('Said before');
    await ended;
    expect(events.at(-1)?.event).toBe('closed');
  });

  it('ends while it is open when its link is closed, and pages of other links go on', async () => {
    const { address, audience, enter, links, live } = await served();
    const mine = await enter();
    const other = { ...guest, userId: '200' };
    const page = await follow(address('/lines'), mine);
    const others = await follow(address('/lines'), await enter(other));
    await Promise.all([page, others].map(({ seen }) => seen('Said before')));
    expect(links.close(guest)).toBe(1);
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('closed');
    expect((await fetch(address(), { headers: { cookie: mine } })).status).toBe(404);
    audience.publish({ segment: makeFinal({ text: 'Only for the others' }), name: 'Ana' });
    await others.seen('Only for the others');
    expect(links.closeAll(guest)).toBe(1);
    await others.ended;
    expect(live.open).toBe(0);
  });

  it('shows what was said before, and grows until the meeting is over', async () => {
    const { address, audience, enter } = await served();
    const { events, seen, ended } = await follow(address('/lines'), await enter());
    expect(await seen('Said before')).toMatchObject({ id: 'u0', name: 'Ana', state: 'final', language: 'en' });
    const said = makeFinal({ utteranceId: 'u1', text: 'Good morning' });
    audience.publish({ segment: { ...said, kind: 'partial', text: 'Good' }, name: 'Ben' });
    expect(await seen('Good')).toMatchObject({ id: 'u1', name: 'Ben', state: 'growing' });
    audience.publish({ segment: said, name: 'Ben' });
    audience.publish({ segment: makeTranslation({ utteranceId: 'u1' }), name: 'Ben' });
    expect(await seen('Good morning')).toMatchObject({ id: 'u1', state: 'final' });
    audience.close();
    await ended;
    expect(events.at(-1)?.event).toBe('over');
    expect(JSON.stringify(events)).not.toContain('Hola');
  });

  it('shows lines in the reader’s language as soon as there is a translation', async () => {
    const { address, audience, enter } = await served({ reader: { reads: 'pt-BR' } });
    const { seen, events, ended } = await follow(address('/lines'), await enter());
    await seen('Said before');
    audience.publish({ segment: makeFinal({ utteranceId: 'u1', text: 'Good morning' }), name: 'Ben' });
    expect(await seen('Good morning')).toMatchObject({ language: 'en' });
    const portuguese = makeTranslation({ utteranceId: 'u1', language: 'pt', text: 'Bom dia' });
    audience.publish({ segment: portuguese, name: 'Ben' });
    audience.publish({ segment: makeFinal({ utteranceId: 'u1', text: 'Good morning!' }), name: 'Ben' });
    expect(await seen('Bom dia')).toMatchObject({ id: 'u1', language: 'pt' });
    audience.publish({ segment: makeFinal({ utteranceId: 'u2', text: 'Later' }), name: 'Ben' });
    await seen('Later');
    expect(JSON.stringify(events)).not.toContain('Good morning!');
    audience.close();
    await ended;
  });

  it('reaches the browser at once and keeps sending signs of life, even through a proxy that buffers', async () => {
    const { address, audience, at, enter } = await served({ timing: { everyMs: 20, signOfLifeMs: 80 } });
    const response = await fetch(address('/lines'), { headers: { cookie: await enter() } });
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const looks = at.looks;
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const signs = text.split('event: beat').length - 1;
      if (signs > 3 && at.looks - looks > 3) audience.close(); // no look delayed a sign of life
    }
    expect(text).toMatch(/^event: beat\ndata: \n\n/);
  });

  it('shows a meeting that is over, and says so', async () => {
    const { address, at, enter } = await served();
    at.isRunning = false;
    const { events, ended } = await follow(address('/lines'), await enter());
    await ended;
    expect(events.map(({ event }) => event)).toEqual(['reset', 'languages', 'person', 'line', 'all', 'over']);
  });

  it('asks a browser to come later while the links cannot be looked up', async () => {
    const { address } = await served({
      passOf: async () => {
        throw new Error('Cannot read the links: nothing answers there.');
      },
    });
    for (const path of ['?key=x', '']) {
      const answer = await fetch(address(path), { headers: { cookie: `${cookieNameOf('m1')}=x` } });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
    }
  });

  it('asks a browser that reloads it all the time to wait', async () => {
    const { address, enter } = await served();
    const cookie = await enter();
    const answers: number[] = [];
    for (let i = 0; i < 40; i++) answers.push((await fetch(address(), { headers: { cookie } })).status);
    expect(answers.slice(0, 25)).toEqual(Array.from({ length: 25 }, () => 200));
    expect(answers.at(-1)).toBe(429);
  });
});
