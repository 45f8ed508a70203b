import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LogBook } from '../support/log-book.ts';
import { follow } from '../web/live/support/served.ts';
import { club } from './support/club.ts';

/** The titles on a page, in their order. */
function titlesIn(page: string): string[] {
  return [...page.matchAll(/<h2><a href="[^"]+" dir="auto">([^<]*)</g)].map(([, title = '']) => title);
}

describe('the page of one’s meetings', () => {
  it('lists the meetings of all servers that one may read now, the newest first', async () => {
    const log = new LogBook();
    const { visitor, ana, second, meeting, channel } = await club({ log });
    await meeting(channel('general'), 'First');
    await meeting(channel('general', second), 'Second');
    const { id } = await meeting(channel('board'), 'Third', { isRunning: true });
    const browser = visitor();
    await browser.signIn(ana);
    const page = await browser.text('/meetings');
    expect(titlesIn(page)).toEqual(['Third', 'Second', 'First']);
    expect(page).toContain(`href="./live/${id}"`);
    expect(page).toContain('<bdi>Club</bdi>');
    expect(page.match(/Running now/g)).toHaveLength(1);
    expect(page.match(/45 mins?/g)).toHaveLength(2);
    expect(page).not.toMatch(/style=|<script>|onclick/);
    expect(log.entries.join('\n')).toContain('"access":"meetings listed","outcome":"allowed"');
    expect(log.entries.join('\n')).not.toMatch(/Third|Second/);
  });

  it('shows nothing of channels that one does not see, and of servers in which one is not', async () => {
    const { visitor, ben, second, meeting, channel } = await club();
    await meeting(channel('general'), 'Seen');
    await meeting(channel('board'), 'Secret of the board');
    await meeting(channel('general', second), 'Secret of the club');
    const browser = visitor();
    await browser.signIn(ben);
    const page = await browser.text('/meetings');
    expect(titlesIn(page)).toEqual(['Seen']);
    expect(page).not.toContain('Secret');
  });

  it('shows twenty-five at a time, and no trace of those between that one may not read', async () => {
    const { visitor, ben, meeting, channel } = await club();
    for (let n = 1; n <= 26; n++) {
      await meeting(channel('general'), `Open ${n}`);
      await meeting(channel('board'), `Secret ${n}`);
    }
    const browser = visitor();
    await browser.signIn(ben);
    const first = await browser.text('/meetings');
    expect(titlesIn(first)).toEqual(Array.from({ length: 25 }, (_, index) => `Open ${26 - index}`));
    const next = /href="\.(\/meetings\?before=[^"]+)" rel="next"/.exec(first)?.[1] ?? '';
    const second = await browser.text(next);
    expect(titlesIn(second)).toEqual(['Open 1']);
    expect(second).not.toContain('rel="next"'); // though a secret one is older
    expect(second).toContain('href="./meetings">Newest meetings');
  });

  it('says when there are none, and takes any nonsense in its address', async () => {
    const { visitor, ana } = await club();
    const browser = visitor();
    await browser.signIn(ana);
    for (const path of ['/meetings', '/meetings?before=x', '/meetings?before=1-../', '/meetings?before=']) {
      const answer = await browser.go(path);
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('There are no meetings')]);
    }
  });

  it('invites whoever has not signed in, and tells them nothing', async () => {
    const { visitor, meeting, channel } = await club();
    await meeting(channel('general'), 'Weekly');
    const answer = await visitor().go('/meetings', { headers: { 'accept-language': 'es-ES,es;q=0.9' } });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('<html lang="es-ES">');
    expect(page).toContain('href="./sign-in">Iniciar sesión con Discord');
    expect(page).not.toContain('Weekly');
  });

  it('keeps names and titles full of HTML text', async () => {
    const { visitor, ana, meeting, channel } = await club();
    await meeting(channel('general'), '<img src=x onerror=alert(1)> "quoted" & more');
    const browser = visitor();
    await browser.signIn(ana);
    const page = await browser.text('/meetings');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot; &amp; more');
    expect(page).not.toContain('<img');
  });

  it('has forms that lead to us alone, and is not kept by the browser', async () => {
    const { visitor, ana } = await club();
    const browser = visitor();
    await browser.signIn(ana);
    const { headers } = await browser.go('/meetings');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('strict-transport-security')).toBe('max-age=15552000');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('a meeting that somebody opens who has signed in', () => {
  it('is the same page as by a personal link, live and afterwards, with its files', async () => {
    const { visitor, ana, meeting, channel } = await club();
    const over = await meeting(channel('general'), 'Over');
    const running = await meeting(channel('general'), 'Running', { isRunning: true });
    const browser = visitor();
    await browser.signIn(ana);
    expect(await browser.text(`/live/${over.id}`)).toContain('Words of Over');
    expect(await browser.text(`/live/${over.id}/exports/md`)).toContain('Words of Over');
    const live = await browser.go(`/live/${running.id}`);
    expect([live.status, await live.text()]).toEqual([200, expect.stringContaining('id="lines"')]);
  });

  it('is not there for whoever may not read its channel, or is in another server', async () => {
    const { visitor, ben, second, meeting, channel } = await club();
    const board = await meeting(channel('board'), 'Board');
    const club2 = await meeting(channel('general', second), 'Club');
    const browser = visitor();
    await browser.signIn(ben);
    for (const { id } of [board, club2, { id: 'unknown' }]) {
      const answer = await browser.go(`/live/${id}`);
      expect([answer.status, (await browser.go(`/live/${id}/exports/md`)).status]).toEqual([404, 404]);
      const page = await answer.text();
      expect(page).toContain(`href="../sign-in?to=${id}"`); // the same, whatever the reason
      expect(page).not.toMatch(/Board|Club/);
    }
  });

  it('is not there for a session that is forged, over or of nobody', async () => {
    const { visitor, ana, guild, journal, meeting, channel } = await club();
    const { id } = await meeting(channel('general'), 'Weekly');
    const running = await meeting(channel('general'), 'Running', { isRunning: true });
    const browser = visitor();
    const old = await journal.sessions.begin(ana.id, [guild.id]);
    const paths = [`/live/${id}`, `/live/${id}/exports/md`, `/live/${running.id}`, `/live/${running.id}/lines`];
    const statuses = async (session: string) => {
      browser.cookies.set('session', session);
      return await Promise.all(
        paths.map(async (path) => {
          const answer = await browser.go(path);
          await answer.body?.cancel();
          return answer.status;
        }),
      );
    };
    expect(await statuses(old.secret)).toEqual([200, 200, 200, 200]);
    for (const wrong of ['A'.repeat(43), 'x', `${old.secret}x`, ''])
      expect(await statuses(wrong)).toEqual([404, 404, 404, 404]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 24 * 60 * 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await statuses(old.secret)).toEqual([404, 404, 404, 404]);
  });

  it('closes at once to whoever loses the channel', async () => {
    const { visitor, ana, guild, meeting, channel } = await club();
    const { id } = await meeting(channel('general'), 'Weekly');
    const browser = visitor();
    await browser.signIn(ana);
    expect((await browser.go(`/live/${id}`)).status).toBe(200);
    channel('general').setOverwrite({ for: guild.everyone, deny: ['ViewChannel'] });
    await vi.waitFor(async () => expect((await browser.go(`/live/${id}`)).status).toBe(404), 5_000);
    expect(titlesIn(await browser.text('/meetings'))).toEqual([]);
  });

  it('closes to whoever leaves the server, although their session lasts', async () => {
    const { visitor, ana, second, meeting, channel, origin } = await club();
    const { id } = await meeting(channel('general'), 'Left');
    const running = await meeting(channel('general'), 'Left running', { isRunning: true });
    await meeting(channel('general', second), 'Stays');
    const browser = visitor();
    await browser.signIn(ana);
    const page = await follow(`${origin}/live/${running.id}/lines`, browser.cookie);
    await page.seen('Words of Left running');
    ana.quit();
    await page.ended;
    expect(page.events.at(-1)?.event).toBe('ended');
    for (const path of [id, `${id}?said=u1`, `${id}/exports/md`, running.id, `${running.id}/lines`]) {
      const answer = await browser.go(`/live/${path}`);
      expect([path, answer.status, await answer.text()]).toEqual([path, 404, expect.not.stringContaining('Left')]);
    }
    expect(titlesIn(await browser.text('/meetings'))).toEqual(['Stays']);
    expect(await browser.text('/meetings?q=left')).not.toContain('<mark>');
  });
});
