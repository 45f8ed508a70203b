import { describe, expect, it, onTestFinished } from 'vitest';
import { makeFinal } from '../../support/make.ts';
import { guest, served } from '../live/support/served.ts';
import { BrowserSource, hasChromium } from './support/browser-source.ts';

const what = hasChromium
  ? 'an overlay in a browser source'
  : 'an overlay in a browser source (skipped: there is no Chromium)';
const HTML = '<img src=x onerror="document.body.dataset.hurt=1">';

/** A meeting's overlay in Chromium, as a streaming program shows it. */
async function shown(query = '') {
  const place = await served();
  const { search } = new URL(place.links.invite({ ...guest, shows: 'overlay' }));
  const source = await BrowserSource.open(`http://127.0.0.1:${place.port}/overlay/m1${search}${query}`);
  onTestFinished(() => source[Symbol.asyncDispose]());
  const lines = async () =>
    `${await source.valueOf('[...document.querySelectorAll("p")].map((p) => p.textContent).join("|")')}`;
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
  return { ...place, source, lines, say };
}

describe.skipIf(!hasChromium)(what, () => {
  it('shows the last lines as they grow, on nothing, and what is HTML as text', { timeout: 40_000 }, async () => {
    const { source, lines, say } = await shown('&lines=2&size=60');
    say('Ana', 'one');
    say(HTML, HTML);
    say('Ben', 'gro', 'partial', 'g');
    await expect.poll(lines).toBe(`${HTML} ${HTML}|Ben gro`);
    say('Ben', 'growing words', 'partial', 'g');
    await expect.poll(lines).toBe(`${HTML} ${HTML}|Ben growing words`);
    expect(await source.valueOf('document.body.dataset.hurt')).toBeUndefined();
    expect(await source.valueOf('getComputedStyle(document.querySelector("p")).fontSize')).toBe('60px');
    const { least, most, above, below } = await source.alphaOf(await source.picture());
    expect([least, most, above]).toEqual([0, 255, 0]);
    expect(below).toBeGreaterThan(20_000);
  });

  it('stands above where its address says so, and shows nothing once it is closed', { timeout: 40_000 }, async () => {
    const { source, lines, say, links } = await shown('&position=top&lines=1');
    say('Ana', 'Hello');
    await expect.poll(lines).toBe('Ana Hello');
    const top = await source.valueOf('document.querySelector("p").getBoundingClientRect().bottom');
    expect(top).toBeLessThan(200);
    say('Ana', 'שלום לכולם');
    await expect.poll(lines).toBe('Ana שלום לכולם');
    expect(await source.valueOf('getComputedStyle(document.querySelector("p > span")).direction')).toBe('rtl');
    links.closeAll({ ...guest, shows: 'overlay' });
    await expect.poll(lines).toBe('');
    expect((await source.alphaOf(await source.picture())).most).toBe(0);
  });
});
