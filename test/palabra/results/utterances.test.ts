import { beforeEach, describe, expect, it } from 'vitest';
import type { TranscriptSegment } from '../../../src/core/segment.ts';
import { DEFAULT_LIMITS } from '../../../src/palabra/limits.ts';
import { type MessageSource, Utterances } from '../../../src/palabra/results/utterances.ts';
import type { Transcription } from '../../../src/palabra/sockets/protocol.ts';
import { failing } from '../../support/log-book.ts';

// One sample a millisecond, and the meeting's time is the tape's: so every number here is a time.
const SENT_MS = 9_000_000; // no time is later
const source: MessageSource = {
  place: (ms) => (ms > SENT_MS ? undefined : ms),
  sentBefore: 0,
  sentLast: () => ({ from: 8_000, to: 9_000 }),
  translateTo: [],
  tailMayChange: true,
};
/** A socket that was opened to send everything once more. */
const replay: MessageSource = { ...source, sentBefore: SENT_MS };
let segments: TranscriptSegment[];
let misplaced: number;
let utterances: Utterances;

beforeEach(() => {
  segments = [];
  misplaced = 0;
  let ids = 0;
  utterances = new Utterances(
    {
      speakerId: 'ann',
      log: failing,
      nextId: () => `u${++ids}`,
      samplesIn: (ms) => ms,
      msAt: (sample) => sample,
      emit: (segment) => segments.push(segment),
      misplaced: () => {
        misplaced += 1;
      },
    },
    DEFAULT_LIMITS,
  );
});

function says(id: string, text: string, startMs: number, endMs: number, isFinal = false): Transcription {
  return { kind: 'transcription', id, language: 'en', isFinal, segment: { text, startMs, endMs } };
}
const finalTexts = () => segments.filter(({ kind }) => kind === 'final').map(({ text }) => text);

