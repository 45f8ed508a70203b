import { describe, expect, it } from 'vitest';
import type { ShownPerson } from '../../src/web/browser/wire.ts';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';
import { follow } from '../web/live/support/served.ts';
import { browser, hasChromium, inChromium } from '../web/support/browser.ts';

const open = browser();

/** The whole bot in a meeting with Ana, who has opened a live page. Ben does not want to be heard. */
async function readAlong() {
  const stage = await openStage({ environment: { HTTP_HOST: '127.0.0.1', PUBLIC_URL: 'http://127.0.0.1:1' } });
  const { guild, voice, text, bot } = stage;
  const ana = guild.addMember({ name: 'Ana', avatar: 'a1' });
  const ben = guild.addMember({ name: 'Ben' });
  for (const member of [ana, ben]) member.join(voice);
  await ben.command('privacy opt-out', {}, { channel: text });
  await ana.command('transcribe start', {}, { channel: text });
  const panel = await text.waitFor(({ components }) => JSON.stringify(components).includes('Live page'));
  const id = /p1:live:([\w-]+)/.exec(JSON.stringify(panel.components))?.[1] ?? '';
  const reply = await ana.click(panel, `p1:live:${id}`);
  const { pathname, search } = new URL(/http:\/\/127[^"]*/.exec(JSON.stringify(reply.components))?.[0] ?? '');
  const address = (path: string) => `http://127.0.0.1:${/"port":(\d+)/.exec(bot.output)?.[1]}${path}`;
  return { stage, ana, pathname, search, address };
}

describe('a live page of the whole bot', inRealTime, () => {
  it('shows who speaks before their first word comes, who is not heard and why, and their pictures', {
    timeout: 60_000,
  }, async () => {
    const { stage, ana, pathname, search, address } = await readAlong();
    await using _stage = stage;
    const entered = await fetch(address(`${pathname}${search}`), { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { events } = await follow(address(`${pathname}/lines`), cookie);
    const people = (name: string) =>
      events.flatMap(({ event, data }) =>
        event === 'person' && (data as ShownPerson).name === name ? [data as ShownPerson] : [],
      ); // as the page does
    await expect.poll(() => people('Ben').at(-1)?.unheard, { timeout: 10_000 }).toBe('optedOut');
    expect(people('Ana').at(-1)).toMatchObject({ isThere: true, isSpeaking: false, unheard: 'notYetHeard' });

    await ana.say('Good morning everybody, this is a sentence of some length.');
    await expect.poll(() => events.some(({ line }) => line?.state === 'final'), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => people('Ana').at(-1)?.isSpeaking, { timeout: 10_000 }).toBe(false);
    const spoke = events.findIndex(({ event, data }) => event === 'person' && (data as ShownPerson).isSpeaking);
    const firstWord = events.findIndex(({ line }) => line !== undefined);
    expect(spoke).toBeGreaterThan(-1);
    expect(spoke).toBeLessThan(firstWord);
    expect(events[firstWord]?.line?.person).toBe(people('Ana')[0]?.key);
    expect(new Set(people('Ana').map(({ isSpeaking }) => isSpeaking))).toEqual(new Set([true, false]));
    expect(people('Ben').some(({ isSpeaking }) => isSpeaking)).toBe(false);

    const picture = new URL(people('Ana').at(-1)?.picture ?? '', address(pathname));
    const shown = await fetch(picture, { headers: { cookie } });
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);

    ana.leave();
    await expect.poll(() => people('Ana').at(-1)?.isThere, { timeout: 10_000 }).toBe(false);
    expect(JSON.stringify(events)).not.toContain(ana.id);
  });

  it.skipIf(!hasChromium)(
    inChromium('is read in a browser, with pictures, while people speak, until they leave'),
    {
      timeout: 60_000,
    },
    async () => {
      const { stage, ana, pathname, search, address } = await readAlong();
      await using _stage = stage;
      const page = await open(address(`${pathname}${search}`), { timeZone: 'America/New_York' });
      await page.getByText('Not heard: ⁨opted out⁩').waitFor();
      await ana.say('Good morning everybody, this is a sentence of some length.');
      await page.locator('.person.speaking, .soon:not(:empty), .growing').first().waitFor();
      await page.getByText('this is a sentence of some length').first().waitFor();
      const isPainted = 'document.querySelector(".group img")?.naturalWidth > 0';
      await expect.poll(() => page.evaluate(isPainted)).toBe(true);
      ana.leave();
      await expect.poll(() => page.locator('.person').allInnerTexts()).toEqual([expect.stringContaining('Ben')]);
    },
  );
});
