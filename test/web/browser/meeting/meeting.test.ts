import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { faultsInAllSights, hasChromium, inChromium, looks } from '../../support/browser.ts';
import { afterwards, longMeeting } from './support/opened.ts';

const opened = afterwards();
const card = (page: Page) => page.locator('.card');
/** The times that the focused span is named after. */
const focused = (page: Page) =>
  page.evaluate<string>('document.activeElement.getAttribute("aria-label").match(/\\S+: /)[0]');

describe.skipIf(!hasChromium).concurrent(inChromium('the page of a meeting that is over'), () => {
  it('is walked through with arrow keys in its picture, which tells who spoke when, and leads to the words', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const page = await opened({}, { finished });
    await page.getByRole('link', { name: 'Ana, 00:00:01–00:00:04: We ship the new release' }).focus();
    await expect
      .poll(() => card(page).innerText())
      .toBe('Ana 00:00:01–00:00:04\n\nWe ship the new release on Monday morning.');
    const walked: string[] = [];
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'End', 'ArrowUp', 'ArrowUp', 'Home', 'ArrowLeft']) {
      await page.keyboard.press(key);
      walked.push(await focused(page));
    }
    expect(walked).toEqual([
      '00:01:01–00:01:04: ', // Ana, later
      '00:00:12–00:00:15: ', // Ben
      '00:00:30–00:00:33: ', // Amal
      '00:00:30–00:00:33: ', // she spoke once
      '00:00:12–00:00:15: ',
      '00:00:01–00:00:04: ',
      '00:00:01–00:00:04: ',
      '00:00:01–00:00:04: ',
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    expect(await card(page).isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator(':target').innerText()).toContain('The café');
    await page.locator('.timeline').getByRole('link').first().focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest(".timeline")')).toBeNull(); // one stop is all of it
  });

  it('shows whose words a pointer is near, and goes there when it is pressed', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const page = await opened({}, { finished });
    const lane = page.locator('.timeline svg').first();
    const bar = await lane.locator('rect').nth(1).boundingBox();
    if (!bar) throw new Error('There is no such span');
    const middle = bar.y + bar.height / 2;
    await page.mouse.move(bar.x - 6, middle);
    await expect.poll(() => card(page).innerText()).toContain('Then the tests come first.');
    await page.mouse.move(bar.x + 4, bar.y + bar.height + 8, { steps: 4 });
    expect(await card(page).isVisible()).toBe(true); // the pointer is on it now
    await page.mouse.move(bar.x - 60, middle, { steps: 4 });
    await expect.poll(() => card(page).isVisible()).toBe(false);
    await page.mouse.click(bar.x - 6, middle);
    await expect.poll(() => page.locator(':target').innerText()).toContain('Then the tests come first.');
  });

  it('shows all times of day where the reader is', async ({ expect, onTestFinished: finished }) => {
    const page = await opened({ timeZone: 'Asia/Tokyo' }, { finished });
    const facts = await page.locator('main > dl').innerText();
    expect(facts).toContain('23 November 2026 at 19:00:00');
    expect(await page.locator('.note').first().innerText()).toMatch(/^Times of day are in Asia\/Tokyo;/);
    await page.getByText('Attendance').click();
    await expect.poll(() => page.getByText('to the end').first().innerText()).toBe('19:00:00 (00:00:00) to the end');
    expect(await page.locator('.transcript time').allInnerTexts()).toEqual([
      '19:00',
      '19:00',
      '19:00',
      '19:01',
      '19:01',
    ]);
    expect(await page.locator('body').innerText()).not.toMatch(/UTC|10:0/);
  });

  it('is complete without scripts, in the times of the server', async ({ expect, onTestFinished: finished }) => {
    const page = await opened({ hasScripts: false, timeZone: 'Asia/Tokyo' }, { finished });
    expect(await page.locator('main > dl').innerText()).toContain('2026-11-23, 10:00:00 UTC');
    await page.getByRole('link', { name: 'Ben, 00:00:12–00:00:15: The café' }).click();
    expect(page.url()).toMatch(/#w1$/);
    expect(await page.locator('#timeline-keys').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Spanish' }).click();
    expect(await page.getByText('Hola, ¿cuándo?', { exact: true }).isVisible()).toBe(true);
  });

  it('looks as its reader has chosen on the live page, and comes in their language, before anything is drawn', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const page = await opened({ width: 390 }, { finished });
    const chosen = { textSize: 200, moreContrast: true, moreSpace: true, lessMotion: true, language: 'es-MX' };
    await page.evaluate(`localStorage.setItem('parley live page', '${JSON.stringify(chosen)}')`);
    await page.route('**/main.js', (route) => route.abort()); // no module has drawn anything
    const address = new URL(page.url());
    await page.goto(`${address}?who=2`);
    await page.locator('.said', { hasText: 'Hola, ¿cuándo?' }).waitFor();
    expect(new URL(page.url()).search).toBe('?who=2&in=es');
    const marks = { text: 'large', contrast: 'more', space: 'more', motion: 'less' };
    expect(await looks(page)).toEqual([marks, '32px']);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('link', { name: 'As spoken' }).click(); // what is chosen here counts here
    await page.locator('.said', { hasText: 'مرحبا بالجميع' }).waitFor();
    expect(new URL(page.url()).search).toBe('?in=spoken&who=2');
  });

  it('finds words in its transcript by keyboard, marks them, and shows only what was found when asked', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const page = await opened({}, { finished });
    const now = async () => {
      const place = (await page.locator('output').innerText()).replaceAll(/[\u2068\u2069]/g, '');
      return [place, await page.locator('.now .said').allInnerTexts()];
    };
    await page.getByRole('button', { name: 'Search' }).press('Enter');
    await page.keyboard.type('RELEÄSE');
    await expect.poll(now).toEqual(['1 of 2', ['We ship the new release on Monday morning.']]);
    expect(await marks(page)).toEqual(['release', 'release']);
    await page.keyboard.press('Enter');
    await expect.poll(now).toEqual(['2 of 2', ['The café has no tests for the release yet.']]);
    await page.keyboard.press('Enter');
    await expect.poll(now).toEqual(['1 of 2', ['We ship the new release on Monday morning.']]);
    await page.keyboard.press('Shift+Enter');
    await expect.poll(now).toEqual(['2 of 2', ['The café has no tests for the release yet.']]);
    await page.getByLabel('Only what was found').check();
    expect(await page.locator('.transcript h3:visible .name').allInnerTexts()).toEqual(['Ana', 'Ben']);
    expect(await page.locator('.said:visible').count()).toBe(2);
    await page.getByRole('searchbox').fill('ben'); // all of his
    await expect.poll(now).toEqual(['1 of 1', ['The café has no tests for the release yet.']]);
    await page.getByRole('searchbox').fill('nobody said this');
    await expect.poll(now).toEqual(['Nothing found', []]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.said:visible').count()).toBe(5);
    expect([await marks(page), await page.getByRole('searchbox').count()]).toEqual([[], 0]);
    expect(await page.evaluate('document.activeElement.id')).toBe('search-button');
  });

  it('is searched in the language that it is shown in', async ({ expect, onTestFinished: finished }) => {
    const page = await opened({ locale: 'fr' }, { finished, query: '?in=es' });
    await page.getByRole('button', { name: 'Rechercher' }).click();
    await page.keyboard.type('cuando');
    await expect.poll(() => page.locator('.now .said').allInnerTexts()).toEqual(['Hola, ¿cuándo?']);
    expect(await marks(page)).toEqual(['cuándo']);
    await page.getByRole('searchbox').fill('الإصدار'); // as it was spoken
    await page.getByText('Rien n’a été trouvé').waitFor();
  });

  it('marks what is on the screen alone when a letter is in every line of three hours', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const page = await opened({}, { finished, record: longMeeting() });
    await page.getByRole('button', { name: 'Search' }).click();
    await page.evaluate(`new MutationObserver((changes) => {
      document.body.dataset.changes = changes.length + Number(document.body.dataset.changes ?? 0);
    }).observe(document.querySelector('.transcript'), { subtree: true, childList: true, characterData: true, attributes: true })`);
    await page.keyboard.type('e');
    await page.getByText('1⁩ of ⁨2700').waitFor();
    await expect.poll(async () => (await marks(page)).length).toBeGreaterThan(20);
    expect((await marks(page)).length).toBeLessThan(1_000);
    expect(Number(await page.evaluate('document.body.dataset.changes'))).toBeLessThan(5); // where one is
    await page.keyboard.press('Shift+Enter'); // to the last one
    await expect.poll(() => page.locator('.now').innerText()).toContain('Sentence 2699');
    await expect.poll(() => marks(page, '.now .said')).toHaveLength(12);
  });
});