describe('the utterances of a speaker', () => {
  it('grow under one id and become final under it', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.takeTranscription(says('a', 'hello world', 0, 900, true), source, 0);
    expect(segments).toEqual([
      { kind: 'partial', utteranceId: 'u1', speakerId: 'ann', startMs: 0, endMs: 500, text: 'hello', language: 'en' },
      {
        kind: 'final',
        utteranceId: 'u1',
        speakerId: 'ann',
        startMs: 0,
        endMs: 900,
        text: 'hello world',
        language: 'en',
        confirmed: true,
      },
    ]);
  });

  it('publish a final once when its id is sent again', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500, true), source, 0);
    utterances.takeTranscription(says('a', 'hello', 0, 500, true), source, 0);
    expect(finalTexts()).toEqual(['hello']);
  });

  it('publish nothing for an empty final', () => {
    utterances.takeTranscription(says('a', ' ', 0, 500, true), source, 0);
    expect(segments).toEqual([]);
  });

  it('take back what was shown when the final is empty', () => {
    utterances.takeTranscription(says('a', 'hm', 0, 400), source, 0);
    utterances.takeTranscription(says('a', ' ', 0, 500, true), source, 0);
    expect(segments.map(({ kind, utteranceId, text }) => [kind, utteranceId, text])).toEqual([
      ['partial', 'u1', 'hm'],
      ['partial', 'u1', ''],
    ]);
  });

  it('publish a final once when its audio had to be sent again', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500, true), source, 0);
    utterances.socketGone(0);
    utterances.takeTranscription(says('a', 'hello', 20, 520), replay, 0);
    utterances.takeTranscription(says('a', 'hello', 20, 520, true), replay, 0);
    utterances.takeTranscription(says('b', 'again', 1500, 2000, true), replay, 0);
    expect(segments.map(({ text }) => text)).toEqual(['hello', 'again']);
  });

  it('go on under the same id on the next socket', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.takeTranscription(says('x', 'hel', 0, 300), replay, 0);
    utterances.takeTranscription(says('x', 'hello world', 0, 900, true), replay, 0);
    expect(new Set(segments.map(({ utteranceId }) => utteranceId))).toEqual(new Set(['u1']));
  });

  it('are unfinished until their final', () => {
    utterances.takeTranscription(says('a', 'hello', 100, 500), source, 0);
    expect(utterances.unfinishedFrom).toBe(100);
    utterances.socketGone(0);
    expect(utterances.unfinishedFrom).toBe(100);
    utterances.takeTranscription(says('x', 'hello', 100, 500, true), replay, 0);
    expect(utterances.unfinishedFrom).toBeUndefined();
  });

  it('are published unconfirmed when no news follows a partial', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.expireOverdue(9999);
    expect(finalTexts()).toEqual([]);
    utterances.expireOverdue(10_000);
    expect(segments.at(-1)).toMatchObject({ kind: 'final', utteranceId: 'u1', text: 'hello', confirmed: false });
  });

  it('are published although the final of a later one overtook theirs', () => {
    utterances.takeTranscription(says('a', 'hello wor', 0, 800), source, 0);
    utterances.takeTranscription(says('b', 'again', 2000, 2500, true), source, 0);
    utterances.takeTranscription(says('a', 'hello world', 0, 900, true), source, 0);
    expect(segments.at(-1)).toMatchObject({ kind: 'final', utteranceId: 'u1', text: 'hello world', confirmed: true });
    expect(utterances.lastEnd).toBe(2500);
    expect(utterances.unfinishedFrom).toBeUndefined();
  });

  it('are published when their socket is lost after a later final overtook theirs, and the later one once', () => {
    utterances.takeTranscription(says('a', 'hello wor', 0, 800), source, 0);
    utterances.takeTranscription(says('b', 'again', 2000, 2500, true), source, 0);
    utterances.socketGone(0);
    utterances.takeTranscription(says('x', 'hello', 0, 500), replay, 0);
    utterances.takeTranscription(says('x', 'hello world', 0, 900, true), replay, 0);
    utterances.takeTranscription(says('y', 'again', 2000, 2500, true), replay, 0);
    expect(finalTexts()).toEqual(['again', 'hello world']);
    expect(segments.at(-1)).toMatchObject({ utteranceId: 'u1', confirmed: true });
  });

  it('are corrected when the final comes after all', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.expireOverdue(10_000);
    utterances.takeTranscription(says('a', 'hello world', 0, 900, true), source, 11_000);
    expect(segments.at(-1)).toMatchObject({ kind: 'final', utteranceId: 'u1', text: 'hello world', confirmed: true });
  });

  it('are corrected with all of their words and times', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.expireOverdue(10_000);
    utterances.takeTranscription(says('a', 'hello world', 0, 900, true), source, 11_000);
    expect(segments.at(-1)).toMatchObject({ endMs: 900 });
    expect(utterances.lastEnd).toBe(900);
  });

  it('are shown unconfirmed when their audio waits long to be sent again, and replaced by their final', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.expireOverdue(44_999);
    expect(finalTexts()).toEqual([]);
    utterances.expireOverdue(45_000);
    utterances.expireOverdue(46_000);
    expect(finalTexts()).toEqual(['hello']);
    expect(utterances.unfinishedFrom).toBe(0); // so that it is sent again
    utterances.takeTranscription(says('x', 'hello world', 0, 900, true), replay, 60_000);
    expect(segments.at(-1)).toMatchObject({ utteranceId: 'u1', text: 'hello world', confirmed: true });
    expect([finalTexts().length, utterances.unconfirmed]).toEqual([2, 1]);
  });

  it('are published unconfirmed when their audio could not be kept', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.forgetAudioBefore(499);
    expect(finalTexts()).toEqual([]);
    utterances.forgetAudioBefore(500);
    expect(finalTexts()).toEqual(['hello']);
  });

  it('that were published unconfirmed are replaced by the final that another socket brings', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.expireOverdue(10_000);
    utterances.socketGone(10_000);
    utterances.takeTranscription(says('x', 'hullo', 0, 510, true), replay, 12_000);
    expect(segments.at(-1)).toMatchObject({ utteranceId: 'u1', text: 'hullo', confirmed: true });
  });

  it('are published unconfirmed, and in order, when the next socket passes over them', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.takeTranscription(says('x', 'world', 2000, 2500, true), replay, 0);
    expect(segments.filter(({ kind }) => kind === 'final')).toMatchObject([
      { text: 'hello', confirmed: false },
      { text: 'world', confirmed: true },
    ]);
  });

  it('wait for the replay, and then for the answer, before they are published unconfirmed', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.markSentUntil(400, 20_000);
    utterances.expireOverdue(31_000);
    expect(finalTexts()).toEqual([]);
    utterances.markSentUntil(600, 31_000);
    utterances.expireOverdue(41_000);
    expect(finalTexts()).toEqual(['hello']);
  });
});

