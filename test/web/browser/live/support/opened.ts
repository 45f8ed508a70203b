import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { FinalSegment, TranslationSegment } from '../../../../../src/core/segment.ts';
import { makeFinal, makePartial, makeTranslation } from '../../../../support/make.ts';
import { guest, served } from '../../../live/support/served.ts';
import type { browser, Sight } from '../../../support/browser.ts';
import { cuttable } from '../../../support/cuttable.ts';

/**
 * A meeting’s live page in a browser, whose connection can be cut, once it shows what was said before.
 *
 * @param open - of `browser()`
 * @param finished - says what to do at the end of the test, as for `served`
 */
export async function opened(
  open: ReturnType<typeof browser>,
  sight: Sight = {},
  wishes: Parameters<typeof served>[0] = {},
  finished: (end: () => Promise<void>) => void = onTestFinished,
) {
  const place = await served(wishes, finished);
  const way = await cuttable(place.port, (end) => finished(async () => end()));
  const { search } = new URL(place.links.invite(guest));
  const page = await open(`http://127.0.0.1:${way.port}/live/m1${search}`, sight, finished);
  await page.getByText('Said before').waitFor();
  let said = 0;
  const times = (utteranceId: string) => ({ utteranceId, startMs: 2_000 + Number(utteranceId.slice(1)) * 1_000 });
  const { audience } = place;
  // Whoever publishes has written it before: a language that is read for the first time comes from there.
  const journal = place.record as unknown as { finals: FinalSegment[]; translations: TranslationSegment[] };
  return {
    ...place,
    ...{ page, way },
    /** Somebody says a sentence. @returns the id of the utterance */
    say(name: string, text: string, language = 'en', utteranceId = `s${++said}`): string {
      const segment = makeFinal({ ...times(utteranceId), speakerId: name, text, language });
      journal.finals.push(segment);
      audience.publish({ segment, name });
      return utteranceId;
    },
    /** Somebody is saying something. */
    grow(name: string, text: string, utteranceId = `s${++said}`): string {
      audience.publish({ segment: makePartial({ ...times(utteranceId), speakerId: name, text }), name });
      return utteranceId;
    },
    translate(utteranceId: string, name: string, text: string, language: string): void {
      const segment = makeTranslation({ ...times(utteranceId), speakerId: name, text, language });
      journal.translations.push(segment);
      audience.publish({ segment, name });
    },
    /** The texts of all lines, as they are to be read. */
    texts: () => page.locator('[data-line]').allInnerTexts(),
    /** What screen readers were told. */
    told: () => page.locator('#announcer p').allTextContents(),
  };
}

/** Whether the newest line is on the screen. */
export async function isAtEnd(page: Page): Promise<boolean> {
  return await page.evaluate('document.documentElement.scrollHeight - innerHeight - scrollY < 60');
}
