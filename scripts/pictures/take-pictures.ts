import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { meetingInPictures } from './meeting.ts';
import { sceneWith } from './scene.ts';

const CHROMIUM = '/usr/bin/chromium';
const SCHEMES = ['light', 'dark'] as const;
const WIDTH = 1_200;
const LIVE_HEIGHT = 600;
const OVERLAY_HEIGHT = 540;
const MEETING_HEIGHT = 1_170; // down to who spoke when
const CHANNEL = { width: 760, height: 1_062 }; // down to the key points of the minutes
const MOST_BYTES = 200_000; // of one, as everybody who clones gets all of them
const LINES = 2; // of the overlay
const HALF = 'I can do that, they have'; // of the last sentence
const MISHEARD = ' uh'; // what the simulated recogniser takes back at once

interface Picture {
  readonly name: string;
  readonly bytes: number;
}

type Scheme = (typeof SCHEMES)[number];

/**
 * Holds the meeting, takes all pictures, and writes them into a folder.
 *
 * @throws when this machine cannot draw them, or one is too large
 */
export async function takePictures(folder: string): Promise<readonly Picture[]> {
  for (const language of ['ja', 'ar', 'und-zsye']) demandFontOf(language); // the last: emoji
  mkdirSync(folder, { recursive: true });
  const pictures: Picture[] = [];
  const keep = (name: string, picture: Buffer) => {
    if (picture.length > MOST_BYTES) throw new Error(`Cannot keep ${name}: it has ${picture.length} bytes`);
    writeFileSync(join(folder, name), picture);
    pictures.push({ name, bytes: picture.length });
  };
  await using meeting = await meetingInPictures();
  await using stack = new AsyncDisposableStack();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  stack.defer(() => browser.close());

  const readers = await Promise.all(
    SCHEMES.map(async (scheme) => {
      const page = await opened(browser, await meeting.liveLink(), { height: LIVE_HEIGHT, scheme });
      await page.selectOption('#language', 'es');
      return { scheme, page };
    }),
  );
  const overlay = await opened(browser, await meeting.overlayLink(LINES), { height: OVERLAY_HEIGHT });
  await meeting.talk();
  const last = meeting.sayLast();
  const [onStream] = await Promise.all([
    takenInMidSentence(overlay, 'p'),
    ...readers.map(async ({ scheme, page }) => {
      keep(`live-page-${scheme}.png`, await takenInMidSentence(page, '.spoken'));
    }),
  ]);
  await last;
  keep('overlay.png', await pictureOf(browser, sceneWith(onStream), { width: WIDTH, height: OVERLAY_HEIGHT }));

  await meeting.stop();
  for (const { scheme, page } of readers) {
    await page.getByRole('link', { name: 'See the whole meeting' }).click();
    await page.locator('#transcript').waitFor();
    await page.setViewportSize({ width: WIDTH, height: MEETING_HEIGHT });
    await page.evaluate('document.activeElement.blur()');
    keep(`meeting-${scheme}.png`, await page.screenshot());
  }
  keep('channel.png', await pictureOf(browser, meeting.channel(), CHANNEL));
  return pictures;
}

/** @throws when letters of a language would be drawn as boxes */
function demandFontOf(language: string): void {
  if (execFileSync('fc-list', [`:lang=${language}`, 'family'], { encoding: 'utf8' }) !== '') return;
  throw new Error(
    `Cannot draw letters of ${language}: install fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji`,
  );
}

/** Takes a page while the last of these elements grows, at a moment at which the recogniser heard it well. */
async function takenInMidSentence(page: Page, elements: string): Promise<Buffer> {
  const words = page.locator(elements).last();
  await page.getByText(HALF).last().waitFor();
  for (;;) {
    const before = await words.innerText();
    const picture = await page.screenshot({ omitBackground: true });
    if (!before.endsWith(MISHEARD) && (await words.innerText()) === before) return picture;
  }
}

async function opened(browser: Browser, address: string, look: { height: number; scheme?: Scheme }): Promise<Page> {
  const { height, scheme = 'light' } = look;
  const context = await browser.newContext({
    viewport: { width: WIDTH, height },
    colorScheme: scheme,
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function pictureOf(browser: Browser, html: string, viewport: { width: number; height: number }): Promise<Buffer> {
  const page = await browser.newPage({ viewport });
  await page.setContent(html);
  return await page.screenshot();
}
