import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { served } from '../../live/support/served.ts';
import { browser, faultsOf, hasChromium, inChromium } from '../../support/browser.ts';
import { opened } from './support/opened.ts';

const open = browser();

/** From now on each moment of a page is looked at: what it shows between two lines that a test waits for. */
async function watchLines(page: Page): Promise<void> {
  await page.evaluate(`{
    window.seen = { least: Infinity, twice: [] };
    const look = () => {
      const ids = [...document.querySelectorAll('[data-line]')].map((line) => line.dataset.line);
      seen.least = Math.min(seen.least, ids.length);
      seen.twice.push(...ids.filter((id, place) => ids.indexOf(id) !== place));
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  }`);
}

/** How few lines were shown at a time, and which at two places. */
async function seenLines(page: Page) {
  return await page.evaluate<{ readonly least: number; readonly twice: readonly string[] }>('seen');
}

describe.skipIf(!hasChromium)(inChromium('the live page in a browser'), () => {
  it('goes on where it was when the server was gone for five seconds, with no line doubled or missing', async () => {
    // The second server is another process: it knows nothing of what the browser has.
    const [same, another] = [await opened(open), await opened(open)];
    const meanwhile = [1, 2, 3, 4].map((number) => `Meanwhile ${number}`);
    const goneFor5s = async (place: typeof same, startAnew?: () => Promise<number>) => {
      const { page, way, say, grow, texts, told } = place;
      const before = say('Ana', 'Before');
      // What grows is in no journal: the process that heard it alone can show it.
      const last = ['Said before', 'Before, and more', ...meanwhile, ...(startAnew ? [] : ['And'])];
      await expect.poll(texts).toEqual(['Said before', 'Before']);
      await watchLines(page);
      const asked = page.waitForRequest(async (request) => (await request.headerValue('last-event-id')) !== null);
      await way.cut();
      const endsMs = performance.now() + 5_000;
      await page.getByText('The connection is lost.').first().waitFor();
      expect(await texts()).toEqual(['Said before', 'Before']);
      say('Ana', 'Before, and more', 'en', before);
      for (const text of meanwhile) say('Ben', text);
      const port = await startAnew?.();
      await delay(endsMs - performance.now()); // the browser tries to connect, and is refused
      grow('Ana', 'And');
      await way.mend(port);
      expect(await (await asked).headerValue('last-event-id')).toMatch(/^[\da-f]{12}-\d+$/);
      await expect.poll(texts).toEqual(last);
      await expect.poll(() => page.locator('#state').innerText()).toBe('Live');
      say('Ben', 'Afterwards');
      await expect.poll(texts).toEqual([...last, 'Afterwards']);
      expect(await seenLines(page)).toEqual({ least: 2, twice: [] });
      const heard = await told();
      for (const text of meanwhile) expect(heard.filter((said) => said.endsWith(text))).toHaveLength(1);
    };
    await Promise.all([goneFor5s(same), goneFor5s(another, another.startAnew)]);
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
