import { beforeEach, describe, expect, it } from 'vitest';
import type { TranscriptSegment } from '../../src/core/segment.ts';
import { DEFAULT_LIMITS } from '../../src/palabra/limits.ts';
import type { Transcription } from '../../src/palabra/protocol.ts';
import { Utterances } from '../../src/palabra/utterances.ts';

// One sample a millisecond, and the meeting's time is the timeline's: so every number here is a time.
const source = { place: (ms: number) => ms, translateTo: [] as string[], tailMayChange: true };
let segments: TranscriptSegment[];
let utterances: Utterances;

beforeEach(() => {
  segments = [];
  let ids = 0;
  utterances = new Utterances(
    {
      speakerId: 'ann',
      nextId: () => `u${++ids}`,
      samplesIn: (ms) => ms,
      msAt: (sample) => sample,
      emit: (segment) => segments.push(segment),
    },
    DEFAULT_LIMITS,
  );
});

function says(id: string, text: string, startMs: number, endMs: number, isFinal = false): Transcription {
  return { kind: 'transcription', id, language: 'en', isFinal, segment: { text, startMs, endMs } };
}
const told = () => segments.filter(({ kind }) => kind === 'final').map(({ text }) => text);

describe('the utterances of a speaker', () => {
  it('grow under one id and become final under it', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.hear(says('a', 'hello world', 0, 900, true), source, 0);
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

  it('tell a final once when its id is sent again', () => {
    utterances.hear(says('a', 'hello', 0, 500, true), source, 0);
    utterances.hear(says('a', 'hello', 0, 500, true), source, 0);
    expect(told()).toEqual(['hello']);
  });

  it('make no line of an empty final', () => {
    utterances.hear(says('a', ' ', 0, 500, true), source, 0);
    expect(segments).toEqual([]);
  });

  it('take back what was shown when the final is empty', () => {
    utterances.hear(says('a', 'hm', 0, 400), source, 0);
    utterances.hear(says('a', ' ', 0, 500, true), source, 0);
    expect(segments.map(({ kind, utteranceId, text }) => [kind, utteranceId, text])).toEqual([
      ['partial', 'u1', 'hm'],
      ['partial', 'u1', ''],
    ]);
  });

  it('tell a final once when its audio had to be sent again', () => {
    utterances.hear(says('a', 'hello', 0, 500, true), source, 0);
    utterances.socketGone(0);
    utterances.hear(says('a', 'hello', 20, 520), source, 0);
    utterances.hear(says('a', 'hello', 20, 520, true), source, 0);
    utterances.hear(says('b', 'again', 1500, 2000, true), source, 0);
    expect(segments.map(({ text }) => text)).toEqual(['hello', 'again']);
  });

  it('go on under the same id on the next socket', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.hear(says('x', 'hel', 0, 300), source, 0);
    utterances.hear(says('x', 'hello world', 0, 900, true), source, 0);
    expect(new Set(segments.map(({ utteranceId }) => utteranceId))).toEqual(new Set(['u1']));
  });

  it('are unfinished until their final', () => {
    utterances.hear(says('a', 'hello', 100, 500), source, 0);
    expect(utterances.unfinishedFrom).toBe(100);
    utterances.socketGone(0);
    expect(utterances.unfinishedFrom).toBe(100);
    utterances.hear(says('x', 'hello', 100, 500, true), source, 0);
    expect(utterances.unfinishedFrom).toBeUndefined();
  });

  it('are told unconfirmed when nothing more comes of a partial', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.expire(9999);
    expect(told()).toEqual([]);
    utterances.expire(10_000);
    expect(segments.at(-1)).toMatchObject({ kind: 'final', utteranceId: 'u1', text: 'hello', confirmed: false });
  });

  it('are told although the final of a later one overtook theirs', () => {
    utterances.hear(says('a', 'hello wor', 0, 800), source, 0);
    utterances.hear(says('b', 'again', 2000, 2500, true), source, 0);
    utterances.hear(says('a', 'hello world', 0, 900, true), source, 0);
    expect(segments.at(-1)).toMatchObject({ kind: 'final', utteranceId: 'u1', text: 'hello world', confirmed: true });
    expect(utterances.lastEnd).toBe(2500);
    expect(utterances.unfinishedFrom).toBeUndefined();
  });

  it('are told when their socket is lost after the final of a later one overtook theirs, and the later one once', () => {
    utterances.hear(says('a', 'hello wor', 0, 800), source, 0);
    utterances.hear(says('b', 'again', 2000, 2500, true), source, 0);
    utterances.socketGone(0);
    utterances.hear(says('x', 'hello', 0, 500), source, 0);
    utterances.hear(says('x', 'hello world', 0, 900, true), source, 0);
    utterances.hear(says('y', 'again', 2000, 2500, true), source, 0);
    expect(told()).toEqual(['again', 'hello world']);
    expect(segments.at(-1)).toMatchObject({ utteranceId: 'u1', confirmed: true });
  });

  it('are corrected when the final comes after all', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.expire(10_000);
    utterances.hear(says('a', 'hello world', 0, 900, true), source, 11_000);
    expect(segments.at(-1)).toMatchObject({ kind: 'final', utteranceId: 'u1', text: 'hello world', confirmed: true });
  });

  it('are corrected with all of their words and times', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.expire(10_000);
    utterances.hear(says('a', 'hello world', 0, 900, true), source, 11_000);
    expect(segments.at(-1)).toMatchObject({ endMs: 900 });
    expect(utterances.lastEnd).toBe(900);
  });

  it('are shown unconfirmed when their audio waits long to be sent again, and replaced by their final', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.expire(44_999);
    expect(told()).toEqual([]);
    utterances.expire(45_000);
    utterances.expire(46_000);
    expect(told()).toEqual(['hello']);
    expect(utterances.unfinishedFrom).toBe(0); // so that it is sent again
    utterances.hear(says('x', 'hello world', 0, 900, true), source, 60_000);
    expect(segments.at(-1)).toMatchObject({ utteranceId: 'u1', text: 'hello world', confirmed: true });
    expect([told().length, utterances.unconfirmed]).toEqual([2, 1]);
  });

  it('are told unconfirmed when their audio could not be kept', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.keptFrom(499);
    expect(told()).toEqual([]);
    utterances.keptFrom(500);
    expect(told()).toEqual(['hello']);
  });

  it('that were told unconfirmed are replaced by the final that another socket brings', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.expire(10_000);
    utterances.socketGone(10_000);
    utterances.hear(says('x', 'hullo', 0, 510, true), source, 12_000);
    expect(segments.at(-1)).toMatchObject({ utteranceId: 'u1', text: 'hullo', confirmed: true });
  });

  it('are told unconfirmed, and in order, when the next socket passes over them', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.hear(says('x', 'world', 2000, 2500, true), source, 0);
    expect(segments.filter(({ kind }) => kind === 'final')).toMatchObject([
      { text: 'hello', confirmed: false },
      { text: 'world', confirmed: true },
    ]);
  });

  it('wait for the replay before they are told unconfirmed, then for the answer', () => {
    utterances.hear(says('a', 'hello', 0, 500), source, 0);
    utterances.socketGone(0);
    utterances.sentUntil(400, 20_000);
    utterances.expire(31_000);
    expect(told()).toEqual([]);
    utterances.sentUntil(600, 31_000);
    utterances.expire(41_000);
    expect(told()).toEqual(['hello']);
  });
});

