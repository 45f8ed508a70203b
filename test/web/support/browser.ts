import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';

const CHROMIUM = '/usr/bin/chromium';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export const hasChromium = existsSync(CHROMIUM);

/** The title of tests that need Chromium: it says why they are skipped where there is none. */
export function inChromium(what: string): string {
  return hasChromium ? what : `${what} (skipped: there is no ${CHROMIUM})`;
}

/** How a page is looked at. */
export interface Sight {
  readonly width?: number; // 1280, a desk; 390 is a phone
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly contrast?: 'more' | 'no-preference';
  readonly motion?: 'reduce' | 'no-preference';
  readonly locale?: string;
  readonly timeZone?: string;
  readonly hasScripts?: boolean; // unless told otherwise
}

/** One Chromium for all tests of a file: it starts when the first page is opened. */
export function browser() {
  let running: Promise<Browser> | undefined;
  afterAll(async () => await (await running)?.close());

  /**
   * Opens an address in a browser of its own: without cookies, and until the test ends.
   *
   * @param finished - says what to do at the end of the test, as for `served`
   */
  return async (
    address: string,
    sight: Sight = {},
    finished: (end: () => Promise<void>) => void = onTestFinished,
  ): Promise<Page> => {
    running ??= chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const { width = 1280, height = 800, scheme = 'light', locale = 'en-GB', timeZone = 'UTC' } = sight;
    const context = await (await running).newContext({
      ...{ viewport: { width, height }, colorScheme: scheme, locale, timezoneId: timeZone },
      contrast: sight.contrast ?? 'no-preference',
      reducedMotion: sight.motion ?? 'no-preference',
      javaScriptEnabled: sight.hasScripts ?? true,
    });
    finished(async () => await context.close());
    const page = await context.newPage();
    await page.goto(address);
    return page;
  };
}

/** How a page looks because its reader has chosen so: the marks of its root, and the size of its text. */
export async function looks(page: Page): Promise<unknown> {
  return await page.evaluate(`(() => {
    const { languages: _, shown: __, ...marks } = document.documentElement.dataset;
    return [marks, getComputedStyle(document.documentElement).fontSize];
  })()`);
}

/**
 * What axe finds wrong on an open page, on a phone and a desk, in the light and in the dark: a line for each way to look at it. Expect it
 * to be empty.
 */
export async function faultsInAllSights(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const found = await faultsOf(page);
      const tooWide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (tooWide > 0) found.push(`The page is ${tooWide} px wider than the screen`);
      faults.push(...found.map((fault) => `${width} px, ${colorScheme}: ${fault}`));
    }
  }
  return faults;
}

/**
 * What axe finds wrong on a page, by all of its rules, best practices too: a line for each rule, with the elements that break it.
 * Expect it to be empty.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = await page.evaluate(async (): Promise<AxeResults> => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }; // the script above has set it
    return await axe.run();
  });
  return violations.map(({ id, impact, help, nodes }) => {
    const where = nodes.map(
      ({ html, any, all }) => `${html} ${[...any, ...all].map(({ message }) => message).join('; ')}`,
    );
    return `${id} (${impact}): ${help}\n  ${where.join('\n  ')}`;
  });
}
