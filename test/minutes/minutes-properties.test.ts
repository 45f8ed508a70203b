import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../src/core/record.ts';
import { oneLine } from '../../src/core/text/plain-text.ts';
import { buildMinutes } from '../../src/minutes/model/build-minutes.ts';
import { nameEverybody } from '../../src/minutes/model/names.ts';
import { asOffset } from '../../src/minutes/model/times.ts';
import { INVISIBLE } from '../../src/minutes/text/escape.ts';
import { renderMarkdown } from '../../src/minutes/text/markdown.ts';
import { renderOverview } from '../../src/minutes/text/overview.ts';
import { anyRecord, moment, speech } from './support/any-record.ts';
import { type ReadLine, readTranscript } from './support/read-transcript.ts';

function markdownOf(record: MeetingRecord): string {
  return renderMarkdown(buildMinutes(record));
}

/** A text as the reader sees it: on one line, without the invisible characters that break links. */
function asRead(text: string): string {
  return oneLine(text).replaceAll(INVISIBLE, '');
}

/** The transcript that the minutes must contain, built from the record. */
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

describe('minutes of any meeting', () => {
  it('contain every final and translation once, in order, under the right name', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const read = readTranscript(markdownOf(record)).map(({ at: _, ...line }) => line);
        expect(read.toSorted(byContent)).toEqual(expected(record).toSorted(byContent));
        const texts = read.flatMap(({ text }) => text ?? []);
        expect(texts).toEqual(expected(record).flatMap(({ text }) => text ?? []));
      }),
    );
  });

  it('begin every passage at the time of its first words', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const begun = new Set(record.finals.map(({ startMs }) => asOffset(startMs)));
        for (const { at } of readTranscript(markdownOf(record))) expect(begun).toContain(at);
      }),
    );
  });

  it('have Transcript as their last heading, and no heading made by people', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const headings = markdownOf(record).match(/^ {0,3}#{1,6}(?:[ \t].*)?$|^ {0,3}(?:=+|-+)[ \t]*$/gm) ?? [];
        const ours = ['## Attendance', '## Talk time', '## Languages', '## Not transcribed', '## Transcript'];
        const summary = buildMinutes(record).summary?.sections.map(({ heading }) => `## ${heading}`) ?? [];
        expect(headings.slice(1, 1 + summary.length)).toEqual(summary);
        expect(headings.slice(1 + summary.length)).toEqual(
          record.gaps.length > 0 ? ours : ours.filter((name) => !name.includes('Not')),
        );
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
      fc.property(anyRecord, (record) => {
        const { text, more } = renderOverview(buildMinutes(record), 'minutes-1.md');
        // An even number of backslashes escapes nothing, so pairs are taken away first.
        for (const shown of [markdownOf(record), text, ...more]) {
          expect(withoutOurLinks(shown).replaceAll('\\\\', '')).not.toMatch(active);
        }
      }),
    );
  });

  it('have an overview that fits into one Discord message and names the file at its end', () => {
    const crowd = fc.array(
      fc.record({ speakerId: fc.stringMatching(/^\d{17,19}$/), displayName: speech, joinedMs: moment }),
      {
        maxLength: 120,
      },
    );
    fc.assert(
      fc.property(anyRecord, crowd, fc.string({ maxLength: 3_000 }), (record, attendance, title) => {
        const head = { ...record.head, title };
        const { text, more } = renderOverview(buildMinutes({ ...record, head, attendance }), 'minutes-1.md');
        for (const message of [text, ...more]) expect(message.length).toBeLessThanOrEqual(1_900);
        expect(text.endsWith('`minutes-1.md`')).toBe(true);
      }),
    );
  });
});

/** Links to messages of the meeting's server. Their text is a time. */
function withoutOurLinks(shown: string): string {
  return shown.replaceAll(/\[(\d\d:\d\d:\d\d)\]\(https:\/\/discord\.com\/channels\/1\/2[01]\/\d+\)/g, '$1');
}

function byContent(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
