import { describe, expect, it } from 'vitest';
import { flawOf, judge, newsOf, type VoiceMessage } from '../../../src/voice/connection/voice-messages.ts';

const ANA = '84000000000000004';
const BEN = '85000000000000005';

describe('a message of the voice gateway', () => {
  it.each([
    ['names a person’s stream when they speak', { op: 5, d: { user_id: ANA, ssrc: 7 } }, 'stream named'],
    ['names a person’s stream beside their video', { op: 12, d: { user_id: ANA, audio_ssrc: 7 } }, 'stream named'],
    ['says who came', { op: 11, d: { user_ids: [ANA, BEN] } }, 'people arrived'],
    ['says who left', { op: 13, d: { user_id: ANA } }, 'person left'],
    ['announces new keys', { op: 21, d: { transition_id: 1, protocol_version: 1 } }, 'keys changed'],
    ['carries a part of new keys', { op: 29, payload: Buffer.of(1) }, 'keys changed'],
    ['says nothing about who is heard when it is a greeting', { op: 8, d: { heartbeat_interval: 13_750 } }, undefined],
    ['names no stream without a number', { op: 5, d: { user_id: ANA } }, undefined],
    ['names no stream without a person', { op: 5, d: { ssrc: 7 } }, undefined],
    ['names no stream for somebody who sends only video', { op: 12, d: { user_id: ANA } }, undefined],
    ['says that nobody left when it names nobody', { op: 13, d: { user_id: 84 } }, undefined],
    ['says nothing when it holds nothing', { op: 5 }, undefined],
  ] satisfies readonly [string, VoiceMessage, string | undefined][])('%s', (_, message, kind) => {
    expect(newsOf(message)?.kind).toBe(kind);
  });

  it('keeps the numbers and the people that it names', () => {
    expect(newsOf({ op: 5, d: { user_id: ANA, ssrc: 7 } })).toEqual({ kind: 'stream named', ssrc: 7, speakerId: ANA });
    expect(newsOf({ op: 12, d: { user_id: BEN, audio_ssrc: 9 } })).toMatchObject({ ssrc: 9, speakerId: BEN });
    expect(newsOf({ op: 13, d: { user_id: BEN } })).toEqual({ kind: 'person left', speakerId: BEN });
  });

  it('names only people who are named by a word', () => {
    expect(newsOf({ op: 11, d: { user_ids: [ANA, 85, null] } })).toEqual({ kind: 'people arrived', speakerIds: [ANA] });
    expect(newsOf({ op: 11, d: { user_ids: ANA } })).toEqual({ kind: 'people arrived', speakerIds: [] });
  });

  it.each([
    ['valid when all it needs is there', { op: 5, d: { user_id: ANA, ssrc: 7 } }, 'valid'],
    ['valid when nobody knows its operation', { op: 99, d: 'anything' }, 'valid'],
    ['invalid when the connection can do without it', { op: 5, d: { user_id: 'Ana', ssrc: 7 } }, 'invalid'],
    ['fatal when the connection needs it', { op: 8, d: {} }, 'fatal'],
  ] satisfies readonly [string, VoiceMessage, string][])('is %s', (_, message, verdict) => {
    expect(judge(message)).toBe(verdict);
  });
});

describe('a frame of the voice gateway', () => {
  it.each([
    ['has no flaw as JSON with an operation', '{"op":6,"d":null}', undefined],
    ['has no flaw as binary data of three bytes', Buffer.of(0, 1, 25), undefined],
    ['is too short as binary data of two bytes', Buffer.of(0, 1), 'a frame too short for a message'],
    ['is too long beyond a mebibyte', `"${'x'.repeat(1 << 20)}"`, 'a frame too long for a message'],
    ['is no JSON', '{', 'a frame that is no JSON'],
    ['has no operation', 'null', 'a frame without an operation'],
    ['is neither text nor binary data', [Buffer.of(1)], 'a frame of an unknown kind'],
  ])('%s', (_, data, flaw) => {
    expect(flawOf(data)).toBe(flaw);
  });
});
