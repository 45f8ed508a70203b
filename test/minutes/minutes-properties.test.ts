import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GapReason, MeetingRecord } from '../../src/core/record.ts';
import { INVISIBLE } from '../../src/minutes/escape.ts';
import { renderMarkdown } from '../../src/minutes/markdown.ts';
import { modelMinutes } from '../../src/minutes/minutes-model.ts';
import { nameEverybody } from '../../src/minutes/names.ts';
import { renderOverview } from '../../src/minutes/overview.ts';
import { oneLine } from '../../src/minutes/plain.ts';
import { asOffset } from '../../src/minutes/times.ts';
import { makeFinal, makeHead, makeTranslation } from '../support/make.ts';
import { type ReadLine, readTranscript } from './read-transcript.ts';

/** What Markdown and Discord might take for more than text, next to any characters at all. */
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
);
const speech = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const speakerId = fc.constantFrom('100001', '100002', '100003', '990001'); // the last two digits of two are alike
const moment = fc.nat({ max: 4_000_000 });
const language = fc.constantFrom('es', 'fr', 'ar', 'zh');

const record: fc.Arbitrary<MeetingRecord> = fc
  .record({
    title: speech,
    voiceChannelName: speech,
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
  .map(({ title, voiceChannelName, attendance, said, gaps }) => {
    const spoken = said.toSorted((a, b) => a.startMs - b.startMs);
    const partsOf = (index: number, { speakerId, startMs, lengthMs }: (typeof said)[number]) => ({
      utteranceId: `u${index}`,
      speakerId,
      startMs,
      endMs: startMs + lengthMs,
    });
    return {
      head: makeHead({ title, voiceChannelName }),
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
    };
  });

function markdownOf(record: MeetingRecord): string {
  return renderMarkdown(modelMinutes(record));
}

/** Text as it comes back: on one line, and without the invisible characters that also break links. */
function asRead(text: string): string {
  return oneLine(text).replaceAll(INVISIBLE, '');
}

/** What the transcript has to say, from the record itself. */
function expected({ finals, translations, ...rest }: MeetingRecord): Omit<ReadLine, 'at'>[] {
  const names = nameEverybody({ finals, translations, ...rest });
  return finals.flatMap(({ utteranceId, speakerId, text, confirmed }): Omit<ReadLine, 'at'>[] => {
    const own = translations
      .filter((translation) => translation.utteranceId === utteranceId && oneLine(translation.text) !== '')
      .map(({ language, text }) => `${language}: ${asRead(text)}`)
      .toSorted();
    const name = asRead(names.get(speakerId) ?? '');
    if (oneLine(text) !== '') return [{ name, text: asRead(text), isConfirmed: confirmed, translations: own }];
    return own.length > 0 ? [{ name, isConfirmed: true, translations: own }] : [];
  });
}

describe('minutes of any meeting whatever', () => {
  it('give back every final and translation once, in order, under the right name', () => {
    fc.assert(
      fc.property(record, (record) => {
        const read = readTranscript(markdownOf(record)).map(({ at: _, ...line }) => line);
        expect(read.toSorted(byContent)).toEqual(expected(record).toSorted(byContent));
        const texts = read.flatMap(({ text }) => text ?? []);
        expect(texts).toEqual(expected(record).flatMap(({ text }) => text ?? []));
      }),
    );
  });

  it('begin every passage at the time of its first words', () => {
    fc.assert(
      fc.property(record, (record) => {
        const begun = new Set(record.finals.map(({ startMs }) => asOffset(startMs)));
        for (const { at } of readTranscript(markdownOf(record))) expect(begun).toContain(at);
      }),
    );
  });

  it('have Transcript as their last heading, and none that people made', () => {
    fc.assert(
      fc.property(record, (record) => {
        const headings = markdownOf(record).match(/^ {0,3}#{1,6}(?:[ \t].*)?$|^ {0,3}(?:=+|-+)[ \t]*$/gm) ?? [];
        const ours = ['## Attendance', '## Talk time', '## Languages', '## Not transcribed', '## Transcript'];
        expect(headings.slice(1)).toEqual(record.gaps.length > 0 ? ours : ours.filter((name) => !name.includes('Not')));
      }),
    );
  });

  it.each([
    ['pings', /@(?:everyone|here)|(?<!\\)<[@#]/],
    ['web addresses', /https?:\/\/|www\./i],
    ['addresses of people', /\w@\w/],
    ['Markdown links', /(?<!\\)\]\(/],
    ['HTML', /(?<!\\)<(?!t:\d)/],
    ['code', /(?<!\\)`(?!minutes-|$)/m],
    ['entities', /(?<!\\)&#?\w+;/],
    ['formulas', /(?<!\\)\$/],
  ])('hold no %s', (_, active) => {
    fc.assert(
      fc.property(record, (record) => {
        const overview = renderOverview(modelMinutes(record), 'minutes-1.md');
        // An even number of backslashes escapes nothing, so pairs are taken away first.
        expect(markdownOf(record).replaceAll('\\\\', '')).not.toMatch(active);
        expect(overview.replaceAll('\\\\', '')).not.toMatch(active);
      }),
    );
  });

  it('fit into one Discord message, with the file named at its end', () => {
    const crowd = fc.array(
      fc.record({ speakerId: fc.stringMatching(/^\d{17,19}$/), displayName: speech, joinedMs: moment }),
      {
        maxLength: 120,
      },
    );
    fc.assert(
      fc.property(record, crowd, fc.string({ maxLength: 3_000 }), (record, attendance, title) => {
        const head = { ...record.head, title };
        const overview = renderOverview(modelMinutes({ ...record, head, attendance }), 'minutes-1.md');
        expect(overview.length).toBeLessThanOrEqual(1_900);
        expect(overview.endsWith('`minutes-1.md`')).toBe(true);
      }),
    );
  });
});

function byContent(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
