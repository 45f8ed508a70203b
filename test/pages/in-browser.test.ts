import { describe, expect, it } from 'vitest';
import { browser, faultsOf, hasChromium, inChromium, type Sight } from '../web/support/browser.ts';
import { club } from './support/club.ts';

const open = browser();
/** Each width and each scheme: what is wrong with one of them is wrong beside either of the others. */
const SIGHTS: readonly Sight[] = [
  { width: 390, scheme: 'dark' },
  { width: 1280, scheme: 'light' },
];

describe.skipIf(!hasChromium)(inChromium('members in a browser'), () => {
  it('sign in by Discord’s page, open a meeting from their list, and sign out', async () => {
    const { ana, meeting, channel, origin, journal } = await club();
    const { id } = await meeting(channel('general'), 'Weekly');
    const page = await open(`${origin}/live/${id}`);
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

  it('see times of their own zone, and search by the keyboard alone', async () => {
    const { ana, meeting, channel, origin, journal } = await club();
    await meeting(channel('general'), 'Weekly'); // at 11:00 UTC
    const page = await open(`${origin}/meetings`, { timeZone: 'Asia/Tokyo' });
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

  it.each(SIGHTS)('are shown pages in which axe finds nothing wrong: %j', async (sight) => {
    const { ana, guild, second, meeting, channel, origin, journal } = await club();
    for (let n = 0; n < 26; n++) await meeting(channel('general'), `Weekly ${n}`);
    await meeting(channel('general', second), 'اجتماع الفريق الأسبوعي');
    await meeting(channel('board'), 'A title of many words that does not fit into one line of a phone', {
      isRunning: true,
    });
    const page = await open(`${origin}/meetings`, sight);
    expect(await faultsOf(page)).toEqual([]);
    const { secret } = await journal.sessions.begin(ana.id, [guild.id, second.id]);
    await page.context().addCookies([{ name: 'session', value: secret, url: origin }]);
    for (const path of ['/meetings', '/meetings?q=words', '/meetings?q=nowhere', '/sign-in/back', '/live/unknown']) {
      await page.goto(`${origin}${path}`);
      expect(await faultsOf(page), path).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBeLessThanOrEqual(0);
    }
  });
});