// One after another, as axe computes.
describe.skipIf(!hasChromium)(inChromium('the page of a meeting that is over, as axe sees it,'), () => {
  it('has no fault that axe knows on a phone and a desk, light and dark, and spans that are told from their lane', async ({
    expect,
    onTestFinished: finished,
  }) => {
    const page = await opened({}, { finished });
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.getByRole('button', { name: 'Search' }).click();
    await page.keyboard.type('الإصدار');
    await page.locator('.now').waitFor();
    await page.locator('.timeline a').first().focus();
    expect(await faultsInAllSights(page)).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [bar, lane] of await coloursOfLanes(page)) expect(contrast(bar, lane)).toBeGreaterThan(3); // WCAG 1.4.11
    }
  });
});

/** What is marked, in a part of the page. */
async function marks(page: Page, within = 'body'): Promise<string[]> {
  return await page.evaluate<string[]>(`(() => {
    const within = document.querySelector('${within}');
    const ranges = [...(CSS.highlights.get('found') ?? [])].filter(({ startContainer }) => within.contains(startContainer));
    return ranges.map(({ startContainer, startOffset, endOffset }) => startContainer.data.slice(startOffset, endOffset));
  })()`);
}

type Colour = readonly [red: number, green: number, blue: number];

/** The colours of twelve speakers' spans, each with that of its lane. */
async function coloursOfLanes(page: Page): Promise<readonly (readonly [Colour, Colour])[]> {
  return await page.evaluate<(readonly [Colour, Colour])[]>(`(() => {
    const pixel = document.createElement('canvas').getContext('2d');
    const read = (colour) => {
      pixel.fillStyle = colour;
      pixel.fillRect(0, 0, 1, 1);
      return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const lane = document.querySelector('.timeline li');
    const [svg, rect] = [lane.querySelector('svg'), lane.querySelector('a:last-child rect')];
    return Array.from({ length: 12 }, (_, voice) => {
      lane.className = 'voice-' + voice;
      return [read(getComputedStyle(rect).fill), read(getComputedStyle(svg).backgroundColor)];
    });
  })()`);
}

function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [one, other].map(luminance).toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** As WCAG defines it. */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