describe('a new id on one socket', () => {
  const final = (id: string, startS: number, endS: number) => says(id, id, 1000 * startS, 1000 * endS, true);
  const publish = (messages: readonly Transcription[]) => {
    for (const message of messages) utterances.takeTranscription(message, source, 0);
    return finalTexts();
  };
  const untimed = (id: string): Transcription => ({ ...final(id, 0, 0), segment: { text: id } });

  it.each([
    [
      'begin again and again at nearly the same time',
      [final('a', 0.3, 1.9), final('b', 0.1, 1.6), final('c', 0.2, 1.7)],
    ],
    ['come after something later', [final('a', 1.2, 2.8), final('yes', 0.3, 0.8)]],
    ['have no times', [final('a', 0.3, 1.9), untimed('b')]],
    ['end within 100 ms of another', [final('a', 0.3, 1.9), final('b', 1.7, 1.95)]],
    ['came before under another id', [final('a', 0.3, 1.9), final('b', 0.3, 1.9)]],
    ['have the times of the last century', [final('a', 0.3, 1.9), final('b', 1e6, 1e6 + 1)]],
    ['last no time', [final('a', 0.3, 1.9), final('b', 0.5, 0.5), final('c', 0.5, 0.5)]],
  ])('is published although its words %s', (_what, messages) => {
    expect(publish(messages)).toEqual(messages.map(({ id }) => id));
  });

  it('is published although an earlier socket brought something later', () => {
    publish([final('a', 1.2, 2.8)]);
    utterances.socketGone(0);
    expect(publish([final('yes', 0.3, 0.8), final('a2', 1.2, 2.8)])).toEqual(['a', 'yes', 'a2']); // nothing was sent twice
  });

  it.each([
    ['has none', { text: 'b' }],
    ['is that of an earlier final', { text: 'b', startMs: 100, endMs: 1_600 }],
    ['lies after everything that was sent', { text: 'b', startMs: 1e9, endMs: 1e9 }],
  ])('is placed at the speech that was sent last, marked and counted, when its time %s', (_what, segment) => {
    utterances.takeTranscription(final('a', 0.3, 1.9), source, 0);
    utterances.takeTranscription({ ...final('b', 0, 0), segment }, source, 0);
    expect(segments).toMatchObject([
      { text: 'a', startMs: 300, endMs: 1_900 },
      { text: 'b', startMs: 8_000, endMs: 9_000, isPlaced: true },
    ]);
    expect(segments[0]).not.toHaveProperty('isPlaced');
    expect(misplaced).toBe(1);
  });

  it.each([
    ['beginning', 1_650, 1_950],
    ['beginning, even with its whole first partial', 1_800, 1_900],
  ])('may overlap the one before with its %s, and keeps its own times', (_what, startMs, endMs) => {
    utterances.takeTranscription(final('a', 0.3, 1.9), source, 0);
    utterances.takeTranscription(says('b', 'and', startMs, endMs), source, 0);
    utterances.takeTranscription(says('b', 'and so on', startMs, 5_000, true), source, 0);
    expect(segments.at(-1)).toMatchObject({ text: 'and so on', startMs, endMs: 5_000 });
    expect(misplaced).toBe(0);
  });

  it('that begins in the first half of a short one before has unusable times', () => {
    utterances.takeTranscription(final('a', 0.3, 0.6), source, 0);
    utterances.takeTranscription(final('b', 0.4, 0.65), source, 0);
    expect(segments.at(-1)).toMatchObject({ text: 'b', startMs: 8_000, endMs: 9_000, isPlaced: true });
  });

  it('without times grows at one place', () => {
    let sentTo = 9_000;
    const growing: MessageSource = { ...source, sentLast: () => ({ from: sentTo - 500, to: sentTo }) };
    utterances.takeTranscription({ ...untimed('a'), isFinal: false }, growing, 0);
    sentTo = 12_000;
    utterances.takeTranscription({ ...untimed('a'), segment: { text: 'a and more' } }, growing, 0);
    expect(segments.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [8_500, 9_000],
      [8_500, 12_000],
    ]);
  });
});

describe('audio that was sent twice', () => {
  const lost = (...spans: readonly (readonly [number, number])[]) => {
    for (const [from, to] of spans)
      utterances.takeTranscription(says(`${from}`, `at ${from}`, from, to, true), source, 0);
    utterances.socketGone(0);
    segments = [];
  };
  const again = (from: number, to: number, sentBefore: number) =>
    utterances.takeTranscription(says(`again ${from}`, 'x', from, to, true), { ...source, sentBefore }, 0);

  it.each([
    ['the same stretch', 1_000, 1_500, 4_000, 0],
    ['a part of it', 1_200, 1_500, 4_000, 0],
    ['two finals as one', 1_000, 3_500, 4_000, 0],
    ['a stretch between two finals', 1_600, 2_900, 4_000, 1],
    ['a stretch that goes on after the final', 3_100, 3_900, 4_000, 1],
    ['a stretch that begins long before the final', 400, 1_500, 4_000, 1],
    ['the same stretch, which was not sent twice', 3_000, 3_500, 2_000, 1],
  ])('brings back %s: published anew %#', (_what, from, to, sentBefore, isNew) => {
    lost([1_000, 1_500], [3_000, 3_500]);
    again(from, to, sentBefore);
    expect(finalTexts()).toHaveLength(isNew);
  });

  it('comes back once: more words of it from the same socket are new', () => {
    lost([1_000, 2_500]);
    again(1_000, 2_500, 4_000);
    again(1_100, 2_400, 4_000);
    expect(finalTexts()).toHaveLength(1);
  });

  it('may come back in pieces', () => {
    lost([1_000, 2_500]);
    again(1_000, 1_700, 4_000);
    again(1_800, 2_500, 4_000);
    expect(finalTexts()).toHaveLength(0);
  });
});

