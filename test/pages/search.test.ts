import { describe, expect, it } from 'vitest';
import { LogBook } from '../support/log-book.ts';
import { makeFinal, makeTranslation } from '../support/make.ts';
import { club } from './support/club.ts';

/** The hits on a page: what they lead to, and what is read. */
function hitsIn(page: string): { readonly href: string; readonly text: string }[] {
  return [...page.matchAll(/<li>\n<p><a href="([^"]+)">(.*?)<\/a><\/p>/g)].map(([, href = '', html = '']) => ({
    href: href.replaceAll('&amp;', '&'),
    text: html.replaceAll(/<mark>(.*?)<\/mark>/g, '[$1]').replaceAll(/<[^>]+>/g, ''),
  }));
}

describe('a search over all that one may read', () => {
  it('finds words in every server, the newest first, and in no channel that one does not see', async () => {
    const log = new LogBook();
    const { visitor, ana, ben, second, meeting, channel } = await club({ log });
    await meeting(channel('general'), 'Zeppelins');
    await meeting(channel('general', second), 'Zeppelin hall');
    await meeting(channel('board'), 'Zeppelin money');
    const [hers, his] = [visitor(), visitor()];
    await hers.signIn(ana);
    await his.signIn(ben);
    expect(hitsIn(await hers.text('/meetings?q=zeppelin')).map(({ text }) => text)).toEqual([
      'Zoe Words of [Zeppelin] money',
      'Zoe Words of [Zeppelin] hall',
      'Zoe Words of [Zeppelins]',
    ]);
    const page = await his.text('/meetings?q=zeppelin');
    expect(hitsIn(page).map(({ text }) => text)).toEqual(['Zoe Words of [Zeppelins]']);
    expect(page).not.toMatch(/money|hall/);
    expect(log.entries.join('\n')).toContain('"access":"meetings searched","outcome":"allowed"');
    expect(log.entries.join('\n').toLowerCase()).not.toContain('zeppelin');
  });

  it('leads to the words on the page of the meeting', async () => {
    const { visitor, ana, meeting, channel, journal, origin } = await club();
    const { id } = await meeting(channel('general'), 'Long', { isRunning: true });
    for (let n = 0; n < 30; n++) {
      await journal.of(id).write(makeFinal({ utteranceId: `v${n}`, startMs: 10_000 * (n + 1), text: `Number ${n}` }));
    }
    await journal.of(id).write(makeFinal({ utteranceId: 'late', startMs: 900_000, text: 'The zeppelin has landed' }));
    await journal.of(id).end(1_000_000, 'stopped');
    await journal.of(id).settled();
    const browser = visitor();
    await browser.signIn(ana);
    const [hit] = hitsIn(await browser.text('/meetings?q=zeppelin'));
    const answer = await browser.go(new URL(hit?.href ?? '', `${origin}/meetings`).href);
    const there = new URL(answer.headers.get('location') ?? '', `${origin}/live/${id}`);
    expect([answer.status, there.pathname, there.hash]).toEqual([303, `/live/${id}`, expect.stringMatching(/^#w\d+$/)]);
    const page = await browser.text(there.href);
    expect(page).toMatch(new RegExp(`<p id="${there.hash.slice(1)}"[^>]*>(<[^>]+>)?The zeppelin has landed`));
  });

  it('shows a translation that was found in its language, there as well', async () => {
    const { visitor, ana, meeting, channel, journal, settings, guild, origin } = await club();
    await settings.changeGuild(guild.id, { translateTo: ['es'] });
    const { id } = await meeting(channel('general'), 'Weekly');
    await journal.of(id).write(makeTranslation({ utteranceId: 'u1', text: 'El zepelín' }));
    const browser = visitor();
    await browser.signIn(ana);
    const page = await browser.text('/meetings?q=zepelin');
    const [hit] = hitsIn(page);
    expect(hit).toEqual({ href: `./live/${id}?in=es&said=u1`, text: 'Zoe El [zepelín]' });
    expect(page).toContain('in Spanish');
    const answer = await browser.go(new URL(hit?.href ?? '', `${origin}/meetings`).href);
    expect(answer.headers.get('location')).toBe(`./${id}?in=es#w0`);
  });

  it('leads to the live page of a meeting that still runs', async () => {
    const { visitor, ana, meeting, channel, origin } = await club();
    await meeting(channel('general'), 'Zeppelins', { isRunning: true });
    const browser = visitor();
    await browser.signIn(ana);
    const [hit] = hitsIn(await browser.text('/meetings?q=zeppelins'));
    const answer = await browser.go(new URL(hit?.href ?? '', `${origin}/meetings`).href);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('id="lines"')]);
  });

  it('finds names as the server spells them, and as they are heard', async () => {
    const { visitor, ana, meeting, channel, settings, guild } = await club();
    await settings.changeGuild(guild.id, {
      glossary: [{ written: 'Kubernetes', heard: ['cooper netties'], translations: {} }],
    });
    await meeting(channel('general'), 'cooper netties');
    const browser = visitor();
    await browser.signIn(ana);
    expect(hitsIn(await browser.text('/meetings?q=kubernetes'))[0]?.text).toBe('Zoe Words of [Kubernetes]');
  });

  it('shows twenty, and says that there are more', async () => {
    const { visitor, ana, meeting, channel } = await club();
    for (let n = 0; n < 21; n++) await meeting(channel('general'), `Zeppelin ${n}`);
    const browser = visitor();
    await browser.signIn(ana);
    const page = await browser.text('/meetings?q=zeppelin');
    expect(hitsIn(page)).toHaveLength(20);
    expect(page).toContain('There is more. Add words to narrow the search.');
  });

  it('finds nothing without a word, and keeps what was typed text', async () => {
    const { visitor, ana, meeting, channel } = await club();
    await meeting(channel('general'), 'Weekly');
    const browser = visitor();
    await browser.signIn(ana);
    for (const query of ['!?', '"><script>alert(1)</script>', 'x'.repeat(5_000), '\ud800', '%00']) {
      const answer = await browser.go(`/meetings?q=${encodeURIComponent(query.toWellFormed())}`);
      const page = await answer.text();
      expect(answer.status).toBe(200);
      expect(page).toContain('I found nothing in the meetings that you can read.');
      expect(page).not.toContain('<script>alert');
    }
    // What is typed counts as nothing where it is empty.
    expect(await browser.text('/meetings?q=%20')).toContain('Weekly</a>');
  });
});
