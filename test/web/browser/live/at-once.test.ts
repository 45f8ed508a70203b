import { describe, expect, it } from 'vitest';
import { inRealTime } from '../../../support/real-time/in-real-time.ts';
import { browser, hasChromium, inChromium } from '../../support/browser.ts';
import { opened } from './support/opened.ts';

const open = browser();

// In a file of its own, as the other tests of the page let everybody else go first.
describe.skipIf(!hasChromium)(inChromium('the live page in a browser'), { timeout: 60_000, ...inRealTime }, () => {
  it('shows words within 300 ms', async () => {
    const { page, grow } = await opened(open);
    const tookMs: number[] = [];
    for (let word = 0; word < 20; word++) {
      const text = `Word ${word}`;
      const shown = page.evaluate<number>(`new Promise((resolve) => {
        const look = () => document.body.textContent.includes('${text}') && resolve(Date.now());
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
      })`);
      await page.evaluate('0'); // the observer is there
      const saidAtMs = Date.now();
      grow('Ana', text, 's1');
      tookMs.push((await shown) - saidAtMs);
    }
    expect(tookMs.toSorted((one, other) => one - other)[10]).toBeLessThan(300);
  });
});