describe('patience', () => {
  it('is not renewed by the same partial again and again', () => {
    for (let s = 0; s <= 10; s++) {
      utterances.takeTranscription(says('a', 'hello', 0, 500), source, 1_000 * s);
      utterances.expireOverdue(1_000 * s);
    }
    expect(segments.map(({ kind }) => kind)).toEqual(['partial', 'final']);
    expect(utterances.unfinishedFrom).toBeUndefined();
  });

  it.each([
    ['other words', says('a', 'hello you', 0, 500)],
    ['a later end', says('a', 'hello', 0, 501)],
  ])('is renewed by %s', (_what, news) => {
    utterances.takeTranscription(says('a', 'hello', 0, 500), source, 0);
    utterances.takeTranscription(news, source, 9_000);
    utterances.expireOverdue(18_999);
    expect(finalTexts()).toEqual([]);
    utterances.expireOverdue(19_000);
    expect(finalTexts()).toHaveLength(1);
  });
});

describe('an empty text', () => {
  it('takes back what was shown, and nothing of it is published', () => {
    utterances.takeTranscription(says('a', 'hm', 0, 400), source, 0);
    utterances.takeTranscription(says('a', '', 0, 500), source, 0);
    utterances.expireOverdue(60_000);
    utterances.publishPending();
    expect(segments.map(({ kind, text }) => [kind, text])).toEqual([
      ['partial', 'hm'],
      ['partial', ''],
    ]);
  });

  it.each([false, true])('leaves the id open for words that follow (after a final: %s)', (isFinal) => {
    utterances.takeTranscription(says('a', 'hm', 0, 400), source, 0);
    utterances.takeTranscription(says('a', '', 0, 500, isFinal), source, 0);
    utterances.takeTranscription(says('a', 'hello', 0, 800), source, 0);
    utterances.takeTranscription(says('a', 'hello world', 0, 900, true), source, 0);
    expect(finalTexts()).toEqual(['hello world']);
  });

  it('as a final leaves the id open for a final', () => {
    utterances.takeTranscription(says('a', '', 0, 500, true), source, 0);
    utterances.takeTranscription(says('a', 'hello', 0, 500, true), source, 0);
    expect(finalTexts()).toEqual(['hello']);
  });
});

