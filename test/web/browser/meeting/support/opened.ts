import type { MeetingRecord } from '../../../../../src/core/record.ts';
import { afterwardsOf } from '../../../../../src/minutes/afterwards.ts';
import { makeFinal, makeHead, makeTranslation } from '../../../../support/make.ts';
import { guest, served } from '../../../live/support/served.ts';
import type { browser, Sight } from '../../../support/browser.ts';

const [ana, ben, amal] = ['100', '200', '300'];

/** A meeting of two minutes that is over, with people, words and a title of several directions. */
const over: MeetingRecord = {
  head: makeHead({ title: 'الاجتماع الأسبوعي Weekly' }), // it began at ten o’clock in UTC
  attendance: [
    { speakerId: ana, displayName: 'Ana', joinedMs: 0 },
    { speakerId: ben, displayName: 'Ben', joinedMs: 0, leftMs: 60_000 },
    { speakerId: amal, displayName: 'أمل', joinedMs: 5_000 },
  ],
  endedMs: 120_000,
  ending: 'stopped',
  finals: [
    said(ana, 'u1', 1, 'We ship the new release on Monday morning.'),
    said(ben, 'u2', 12, 'The café has no tests for the release yet.'),
    said(amal, 'u3', 30, 'مرحبا بالجميع، متى الإصدار؟', 'ar'),
    said(ana, 'u4', 61, 'Then the tests come first.'),
    said(ana, 'u5', 90, 'See you on Monday.'),
  ],
  translations: [
    makeTranslation({ utteranceId: 'u3', speakerId: amal, startMs: 30_000, endMs: 33_000, text: 'Hola, ¿cuándo?' }),
  ],
  gaps: [{ speakerId: ben, startMs: 40_000, endMs: 44_000, reason: 'voice connection lost' }],
  messages: [{ utteranceId: 'u2', channelId: '20', messageId: '77' }],
};

function said(speakerId: string, utteranceId: string, second: number, text: string, language = 'en') {
  return makeFinal({ speakerId, utteranceId, text, language, startMs: second * 1_000, endMs: (second + 3) * 1_000 });
}

/** The page of a meeting that is over, in a browser. @param open - of `browser()` */
export async function openedAfterwards(
  open: ReturnType<typeof browser>,
  sight: Sight = {},
  { record = over, query = '' }: { readonly record?: MeetingRecord; readonly query?: string } = {},
) {
  const settings = { guild: async () => ({ spoken: 'auto', translateTo: [] }) };
  const { links, address } = await served({
    afterwards: afterwardsOf({ archive: { read: async () => record }, settings }),
  });
  const page = await open(address(new URL(links.invite(guest)).search), sight);
  if (query !== '') await page.goto(address(query));
  return page;
}
