import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { makeFinal } from '../../../support/make.ts';
import { guest, served } from '../../live/support/served.ts';
import { browser, faultsOf, hasChromium, inChromium } from '../../support/browser.ts';
import { cuttable } from '../../support/cuttable.ts';

const HTML = '<img src=x onerror="document.body.dataset.hurt=1">';
const COLOURS = 12;
const maker = { ...guest, shows: 'overlay' } as const;
const open = browser();

/** A meeting's overlay in Chromium, as a streaming program shows it, once it is connected. */
async function shown(query = '', wishes: Parameters<typeof served>[0] = {}) {
  const place = await served(wishes);
  const way = await cuttable(place.port);
  const { search } = new URL(place.links.invite(maker));
  const page = await open(`http://127.0.0.1:${way.port}/overlay/m1${search}${query}`, { width: 1920, height: 1080 });
  const lines = async () => (await page.locator('p').allTextContents()).join('|');
  let said = 0;
  const say = (name: string, text: string, kind: 'final' | 'partial' = 'final', utteranceId?: string) => {
    said += 1;
    const segment = {
      ...makeFinal({ utteranceId: utteranceId ?? `s${said}`, speakerId: name, text, startMs: 10_000 + said * 1_000 }),
      kind,
    };
    place.audience.publish({ segment, name });
  };
  const connection = async () => await page.locator('body').getAttribute('data-connection');
  await expect.poll(connection).toBe('live');
  await page.waitForFunction('document.querySelector("main").childNodes.length > 0'); // all that was said before is there
  return { ...place, way, page, lines, say, connection };
}

/** How opaque the page is at least and at most, from 0 to 255, and how much of either half is not transparent. */
async function alphaOf(page: Page) {
  const picture = await page.screenshot({ omitBackground: true });
  // Chromium itself reads the picture, in a page that may: the overlay allows no pictures.
  await page.goto('about:blank');
  return await page.evaluate<{ least: number; most: number; above: number; below: number }>(`(async () => {
    const bytes = Uint8Array.from(atob('${picture.toString('base64')}'), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    const half = data.length / 2;
    let [least, most, above, below] = [255, 0, 0, 0];
    for (let at = 3; at < data.length; at += 4) {
      least = Math.min(least, data[at]);
      most = Math.max(most, data[at]);
      if (data[at] > 0) at < half ? above++ : below++;
    }
    return { least, most, above, below };
  })()`);
}