describe('translations', () => {
  it.each([
    ['en', 'en-US'],
    ['pt-BR', 'pt'],
    ['zh', 'zh_Hans'],
  ])('into %s are neither published nor awaited where %s was spoken', (target, spoken) => {
    utterances.takeTranscription(
      { ...says('a', 'hello', 0, 500, true), language: spoken },
      { ...source, translateTo: [target] },
      0,
    );
    expect(utterances.untranslatedFrom).toBeUndefined();
    utterances.takeTranslation({ kind: 'translation', id: 'a', language: target, text: 'hello' });
    expect(segments.map(({ kind }) => kind)).toEqual(['final']);
  });

  it('under another spelling of a language count as those that were asked for', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500, true), { ...source, translateTo: ['zh-Hans'] }, 0);
    utterances.takeTranslation({ kind: 'translation', id: 'a', language: 'zh_Hans', text: '你好' });
    expect(utterances.untranslatedFrom).toBeUndefined();
  });

  const spanish = { ...source, translateTo: ['es', 'en'] };
  const hola = { kind: 'translation', id: 'a', language: 'es', text: 'hola' } as const;

  it('come under the id and the times of their final', () => {
    utterances.takeTranscription(says('a', 'hello', 100, 500, true), spanish, 0);
    utterances.takeTranslation(hola);
    expect(segments.at(-1)).toEqual({
      kind: 'translation',
      utteranceId: 'u1',
      speakerId: 'ann',
      startMs: 100,
      endMs: 500,
      language: 'es',
      text: 'hola',
    });
  });

  it('that come before their final wait for it', () => {
    utterances.takeTranscription(says('a', 'hello', 100, 400), spanish, 0);
    utterances.takeTranslation(hola);
    utterances.takeTranslation({ ...hola, language: 'fr', text: 'bonjour' });
    utterances.takeTranscription(says('a', 'hello', 100, 500, true), spanish, 0);
    expect(segments.map(({ kind, text }) => [kind, text])).toEqual([
      ['partial', 'hello'],
      ['final', 'hello'],
      ['translation', 'hola'],
      ['translation', 'bonjour'],
    ]);
    expect(utterances.untranslatedFrom).toBeUndefined();
  });

  it('that come before their final are kept in a small number, and only for their socket', () => {
    for (let i = 0; i < 65; i++) utterances.takeTranslation({ ...hola, id: `id${i}` });
    for (const id of ['id0', 'id1']) utterances.takeTranscription(says(id, id, 0, 500, true), spanish, 0);
    expect(segments.filter(({ kind }) => kind === 'translation')).toMatchObject([{ utteranceId: 'u2' }]);
    utterances.socketGone(0);
    utterances.takeTranscription(says('id2', 'x', 600, 900, true), spanish, 0);
    expect(segments.filter(({ kind }) => kind === 'translation')).toHaveLength(1);
  });

  it('come once for each language', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500, true), spanish, 0);
    utterances.takeTranslation(hola);
    utterances.takeTranslation(hola);
    expect(segments).toHaveLength(2);
  });

  it('of an unknown utterance are dropped', () => {
    utterances.takeTranslation(hola);
    expect(segments).toEqual([]);
  });

  it('are awaited until they come, except into the spoken language', () => {
    utterances.takeTranscription(says('a', 'hello', 100, 500, true), spanish, 0);
    expect(utterances.untranslatedFrom).toBe(100);
    utterances.takeTranslation(hola);
    expect(utterances.untranslatedFrom).toBeUndefined();
  });

  it('are awaited for five seconds', () => {
    utterances.takeTranscription(says('a', 'hello', 100, 500, true), spanish, 0);
    utterances.expireOverdue(5000);
    expect(utterances.untranslatedFrom).toBeUndefined();
  });

  it('reach their final when the socket was lost between the two', () => {
    utterances.takeTranscription(says('a', 'hello', 100, 500, true), spanish, 0);
    utterances.socketGone(0);
    utterances.takeTranscription(says('x', 'hello', 110, 510, true), { ...spanish, sentBefore: SENT_MS }, 0);
    utterances.takeTranslation({ ...hola, id: 'x' });
    expect(segments.map(({ kind, utteranceId }) => [kind, utteranceId])).toEqual([
      ['final', 'u1'],
      ['translation', 'u1'],
    ]);
  });
});

describe('the utterances of a broken recogniser', () => {
  it('are at most as many as a socket can have, and those that give way are published', () => {
    for (let i = 0; i < 5_000; i++)
      utterances.takeTranscription(says(`id${i}`, `word ${i}`, i * 200, i * 200 + 150), source, 0);
    expect(utterances.unfinishedFrom).toBe((5_000 - 32) * 200);
    expect(finalTexts()).toHaveLength(5_000 - 32);
    for (let i = 0; i < 100; i++) {
      utterances.socketGone(0);
      for (let j = 0; j < 32; j++)
        utterances.takeTranscription(
          says(`${i}.${j}`, 'x', 2e6 + (32 * i + j) * 200, 2e6 + (32 * i + j) * 200 + 150),
          replay,
          0,
        );
    }
    utterances.publishPending();
    expect(finalTexts()).toHaveLength(5_000 + 3_200);
  });

  it('have no more translations than there are languages', () => {
    utterances.takeTranscription(says('a', 'hello', 0, 500, true), { ...source, translateTo: ['es'] }, 0);
    for (let i = 0; i < 5_000; i++)
      utterances.takeTranslation({ kind: 'translation', id: 'a', language: `l${i}`, text: 'x' });
    expect(segments.filter(({ kind }) => kind === 'translation')).toHaveLength(32);
  });

  it('remember a bounded number of finished ids', () => {
    for (let i = 0; i < 1_000; i++)
      utterances.takeTranscription(says(`id${i}`, 'word', 10 * i, 10 * i + 9, true), source, 0);
    // The oldest are forgotten, so an id may begin anew.
    utterances.takeTranscription(says('id0', 'again', 50_000, 50_500), source, 0);
    utterances.takeTranscription(says('id999', 'again', 60_000, 60_500), source, 0);
    expect(segments.slice(1_000).map(({ text }) => text)).toEqual(['again']);
  });
});
