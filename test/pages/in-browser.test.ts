import { describe, it } from 'vitest';
import { browser, faultsInAllSights, hasChromium, inChromium, looks } from '../web/support/browser.ts';
import { club } from './support/club.ts';

const open = browser();
describe.skipIf(!hasChromium).concurrent(inChromium('members in a browser'), () => {
  it('sign in by Discord’s page, open a meeting from their list, and sign out', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { ana, meeting, channel, origin, journal } = await club({}, finished);
    const { id } = await meeting(channel('general'), 'Weekly');
    const page = await open(`${origin}/live/${id}`, {}, finished);
    await page.getByRole('link', { name: 'Sign in with Discord' }).click();
    await page.getByRole('link', { name: 'Authorize as ana' }).click();
    await page.waitForURL(`${origin}/live/${id}`); // where they came from
    await page.getByText('Words of Weekly').waitFor();
    await page.goto(`${origin}/meetings`);
    await page.getByRole('link', { name: 'Weekly' }).click();
    await page.getByText('Words of Weekly').waitFor();
    await page.goBack();
    expect(await journal.sessions.countOf(ana.id)).toBe(1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in with Discord' }).waitFor();
    expect(await journal.sessions.countOf(ana.id)).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
  });

  it('see times of their own zone, and search by the keyboard alone', async ({ expect, onTestFinished: finished }) => {
    const { ana, meeting, channel, origin, journal } = await club({}, finished);
    await meeting(channel('general'), 'Weekly'); // at 11:00 UTC
    const page = await open(`${origin}/meetings`, { timeZone: 'Asia/Tokyo' }, finished);
    const { secret } = await journal.sessions.begin(ana.id, [channel('general').guild?.id ?? '']);
    await page.context().addCookies([{ name: 'session', value: secret, url: origin }]);
    await page.goto(`${origin}/meetings`);
    await page.getByText('20:00').waitFor();
    await page.getByRole('searchbox', { name: 'Search what was said' }).focus();
    await page.keyboard.type('words');
    await page.keyboard.press('Enter');
    await page.locator('mark', { hasText: 'Words' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('words');
  });
});

// By itself, as axe computes.
describe.skipIf(!hasChromium)(inChromium('members, as axe sees their pages,'), () => {
  it('are shown pages in which axe finds nothing wrong, light and dark, on a phone and a desk, and which look as they chose', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { ana, guild, second, meeting, channel, origin, journal } = await club({}, finished);
    for (let n = 0; n < 26; n++) await meeting(channel('general'), `Weekly ${n}`);
    await meeting(channel('general', second), 'اجتماع الفريق الأسبوعي');
    await meeting(channel('board'), 'A title of many words that does not fit into one line of a phone', {
      isRunning: true,
    });
    const page = await open(`${origin}/meetings`, {}, finished);
    expect(await faultsInAllSights(page)).toEqual([]);
    const { secret } = await journal.sessions.begin(ana.id, [guild.id, second.id]);
    await page.context().addCookies([{ name: 'session', value: secret, url: origin }]);
    const paths = ['/meetings', '/meetings?q=words', '/meetings?q=nowhere', '/sign-in/back', '/live/unknown'];
    for (const path of paths) {
      await page.goto(`${origin}${path}`);
      expect([path, ...(await faultsInAllSights(page))]).toEqual([path]);
    }
    await page.evaluate(`localStorage.setItem('parley live page', '{"textSize":200,"moreContrast":true}')`);
    await page.route('**/main.js', (route) => route.abort());
    for (const path of paths) {
      await page.goto(`${origin}${path}`);
      expect([path, await looks(page)]).toEqual([path, [{ text: 'large', contrast: 'more' }, '32px']]);
    }
  });
});
