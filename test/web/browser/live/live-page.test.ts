import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { served } from '../../live/support/served.ts';
import { browser, faultsInAllSights, faultsOf, hasChromium, inChromium, looks } from '../../support/browser.ts';
import { isAtEnd, opened } from './support/opened.ts';

const HTML = '<img src=x onerror="document.body.dataset.hurt=1">';
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

describe.skipIf(!hasChromium).concurrent(inChromium('the live page in a browser'), () => {
  it('shows words while they are said, as text whatever they are, and tells screen readers finished lines alone', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { page, grow, say, texts, told } = await opened(open, {}, {}, finished);
    const id = grow(HTML, 'Good');
    await expect.poll(texts).toEqual(['Said before', 'Good']);
    grow(HTML, `Good ${HTML}`, id);
    await expect.poll(texts).toEqual(['Said before', `Good ${HTML}`]);
    say(HTML, `Good morning ${HTML}`, 'en', id);
    await expect.poll(texts).toEqual(['Said before', `Good morning ${HTML}`]);
    expect(await page.locator('.name').allTextContents()).toContain(HTML);
    expect(await page.locator('body').getAttribute('data-hurt')).toBeNull();
    expect(await told()).toEqual([`\u2068${HTML}\u2069: Good morning ${HTML}`]);
    expect(await page.locator('[aria-live], [role=log], [role=status], output:visible').count()).toBe(1);
  });

  it('says who speaks, who is not heard and why, and the times where the reader is', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { page, at } = await opened(open, { timeZone: 'Asia/Tokyo' }, {}, finished);
    const ben = { speakerId: '200', name: 'Ben', isThere: true, isSpeaking: false };
    at.tell({
      people: [
        { ...ben, isSpeaking: true },
        { ...ben, speakerId: '300', name: 'Zoë', unheard: 'optedOut' },
      ],
    });
    const people = page.locator('.person');
    await expect
      .poll(() => people.allInnerTexts())
      .toEqual(['A\nAna', 'B\nBen\nspeaking', 'Z\nZoë\nNot heard: ⁨opted out⁩']);
    await expect.poll(() => page.locator('.soon').innerText()).toBe('⁨Ben⁩ is speaking');
    at.tell({ people: [{ ...ben, unheard: 'paused' }] });
    await expect.poll(() => page.locator('.unheard').innerText()).toBe('The meeting is paused: nothing is heard.');
    const time = page.locator('time').first();
    expect(await time.textContent()).toBe('19:00'); // it is ten o’clock in UTC
    expect(await time.getAttribute('title')).toBe('⁨0:00:01⁩ after the beginning');
  });

  it('says how many listen to a stage, in the reader’s numbers', async ({ expect, onTestFinished: finished }) => {
    const { page, at } = await opened(open, { locale: 'de-DE' }, {}, finished);
    const audience = page.locator('.audience');
    at.tell({ people: [], stageAudience: { now: 1_200, most: 1_301 } });
    await expect.poll(() => audience.innerText()).toBe('Publikum: ⁨1.200⁩ (höchstens ⁨1.301⁩)');
    at.tell({ people: [], stageAudience: null });
    await expect.poll(() => audience.count()).toBe(0);
  });

  it('changes the language without an empty moment, shows the original beside it, and remembers it', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { page, say, translate, texts } = await opened(open, {}, { targets: ['es', 'fr'] }, finished);
    const id = say('Ben', 'Hello');
    translate(id, 'Ben', 'Hola', 'es');
    await expect.poll(texts).toEqual(['Said before', 'Hello']);
    await page.evaluate(`new MutationObserver(() => {
      if (document.querySelectorAll('[data-line]').length < 2) document.body.dataset.emptied = 1;
    }).observe(document.body, { subtree: true, childList: true })`);
    await page.keyboard.press('l');
    await page.keyboard.press('ArrowDown'); // on a closed menu that chooses
    await expect.poll(texts).toEqual(['Said before', 'Hola\n\nHello']);
    const [read, spoken] = await Promise.all(['.read', '.spoken'].map((of) => page.locator(of).last().boundingBox()));
    expect([read?.y, (read?.x ?? 0) + (read?.width ?? 0) < (spoken?.x ?? 0)]).toEqual([spoken?.y, true]);
    expect(await page.locator('body').getAttribute('data-emptied')).toBeNull();
    await page.reload();
    await expect.poll(texts).toEqual(['Said before', 'Hola\n\nHello']);
    await page.keyboard.press('o');
    await expect.poll(texts).toEqual(['Said before', 'Hola']);
  });

  it('stays at the newest line, and lets whoever scrolls up read and says what is new', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { page, say, texts } = await opened(open, { height: 500 }, {}, finished);
    for (let line = 0; line < 30; line++) say(`Speaker ${line}`, `Sentence ${line}`);
    await expect.poll(async () => (await texts()).length).toBe(31);
    await expect.poll(() => isAtEnd(page)).toBe(true);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, -400);
    const button = page.locator('#to-end');
    await button.waitFor();
    const place = await page.evaluate('scrollY');
    say('Ana', 'Somewhere below');
    say('Ben', 'Further below');
    await expect.poll(() => button.innerText()).toBe('2 new lines');
    expect(await page.evaluate('scrollY')).toBe(place);
    await button.click();
    await expect.poll(() => isAtEnd(page)).toBe(true);
    say('Ana', 'At the end');
    await page.getByText('At the end').last().waitFor();
    await expect.poll(() => isAtEnd(page)).toBe(true);
    expect(await button.count()).toBe(0);
  });

  it('finds words by keyboard, marks them, and shows only what was found when asked', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { page, say, texts } = await opened(open, {}, {}, finished);
    for (const text of ['The café is open', 'Nothing here', 'A cafe again']) say('Ben', text);
    await page.getByText('A cafe again').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('CAFE');
    const place = async () => (await page.locator('output').innerText()).replaceAll(/[\u2068\u2069]/g, '');
    await expect.poll(place).toBe('2 of 2');
    await expect.poll(() => page.locator('mark').allInnerTexts()).toEqual(['café', 'cafe']);
    await page.keyboard.press('Enter');
    await expect.poll(place).toBe('1 of 2');
    expect(await page.locator('.line.now').innerText()).toBe('The café is open');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(place).toBe('2 of 2');
    await page.getByLabel('Only what was found').check();
    await expect.poll(texts).toEqual(['The café is open', 'A cafe again']);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await texts()).length).toBe(4);
  });

  it('goes on where it was when the server was gone for five seconds, with no line doubled or missing', async ({
    expect,
    onTestFinished: finished,
  }) => {
    // The second server is another process: it knows nothing of what the browser has.
    const [same, another] = [await opened(open, {}, {}, finished), await opened(open, {}, {}, finished)];
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

  it('notices that its connection died although nobody said so, and goes on', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { page, way, say, texts } = await opened(open, {}, {}, finished);
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

  it('leads to the meeting afterwards when that is there', async ({ expect, onTestFinished: finished }) => {
    const kept: { page?: string } = {};
    const afterwards = { pageOf: async () => kept.page, placeOf: async () => undefined, fileOf: async () => undefined };
    const { page, audience, at, grow, texts } = await opened(open, {}, { afterwards }, finished);
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

  it('is read as somebody wants to read, also the next time', async ({ expect, onTestFinished: finished }) => {
    const { page, say } = await opened(open, { width: 390, height: 844 }, {}, finished);
    await page.keyboard.press('c');
    await page.keyboard.press('+');
    await page.keyboard.press('d');
    await page.getByLabel('More space between letters and lines').check();
    await page.getByLabel('Nothing moves').check();
    await page.keyboard.press('Escape');
    expect(await looks(page)).toEqual([{ contrast: 'more', space: 'more', motion: 'less' }, '18.4px']);
    await page.route('**/main.js', (route) => route.abort()); // what is drawn later is not what makes it look so
    await page.reload();
    expect(await looks(page)).toEqual([{ contrast: 'more', space: 'more', motion: 'less' }, '18.4px']);
    await page.unrouteAll();
    await page.reload();
    say('Ana', 'Again');
    await page.getByText('Again').first().waitFor();
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
});

// One after another, as axe computes.
describe.skipIf(!hasChromium)(inChromium('the live page, as axe sees it,'), () => {
  it('has nothing that axe finds wrong, on a desk and a phone, light and dark, with Arabic, and whatever is open', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { page, at, say, translate } = await opened(open, {}, { targets: ['ar'], reader: { reads: 'ar' } }, finished);
    const ali = { speakerId: 'محمد', name: 'محمد علي', isThere: true, isSpeaking: true };
    at.tell({ people: [ali, { ...ali, speakerId: '300', name: 'Zoë', isSpeaking: false, unheard: 'tooQuiet' }] });
    translate(say('Ben', 'Hello everybody'), 'Ben', 'مرحبا بالجميع', 'ar');
    say('محمد', 'صباح الخير', 'ar');
    await page.getByText('مرحبا بالجميع').first().waitFor();
    expect(await page.evaluate('getComputedStyle(document.querySelector(".read[lang=ar]")).direction')).toBe('rtl');
    expect(await faultsInAllSights(page)).toEqual([]);
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

  it('says that there is nothing to see to whoever has no link, and axe finds nothing wrong there', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const { address } = await served({}, finished);
    const page = await open(address(), { locale: 'fr' }, finished);
    expect(await page.locator('main').innerText()).toContain('Il n’y a rien à voir ici.');
    expect(await faultsInAllSights(page)).toEqual([]);
  });
});
