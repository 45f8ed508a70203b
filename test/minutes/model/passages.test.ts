import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import { passagesOf } from '../../../src/minutes/model/passages.ts';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';

const said = (utteranceId: string, speakerId: string, startMs: number, endMs: number) =>
  makeFinal({ utteranceId, speakerId, startMs, endMs });
const record = (parts: Partial<MeetingRecord>): MeetingRecord => ({
  head: makeHead(),
  attendance: [],
  finals: [],
  translations: [],
  gaps: [],
  messages: [],
  ...parts,
});
const passages = (parts: Partial<MeetingRecord>) => passagesOf(record(parts), (id) => id.toUpperCase());

/** Who said which utterances in a row. */
const rows = (parts: Partial<MeetingRecord>) =>
  passages(parts).map(({ name, lines }) => `${name}: ${lines.map(({ utteranceId }) => utteranceId).join(' ')}`);

describe('the passages of a meeting', () => {
  it.each([
    [
      'end where somebody else begins',
      [said('a', '1', 0, 9), said('b', '2', 10, 19), said('c', '1', 20, 29)],
      ['1: a', '2: b', '1: c'],
    ],
    ['go on over a pause of five seconds', [said('a', '1', 1_000, 2_000), said('b', '1', 7_000, 8_000)], ['1: a b']],
    ['end in a longer pause', [said('a', '1', 1_000, 2_000), said('b', '1', 7_001, 8_000)], ['1: a', '1: b']],
    ['go on for half a minute', [said('a', '1', 1_000, 30_000), said('b', '1', 31_000, 32_000)], ['1: a b']],
    ['are no longer than that', [said('a', '1', 1_000, 30_000), said('b', '1', 31_001, 32_000)], ['1: a', '1: b']],
    ['are in the order in which they were begun', [said('b', '2', 50, 60), said('a', '1', 10, 20)], ['1: a', '2: b']],
  ])('%s', (_, finals, expected) => {
    expect(rows({ finals })).toEqual(expected);
  });

  it('hold nothing that shows nothing', () => {
    const finals = [makeFinal({ text: ' \n' }), makeFinal({ utteranceId: 'u2' })];
    const translations = [makeTranslation({ utteranceId: 'u2', text: '\u2028' })];
    expect(passages({ finals, translations })).toMatchObject([
      { startMs: 1_000, lines: [{ utteranceId: 'u2', translations: [] }] },
    ]);
    expect(rows({ finals, translations })).toEqual(['100: u2']);
  });

  it('have each utterance with its translations, by language', () => {
    const translations = [
      makeTranslation({ language: 'fr', text: 'Bonjour' }),
      makeTranslation({ language: 'es', text: 'Hola' }),
      makeTranslation({ utteranceId: 'other' }),
    ];
    const [passage] = passages({ finals: [makeFinal({ confirmed: false })], translations });
    expect(passage?.lines[0]).toEqual({
      utteranceId: 'u1',
      speakerId: '100',
      startMs: 1_000,
      endMs: 2_000,
      text: 'Hello everyone',
      language: 'en',
      isConfirmed: false,
      translations: [
        { language: 'es', text: 'Hola' },
        { language: 'fr', text: 'Bonjour' },
      ],
    });
  });

  it('have translations of which nobody knows the original, as they were said', () => {
    const [passage] = passages({ translations: [makeTranslation()] });
    expect(passage?.lines).toEqual([
      {
        utteranceId: 'u1',
        speakerId: '100',
        startMs: 1_000,
        endMs: 2_000,
        isConfirmed: true,
        translations: [{ language: 'es', text: 'Hola a todos' }],
      },
    ]);
  });
});
