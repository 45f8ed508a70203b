import { describe, expect, it } from 'vitest';
import { SttError } from '../../../../src/core/errors.ts';
import { type Observation, Watchdog } from '../../../../src/core/meeting/hearing/watchdog.ts';
import type { SttStatus } from '../../../../src/core/ports/speech-to-text.ts';

const live: SttStatus = { state: 'live', sentMs: 0, silenceMs: 0, sockets: 1, reconnects: 0, forcedFinals: 0 };

function ana(parts: Partial<Observation> = {}): Observation {
  return { speakerId: '100', heardMs: 0, undecryptable: 0, pendingSinceMs: undefined, stt: live, ...parts };
}

describe('the watchdog', () => {
  it('is quiet about people whose words become text', () => {
    const dog = new Watchdog();
    const stt = { ...live, lastTextMs: 19_000 };
    expect(dog.observe(20_000, [ana({ heardMs: 19_000, pendingSinceMs: 1_000, stt })])).toEqual([]);
  });

  it('says once when somebody has spoken for 15 s without any text', () => {
    const dog = new Watchdog();
    expect(dog.observe(15_999, [ana({ pendingSinceMs: 1_000 })])).toEqual([]);
    const concern = { kind: 'no text', speakerId: '100', because: 'recogniser mute' };
    expect(dog.observe(16_000, [ana({ pendingSinceMs: 1_000 })])).toEqual([concern]);
    expect(dog.observe(17_000, [ana({ pendingSinceMs: 1_000 })])).toEqual([]);
  });

  it('says so of a recogniser that takes 15 s of speech and never answers', () => {
    const dog = new Watchdog();
    const sent = (sentMs: number) => [ana({ stt: { ...live, sentMs, silenceMs: 2_000 } })];
    expect(dog.observe(20_000, sent(16_000))).toEqual([]);
    expect(dog.observe(25_000, sent(17_500))).toHaveLength(1);
  });

  it('counts such speech from the last text on', () => {
    const dog = new Watchdog();
    const sent = (sentMs: number, lastTextMs: number) => [ana({ stt: { ...live, sentMs, lastTextMs } })];
    dog.observe(10_000, sent(10_000, 9_000));
    expect(dog.observe(24_000, sent(24_000, 9_000))).toEqual([]);
    expect(dog.observe(25_500, sent(25_500, 9_000))).toHaveLength(1);
    expect(dog.observe(26_000, sent(26_000, 25_900))).toEqual([]);
  });

  it('counts the speech of each stay separately, as its sum begins at zero', () => {
    const dog = new Watchdog();
    const sent = (nowMs: number, sentMs: number, text: Partial<SttStatus> = {}) =>
      dog.observe(nowMs, [ana({ stt: { ...live, sentMs, ...text } })]);
    sent(1_000, 14_000, { lastTextMs: 500 });
    sent(2_000, 5_000); // their next stay, and some speech of it
    sent(3_000, 0); // one more
    expect(sent(19_000, 14_999)).toEqual([]);
    expect(sent(20_000, 15_000)).toHaveLength(1);
  });

  it('is quiet about people who have no stream yet, until words wait', () => {
    const dog = new Watchdog();
    expect(dog.observe(20_000, [ana({ stt: undefined })])).toEqual([]);
    expect(dog.observe(20_000, [ana({ stt: undefined, pendingSinceMs: 5_000 })])).toMatchObject([
      { because: 'recogniser mute' },
    ]);
  });

  it.each(['connecting', 'retrying'] as const)(
    'says that the recogniser is out of reach while the stream is %s',
    (state) => {
      const [concern] = new Watchdog().observe(20_000, [ana({ pendingSinceMs: 0, stt: { ...live, state } })]);
      expect(concern).toMatchObject({ because: 'recogniser out of reach' });
    },
  );

  it('gives the reason that the recogniser gives', () => {
    const error = new SttError('balance-used-up', 'The Palabra balance is used up');
    const stt = { ...live, state: 'stopped' as const, error };
    const [concern] = new Watchdog().observe(20_000, [ana({ pendingSinceMs: 0, stt })]);
    expect(concern).toMatchObject({ because: error });
  });

  it('says that words come later when sockets are fewer than speakers', () => {
    const stt = { ...live, state: 'waiting for a free socket' as const };
    const [concern] = new Watchdog().observe(20_000, [ana({ pendingSinceMs: 0, stt })]);
    expect(concern).toMatchObject({ because: 'turns are taken' });
  });

  it('reports a trouble again when it returns', () => {
    const dog = new Watchdog();
    dog.observe(20_000, [ana({ pendingSinceMs: 0 })]);
    dog.observe(21_000, [ana()]);
    expect(dog.observe(50_000, [ana({ pendingSinceMs: 30_000 })])).toHaveLength(1);
  });

  it('says once when somebody was heard for a minute and never loud enough, and again when it happens again', () => {
    const dog = new Watchdog();
    const quiet = (nowMs: number, quietMs: number) =>
      dog.observe(nowMs, [ana({ heardMs: nowMs, stt: { ...live, quietMs } })]);
    expect(quiet(70_000, 59_980)).toEqual([]);
    expect([dog.isTooQuiet('100'), dog.isTooQuiet('200')]).toEqual([false, false]);
    expect(quiet(71_000, 60_000)).toEqual([{ kind: 'too quiet', speakerId: '100' }]);
    expect(quiet(72_000, 61_000)).toEqual([]);
    expect(dog.isTooQuiet('100')).toBe(true);
    expect(quiet(73_000, 0)).toEqual([]); // they spoke up
    expect(dog.isTooQuiet('100')).toBe(false);
    expect(quiet(140_000, 60_000)).toHaveLength(1);
  });

  it('says once when packets come for 15 s and none can be decrypted', () => {
    const dog = new Watchdog();
    const told = Array.from({ length: 20 }, (_, second) =>
      dog.observe(second * 1_000, [ana({ undecryptable: second * 50 })]),
    );
    expect(told.flat()).toEqual([{ kind: 'unreadable', speakerId: '100' }]);
  });

  it('says so after exactly 15 s, however long the meeting lasts, and knows it until they are heard', () => {
    const dog = new Watchdog();
    const packets = (nowMs: number, undecryptable: number, heardMs = 0) =>
      dog.observe(nowMs, [ana({ undecryptable, heardMs })]).map(({ kind }) => kind);
    packets(100_000, 0);
    expect([packets(101_000, 1), packets(115_999, 2)]).toEqual([[], []]);
    expect(dog.isUnreadable('100')).toBe(false);
    expect(packets(116_000, 3)).toEqual(['unreadable']);
    expect([dog.isUnreadable('100'), dog.isUnreadable('200')]).toEqual([true, false]);
    expect(packets(117_000, 4, 20)).toEqual(['readable again']);
    expect(dog.isUnreadable('100')).toBe(false);
    expect(packets(118_000, 4, 40)).toEqual([]);
  });

  it('says since when, once they can be decrypted again', () => {
    const dog = new Watchdog();
    for (let second = 0; second < 20; second += 1) dog.observe(second * 1_000, [ana({ undecryptable: second * 50 })]);
    const [concern] = dog.observe(20_000, [ana({ undecryptable: 950, heardMs: 20 })]);
    expect(concern).toEqual({ kind: 'readable again', speakerId: '100', sinceMs: 1_000 });
  });

  it('minds neither single undecryptable packets nor silence', () => {
    const dog = new Watchdog();
    const told = [
      dog.observe(0, [ana()]),
      dog.observe(1_000, [ana({ undecryptable: 3 })]),
      dog.observe(2_000, [ana({ undecryptable: 3, heardMs: 500 })]),
      dog.observe(60_000, [ana({ undecryptable: 3, heardMs: 500 })]),
    ];
    expect(told.flat()).toEqual([]);
  });
});
