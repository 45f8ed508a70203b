import fc from 'fast-check';
import type { GapReason, MeetingRecord } from '../../../src/core/record.ts';
import type { Summary } from '../../../src/core/summary.ts';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';

/** Text that Markdown and Discord may interpret, next to arbitrary characters. */
const piece = fc.constantFrom(
  ...[
    '# ',
    '## Transcript',
    '**Ana** (00:00:01)',
    '> es: hola',
    '- ',
    '1. ',
    '===',
    '---',
    '```',
    '`',
    '\\',
    '\\*',
    '*',
  ],
  ...[
    '_',
    '~~',
    '||',
    '[a](http://b.c)',
    '<@1>',
    '<b>',
    '@everyone',
    '@here',
    'a@b.cd',
    'https://x.yz/_a_',
    'www.x.yz',
  ],
  ...[
    'discord.gg/abc',
    ':tada:',
    '10:30:15',
    '&amp;',
    '&#64;',
    '$x$',
    '|',
    '\n',
    '\r\n\r\n',
    '\t',
    '    ',
    '\u2028',
    '\u202e',
  ],
  ...[' *(unconfirmed)*', 'привет', 'مرحبا', '会議', '👩‍👩‍👧', '\ud83d', '\0', 'word', ' '],
  ...['\ufffe', '\u{1ffff}', '\u009f', '\u3164', '\u2067', ']]>', '&#0;', '</w:t>', '<![CDATA[', '-->'],
);
export const speech = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const speakerId = fc.constantFrom('100001', '100002', '100003', '990001'); // two of them end in the same digits
export const moment = fc.nat({ max: 4_000_000 });
const point = fc.record({
  text: speech,
  cites: fc.array(
    fc.nat({ max: 14 }).map((n) => `u${n}`),
    { maxLength: 3 },
  ),
});
const action = fc
  .tuple(point, fc.record({ owner: speech, due: speech }, { requiredKeys: [] }))
  .map(([one, more]) => ({ ...one, ...more }));
const summaryText = fc.record({
  language: fc.constantFrom('en', 'es', 'not a code'),
  title: speech,
  keyPoints: fc.array(point, { maxLength: 3 }),
  decisions: fc.array(point, { maxLength: 2 }),
  actions: fc.array(action, { maxLength: 3 }),
  questions: fc.array(point, { maxLength: 2 }),
});
const summary: fc.Arbitrary<Summary> = fc.record({
  kind: fc.constant('written'),
  texts: fc.array(summaryText, { maxLength: 2 }),
  madeBy: fc.record({ model: speech }),
});
const message = fc.record({
  utteranceId: fc.nat({ max: 14 }).map((n) => `u${n}`),
  channelId: fc.constantFrom('20', '21'),
  messageId: fc.oneof(fc.stringMatching(/^\d{17,19}$/), speech),
});
const language = fc.constantFrom('es', 'fr', 'ar', 'zh');

/** Any meeting: a few people, some with the same name, who say hostile things in several scripts. */
export const anyRecord: fc.Arbitrary<MeetingRecord> = fc
  .record({
    title: speech,
    voiceChannelName: speech,
    about: speech,
    attendance: fc.array(fc.record({ speakerId, displayName: speech, joinedMs: moment }), { maxLength: 6 }),
    said: fc.array(
      fc.record({
        speakerId,
        startMs: moment,
        lengthMs: fc.nat({ max: 20_000 }),
        text: speech,
        confirmed: fc.boolean(),
        translations: fc.dictionary(language, speech, { maxKeys: 3 }),
      }),
      { maxLength: 12 },
    ),
    summary: fc.option(summary, { nil: undefined }),
    messages: fc.array(message, { maxLength: 10 }),
    gaps: fc.array(
      fc.record({
        speakerId,
        startMs: moment,
        endMs: moment,
        reason: fc.constantFrom<GapReason>(
          'paused',
          'recogniser unavailable',
          'audio not decrypted',
          'too much at once',
        ),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ title, voiceChannelName, about, attendance, said, gaps, summary, messages }) => {
    const spoken = said.toSorted((a, b) => a.startMs - b.startMs);
    const partsOf = (index: number, { speakerId, startMs, lengthMs }: (typeof said)[number]) => ({
      utteranceId: `u${index}`,
      speakerId,
      startMs,
      endMs: startMs + lengthMs,
    });
    return {
      head: makeHead({
        ...{ title, voiceChannelName },
        places: { occasion: { eventId: '7', name: title, about, endsMeeting: true } },
      }),
      endedMs: 4_100_000,
      ending: 'stopped',
      attendance,
      finals: spoken.map((one, index) =>
        makeFinal({ ...partsOf(index, one), text: one.text, confirmed: one.confirmed }),
      ),
      translations: spoken.flatMap((one, index) =>
        Object.entries(one.translations).map(([language, text]) =>
          makeTranslation({ ...partsOf(index, one), language, text }),
        ),
      ),
      gaps,
      messages,
      ...(summary && { summary }),
    };
  });