/** The contrast of two colours, of which each has red, green and blue from 0 to 255. */
function contrastOf(one: readonly number[], other: readonly number[]): number {
  const [lighter = 0, darker = 0] = [one, other].map(lightOf).sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function lightOf(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const numbersIn = (colour: string) => colour.match(/[\d.]+/g)?.map(Number) ?? [];

describe.skipIf(!hasChromium)(inChromium('an overlay in a browser source'), () => {
  it('shows the last lines as they grow, on nothing, and what is HTML as text', async () => {
    const { page, lines, say } = await shown('&lines=3&size=60');
    say(HTML, HTML);
    say('Ben', 'gro', 'partial', 'g');
    await expect.poll(lines).toBe(`${HTML} ${HTML}|Ben gro`); // and nothing of what was said long ago
    say('Ben', 'growing words', 'partial', 'g');
    await expect.poll(lines).toBe(`${HTML} ${HTML}|Ben growing words`);
    expect(await page.locator('body').getAttribute('data-hurt')).toBeNull();
    expect(await page.evaluate('getComputedStyle(document.querySelector("p")).fontSize')).toBe('60px');
    for (const width of [390, 1920]) {
      await page.setViewportSize({ width, height: 1080 });
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        expect([width, colorScheme, ...(await faultsOf(page))]).toEqual([width, colorScheme]);
      }
    }
    const { least, most, above, below } = await alphaOf(page);
    expect([least, most, above]).toEqual([0, 255, 0]);
    expect(below).toBeGreaterThan(20_000);
  });

  it('stands above where its address says so, with as many lines, in the direction of their words', async () => {
    const { page, lines, say } = await shown('&position=top&lines=1');
    say('Ana', 'Hello');
    await expect.poll(lines).toBe('Ana Hello');
    const box = await page.locator('p').boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(200);
    say('Ana', 'שלום לכולם');
    await expect.poll(lines).toBe('Ana שלום לכולם');
    expect(await page.evaluate('getComputedStyle(document.querySelector("p > span")).direction')).toBe('rtl');
  });

  it('gives people the colours of the live page, which can be read on any picture', async () => {
    const { page, say, links, way } = await shown('&lines=6');
    const { search } = new URL(links.invite(guest));
    const live = await open(`http://127.0.0.1:${way.port}/live/m1${search}`, { scheme: 'dark' });
    const people = Array.from({ length: COLOURS }, (_, index) => `Person ${index}`);
    const coloursOn = async (on: Page) =>
      new Map(
        await on.evaluate<[string, string][]>(
          '[...document.querySelectorAll("p .name")].map((name) => [name.textContent, getComputedStyle(name).color])',
        ),
      );
    const colours = new Map<string, string>();
    for (const name of people) say(name, `Words of ${name}`);
    // Only the last six show at once.
    await expect.poll(async () => [...(await coloursOn(page)).keys()]).toEqual(people.slice(6));
    for (const [name, colour] of await coloursOn(page)) colours.set(name, colour);
    for (const name of people.slice(0, 6)) say(name, `More words of ${name}`);
    await expect.poll(async () => [...(await coloursOn(page)).keys()]).toEqual(people.slice(0, 6));
    for (const [name, colour] of await coloursOn(page)) colours.set(name, colour);
    await live.locator('[data-line]', { hasText: 'More words of Person 5' }).waitFor();
    const onLivePage = await coloursOn(live);
    for (const name of people) expect([name, onLivePage.get(name)]).toEqual([name, colours.get(name)]);
    const different = [...new Set(colours.values())];
    expect(different.length).toBeGreaterThanOrEqual(COLOURS - 1); // Ana has one
    const plate = numbersIn(await page.evaluate('getComputedStyle(document.querySelector("p")).backgroundColor'));
    const [alpha = 1] = plate.slice(3);
    for (const picture of [0, 255]) {
      const behind = plate.slice(0, 3).map((value) => alpha * value + (1 - alpha) * picture);
      const contrasts = [...different, 'rgb(255, 255, 255)'].map((colour) => contrastOf(numbersIn(colour), behind));
      expect(Math.min(...contrasts)).toBeGreaterThan(7);
    }
  });

  it('shows nothing after twelve seconds of silence, and goes on with what is said next', async () => {
    const { page, lines, say } = await shown();
    await page.clock.install();
    say('Ana', 'Before the silence');
    await expect.poll(lines).toBe('Ana Before the silence');
    await page.clock.fastForward(12_500);
    await expect.poll(lines).toBe('');
    say('Ben', 'And on');
    await expect.poll(lines).toBe('Ben And on');
  });

  it('comes back by itself when the server was gone, and when nobody could say whether it may be shown', async () => {
    const { page, lines, say, way, at, connection } = await shown('', { timing: { againAfterMs: 0 } });
    say('Ana', 'Before');
    await expect.poll(lines).toBe('Ana Before');
    await way.cut();
    await expect.poll(connection).toBe('lost');
    say('Ana', 'Still growing', 'partial', 'g');
    await way.mend();
    await expect.poll(lines).toBe('Ana Before|Ana Still growing');
    await page.clock.install();
    at.answer = async () => {
      throw new Error('Discord does not answer');
    };
    await expect.poll(connection).toBe('lost');
    at.answer = async () => ({});
    say('Ben', 'Afterwards', 'partial', 'a');
    const later = async () => {
      await page.clock.fastForward(6_000);
      return await lines();
    };
    await expect.poll(later, { interval: 1_000 }).toContain('Ben Afterwards');
  });

  it('shows nothing once it is closed, also when the streaming program opens it anew', async () => {
    const { page, lines, say, links, connection } = await shown();
    say('Ana', 'Hello');
    await expect.poll(lines).toBe('Ana Hello');
    links.closeAll(maker);
    await expect.poll(connection).toBe('closed');
    await expect.poll(lines).toBe('');
    expect((await page.reload())?.status()).toBe(404);
    expect((await alphaOf(page)).most).toBe(0);
  });

  it('ends with the meeting, also when the streaming program opens it anew', async () => {
    const { page, lines, say, at, audience, connection } = await shown();
    say('Ana', 'Goodbye');
    await expect.poll(lines).toBe('Ana Goodbye');
    audience.close();
    await expect.poll(connection).toBe('over');
    await expect.poll(lines).toBe('');
    at.isRunning = false;
    await page.clock.install();
    await page.reload();
    const later = async () => {
      await page.clock.fastForward(6_000);
      return await connection();
    };
    await expect.poll(later, { interval: 1_000 }).toBe('stopped');
    expect((await alphaOf(page)).most).toBe(0);
  });
});
