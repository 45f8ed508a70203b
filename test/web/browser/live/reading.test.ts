import { describe, expect, it } from 'vitest';
import { browser, hasChromium, inChromium } from '../../support/browser.ts';
import { isAtEnd, opened } from './support/opened.ts';

const HTML = '<img src=x onerror="document.body.dataset.hurt=1">';
const open = browser();

describe.skipIf(!hasChromium)(inChromium('the live page in a browser'), () => {
  it('shows words while they are said, as text whatever they are, and tells screen readers finished lines alone', async () => {
    const { page, grow, say, texts, told } = await opened(open);
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

  it('says who speaks, who is not heard and why, and the times where the reader is', async () => {
    const { page, at } = await opened(open, { timeZone: 'Asia/Tokyo' });
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

  it('changes the language without an empty moment, shows the original beside it, and remembers it', async () => {
    const { page, say, translate, texts } = await opened(open, {}, { targets: ['es', 'fr'] });
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

  it('stays at the newest line, and lets whoever scrolls up read and says what is new', async () => {
    const { page, say, texts } = await opened(open, { height: 500 });
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

  it('finds words by keyboard, marks them, and shows only what was found when asked', async () => {
    const { page, say, texts } = await opened(open);
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
});
