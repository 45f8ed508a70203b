import { describe, expect, it } from 'vitest';
import { served } from '../../live/support/served.ts';
import { browser, faultsOf, hasChromium, inChromium } from '../../support/browser.ts';
import { opened } from './support/opened.ts';

const open = browser();

describe.skipIf(!hasChromium)(inChromium('the live page in a browser'), () => {
  it('goes on where it was when the server was gone for a while, with no line doubled or missing', async () => {
    const { page, way, say, grow, texts, told } = await opened(open);
    const before = say('Ana', 'Before');
    await expect.poll(texts).toEqual(['Said before', 'Before']);
    const asked = page.waitForRequest(async (request) => (await request.headerValue('last-event-id')) !== null);
    way.cut();
    await page.getByText('The connection is lost.').first().waitFor();
    expect(await texts()).toEqual(['Said before', 'Before']);
    say('Ana', 'Before, and more', 'en', before);
    say('Ben', 'Meanwhile');
    grow('Ana', 'And');
    way.mend();
    expect(await (await asked).headerValue('last-event-id')).toMatch(/^[\da-f]{12}-\d+$/);
    await expect.poll(texts, { timeout: 15_000 }).toEqual(['Said before', 'Before, and more', 'Meanwhile', 'And']);
    await expect.poll(() => page.locator('#state').innerText()).toBe('Live');
    expect((await told()).filter((text) => text.includes('Meanwhile'))).toHaveLength(1);
  });

  it('notices that its connection died although nobody said so, and goes on', async () => {
    const { page, way, say, texts } = await opened(open);
    await page.clock.install();
    await page.reload();
    await expect.poll(() => page.locator('#state').innerText()).toBe('Live');
    await page.getByText('Said before').first().waitFor();
    way.silence();
    say('Ben', 'Into silence');
    await page.clock.fastForward(30_000); // the server says something every 15 s, and may be late
    expect(await texts()).toEqual(['Said before']);
    // The browser may first try other connections that died, too: the page does not give up.
    const later = async () => {
      await page.clock.fastForward(45_000);
      return await texts();
    };
    await expect.poll(later, { interval: 1_000, timeout: 20_000 }).toEqual(['Said before', 'Into silence']);
  });

  it('leads to the meeting afterwards when that is there', async () => {
    const kept: { page?: string } = {};
    const afterwards = { pageOf: async () => kept.page, placeOf: async () => undefined, fileOf: async () => undefined };
    const { page, audience, at, grow, texts } = await opened(open, {}, { afterwards });
    at.tell({ people: [{ speakerId: '200', name: 'Ben', isThere: true, isSpeaking: true }] });
    await page.locator('.person.speaking').waitFor();
    grow('Ana', 'Nobody will finish this');
    await expect.poll(async () => (await texts()).length).toBe(2);
    audience.close();
    await page.getByText('The page of the whole meeting is being made.').waitFor();
    expect(await texts()).toEqual(['Said before']);
    expect(await page.locator('.person.speaking').count()).toBe(0);
    kept.page = '<!doctype html><title>The meeting</title><h1>The meeting afterwards</h1>';
    await page.getByRole('link', { name: 'See the whole meeting' }).click({ timeout: 20_000 });
    await page.getByRole('heading', { name: 'The meeting afterwards' }).waitFor();
  });

  it('is read as somebody wants to read, also the next time', async () => {
    const { page, say } = await opened(open, { width: 390, height: 844 });
    await page.keyboard.press('c');
    await page.keyboard.press('+');
    await page.keyboard.press('d');
    await page.getByLabel('More space between letters and lines').check();
    await page.getByLabel('Nothing moves').check();
    await page.keyboard.press('Escape');
    await page.reload();
    say('Ana', 'Again');
    await page.getByText('Again').first().waitFor();
    // A screen reader is told the line before it is drawn.
    const looks = () =>
      page.evaluate('[{ ...document.documentElement.dataset }, getComputedStyle(document.documentElement).fontSize]');
    await expect.poll(looks).toEqual([{ contrast: 'more', space: 'more', motion: 'less' }, '18.4px']);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog');
    await help.getByText('Go to the newest line').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
    await page.keyboard.press('d');
    await page.getByLabel('Single keys work as shortcuts').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.keyboard.press('/');
    expect([await help.count(), await page.locator('#query').count()]).toEqual([0, 0]);
  });

  it('has nothing that axe finds wrong, on a desk and a phone, light and dark, with Arabic, and whatever is open', async () => {
    const { page, at, say, translate } = await opened(open, {}, { targets: ['ar'], reader: { reads: 'ar' } });
    const ali = { speakerId: 'محمد', name: 'محمد علي', isThere: true, isSpeaking: true };
    at.tell({ people: [ali, { ...ali, speakerId: '300', name: 'Zoë', isSpeaking: false, unheard: 'tooQuiet' }] });
    translate(say('Ben', 'Hello everybody'), 'Ben', 'مرحبا بالجميع', 'ar');
    say('محمد', 'صباح الخير', 'ar');
    await page.getByText('مرحبا بالجميع').first().waitFor();
    expect(await page.evaluate('getComputedStyle(document.querySelector(".read[lang=ar]")).direction')).toBe('rtl');
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect([width, colorScheme, await faultsOf(page)]).toEqual([width, colorScheme, []]);
      }
    }
    await page.keyboard.press('/');
    await page.keyboard.type('hello');
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await page.keyboard.press('d');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('says that there is nothing to see to whoever has no link, and axe finds nothing wrong there', async () => {
    const { address } = await served();
    const page = await open(address(), { width: 390, height: 844, scheme: 'dark', locale: 'fr' });
    expect(await page.locator('main').innerText()).toContain('Il n’y a rien à voir ici.');
    expect(await faultsOf(page)).toEqual([]);
  });
});
