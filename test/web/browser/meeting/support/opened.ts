import { afterAll } from 'vitest';
import type { MeetingRecord } from '../../../../../src/core/record.ts';
import { afterwardsOf } from '../../../../../src/minutes/afterwards.ts';
import { makeFinal, makeHead, makeTranslation } from '../../../../support/make.ts';
import { guest, served } from '../../../live/support/served.ts';
import { browser, type Sight } from '../../../support/browser.ts';

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

/**
 * The pages of meetings that are over, in browsers: one server for a file, and one Chromium.
 *
 * @returns opens the page of a meeting; `finished` as for `served`
 */
export function afterwards() {
  const open = browser();
  const ends: (() => Promise<void>)[] = [];
  let opened = 0;
  const records = new Map([[guest.meetingId, over]]);
  const settings = { guild: async () => ({ spoken: 'auto', translateTo: [] }) };
  const archive = { read: async (id: string) => records.get(id) };
  const serving = served({ afterwards: afterwardsOf({ archive, settings }) }, (end) => ends.push(end));
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return async (
    sight: Sight = {},
    {
      record,
      query = '',
      finished,
    }: {
      readonly record?: MeetingRecord;
      readonly query?: string;
      readonly finished?: (end: () => Promise<void>) => void;
    } = {},
  ) => {
    const { links, address } = await serving;
    const meetingId = record?.head.id ?? guest.meetingId;
    if (record) records.set(meetingId, record);
    opened += 1;
    // A member's links are few: the oldest would end.
    const { search } = new URL(links.invite({ ...guest, meetingId, userId: `${100 + opened}` }));
    const page = await open(address(search, meetingId), sight, finished);
    if (query !== '') await page.goto(address(query, meetingId));
    return page;
  };
}

/** Three hours in which ten people speak 2,700 lines, of which almost every one has an e. */
export function longMeeting(): MeetingRecord {
  const people = Array.from({ length: 10 }, (_, index) => String(100 + index));
  return {
    ...over,
    head: makeHead({ id: 'long', title: 'Three hours' }),
    attendance: people.map((speakerId) => ({ speakerId, displayName: `Speaker ${speakerId}`, joinedMs: 0 })),
    endedMs: 3 * 3_600_000,
    finals: Array.from({ length: 2_700 }, (_, line) =>
      said(people[line % 10] ?? '', `u${line}`, line * 4, `Sentence ${line} tells everybody where the release stands.`),
    ),
    translations: [],
    gaps: [],
    messages: [],
  };
}
