import { describe, expect, it } from 'vitest';
import { attendedPart } from '../../src/core/attended-part.ts';
import type { MeetingRecord } from '../../src/core/record.ts';
import { makeFinal, makeHead, makeTally, makeTranslation } from '../support/make.ts';

const said = (utteranceId: string, startMs: number, endMs: number) => makeFinal({ utteranceId, startMs, endMs });
const finals = [
  said('before', 0, 1_000),
  said('at the door', 500, 1_001),
  said('there', 2_000, 3_000),
  said('as they leave', 3_999, 5_000),
  said('after', 4_000, 5_000),
  said('again there', 9_000, 9_500),
];
const stay = (speakerId: string, joinedMs: number, leftMs?: number) => ({
  speakerId,
  displayName: speakerId,
  joinedMs,
  ...(leftMs !== undefined && { leftMs }),
});
const posted = (utteranceId: string) => ({ utteranceId, channelId: '20', messageId: `message of ${utteranceId}` });
const record: MeetingRecord = {
  head: makeHead(),
  attendance: [
    stay('ana', 1_000, 4_000),
    stay('ana', 8_000),
    stay('left before', 0, 1_000),
    stay('met', 0, 2_000),
    stay('came while ana was out', 5_000, 7_000),
    stay('stays', 500),
    stay('came last', 20_000),
  ],
  finals,
  translations: finals.map(({ utteranceId }) => makeTranslation({ utteranceId })),
  gaps: [
    { startMs: 0, endMs: 900, reason: 'restarted' },
    { startMs: 3_000, endMs: 6_000, reason: 'paused' },
    { startMs: 5_000, endMs: 7_000, reason: 'deafened' },
  ],
  messages: finals.map(({ utteranceId }) => posted(utteranceId)),
  tallies: [makeTally()],
  lastSign: { atMs: 10_000, pending: [] },
};
const heard = ['at the door', 'there', 'as they leave', 'again there'];

describe('what one person heard of a meeting', () => {
  const attended = () => attendedPart(record, 'ana');

  it('is what was said while they were there, in all of its languages', () => {
    expect(attended()?.finals.map(({ utteranceId }) => utteranceId)).toEqual(heard);
    expect(attended()?.translations.map(({ utteranceId }) => utteranceId)).toEqual(heard);
    expect(attended()?.messages.map(({ utteranceId }) => utteranceId)).toEqual(heard);
  });

  it('names whom they met', () => {
    expect(attended()?.attendance.map(({ speakerId }) => speakerId)).toEqual([
      'ana',
      'ana',
      'met',
      'stays',
      'came last',
    ]);
  });

  it('says what is missing of their time', () => {
    expect(attended()?.gaps.map(({ reason }) => reason)).toEqual(['paused']);
  });

  it('holds no sums and no signs of everybody, and the meeting itself', () => {
    expect(attended()).not.toHaveProperty('tallies');
    expect(attended()).not.toHaveProperty('lastSign');
    expect(attended()?.head).toEqual(record.head);
  });

  it('is none for who never was there', () => {
    expect(attendedPart(record, 'zoe')).toBeUndefined();
  });
});
