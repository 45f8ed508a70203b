import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { makeFinal } from '../../support/make.ts';
import { guest, served } from '../live/support/served.ts';
import { browser, hasChromium, inChromium } from '../support/browser.ts';

const HTML = '<img src=x onerror="document.body.dataset.hurt=1">';
const open = browser();

/** A meeting's overlay in Chromium, as a streaming program shows it. */
async function shown(query = '') {
  const place = await served();
  const { search } = new URL(place.links.invite({ ...guest, shows: 'overlay' }));
  const page = await open(`http://127.0.0.1:${place.port}/overlay/m1${search}${query}`, { width: 1920, height: 1080 });
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
  await expect.poll(lines, { timeout: 15_000 }).toContain('Said before');
  return { ...place, page, lines, say };
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

describe.skipIf(!hasChromium)(inChromium('an overlay in a browser source'), () => {
  it('shows the last lines as they grow, on nothing, and what is HTML as text', { timeout: 40_000 }, async () => {
    const { page, lines, say } = await shown('&lines=2&size=60');
    say('Ana', 'one');
    say(HTML, HTML);
    say('Ben', 'gro', 'partial', 'g');
    await expect.poll(lines).toBe(`${HTML} ${HTML}|Ben gro`);
    say('Ben', 'growing words', 'partial', 'g');
    await expect.poll(lines).toBe(`${HTML} ${HTML}|Ben growing words`);
    expect(await page.locator('body').getAttribute('data-hurt')).toBeNull();
    expect(await page.evaluate('getComputedStyle(document.querySelector("p")).fontSize')).toBe('60px');
    const { least, most, above, below } = await alphaOf(page);
    expect([least, most, above]).toEqual([0, 255, 0]);
    expect(below).toBeGreaterThan(20_000);
  });

  it('stands above where its address says so, and shows nothing once it is closed', { timeout: 40_000 }, async () => {
    const { page, lines, say, links } = await shown('&position=top&lines=1');
    say('Ana', 'Hello');
    await expect.poll(lines).toBe('Ana Hello');
    const box = await page.locator('p').boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(200);
    say('Ana', 'שלום לכולם');
    await expect.poll(lines).toBe('Ana שלום לכולם');
    expect(await page.evaluate('getComputedStyle(document.querySelector("p > span")).direction')).toBe('rtl');
    links.closeAll({ ...guest, shows: 'overlay' });
    await expect.poll(lines).toBe('');
    expect((await alphaOf(page)).most).toBe(0);
  });
});