describe('translations', () => {
  it.each([
    ['en', 'en-US'],
    ['pt-BR', 'pt'],
    ['zh', 'zh_Hans'],
  ])('into %s are no news, and are not waited for, where %s was spoken', (target, spoken) => {
    utterances.hear({ ...says('a', 'hello', 0, 500, true), language: spoken }, { ...source, translateTo: [target] }, 0);
    expect(utterances.untranslatedFrom).toBeUndefined();
    utterances.hearTranslation({ kind: 'translation', id: 'a', language: target, text: 'hello' });
    expect(segments.map(({ kind }) => kind)).toEqual(['final']);
  });

  it('that come under another spelling of the language are those that were asked for', () => {
    utterances.hear(says('a', 'hello', 0, 500, true), { ...source, translateTo: ['zh-Hans'] }, 0);
    utterances.hearTranslation({ kind: 'translation', id: 'a', language: 'zh_Hans', text: '你好' });
    expect(utterances.untranslatedFrom).toBeUndefined();
  });

  const spanish = { ...source, translateTo: ['es', 'en'] };
  const hola = { kind: 'translation', id: 'a', language: 'es', text: 'hola' } as const;

  it('come under the id and the times of their final', () => {
    utterances.hear(says('a', 'hello', 100, 500, true), spanish, 0);
    utterances.hearTranslation(hola);
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

  it('come once for each language', () => {
    utterances.hear(says('a', 'hello', 0, 500, true), spanish, 0);
    utterances.hearTranslation(hola);
    utterances.hearTranslation(hola);
    expect(segments).toHaveLength(2);
  });

  it('of an utterance nobody knows are dropped', () => {
    utterances.hearTranslation(hola);
    expect(segments).toEqual([]);
  });

  it('are awaited until they come, save into the language spoken', () => {
    utterances.hear(says('a', 'hello', 100, 500, true), spanish, 0);
    expect(utterances.untranslatedFrom).toBe(100);
    utterances.hearTranslation(hola);
    expect(utterances.untranslatedFrom).toBeUndefined();
  });

  it('are awaited for five seconds', () => {
    utterances.hear(says('a', 'hello', 100, 500, true), spanish, 0);
    utterances.expire(5000);
    expect(utterances.untranslatedFrom).toBeUndefined();
  });

  it('reach their final when the socket was lost between the two', () => {
    utterances.hear(says('a', 'hello', 100, 500, true), spanish, 0);
    utterances.socketGone(0);
    utterances.hear(says('x', 'hello', 110, 510, true), spanish, 0);
    utterances.hearTranslation({ ...hola, id: 'x' });
    expect(segments.map(({ kind, utteranceId }) => [kind, utteranceId])).toEqual([
      ['final', 'u1'],
      ['translation', 'u1'],
    ]);
  });
});

describe('the utterances of a broken recogniser', () => {
  it('are no more than a socket can have at once, and what gives way is told', () => {
    for (let i = 0; i < 5_000; i++) utterances.hear(says(`id${i}`, `word ${i}`, i * 200, i * 200 + 150), source, 0);
    expect(utterances.unfinishedFrom).toBe((5_000 - 32) * 200);
    expect(told()).toHaveLength(5_000 - 32);
    for (let i = 0; i < 100; i++) {
      utterances.socketGone(0);
      for (let j = 0; j < 32; j++)
        utterances.hear(says(`${i}.${j}`, 'x', 2e6 + (32 * i + j) * 200, 2e6 + (32 * i + j) * 200 + 150), source, 0);
    }
    utterances.giveUp();
    expect(told()).toHaveLength(5_000 + 3_200);
  });

  it('have no more translations than there are languages', () => {
    utterances.hear(says('a', 'hello', 0, 500, true), { ...source, translateTo: ['es'] }, 0);
    for (let i = 0; i < 5_000; i++)
      utterances.hearTranslation({ kind: 'translation', id: 'a', language: `l${i}`, text: 'x' });
    expect(segments.filter(({ kind }) => kind === 'translation')).toHaveLength(32);
  });

  it('know no more finished ids than they can use', () => {
    for (let i = 0; i < 1_000; i++) utterances.hear(says(`empty${i}`, '', 0, 10, true), source, 0);
    // The oldest are forgotten, so an id may begin anew.
    utterances.hear(says('empty0', 'again', 5_000, 5_500), source, 0);
    utterances.hear(says('empty999', 'again', 5_000, 5_500), source, 0);
    expect(segments.map(({ text }) => text)).toEqual(['again']);
  });
});
