import { describe, expect, it } from 'vitest';
import { PendingSpeech } from '../../../src/palabra/results/pending-speech.ts';
import type { Utterances } from '../../../src/palabra/results/utterances.ts';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Tape } from '../../../src/palabra/tape/tape.ts';

const RATE = 1_000; // a sample lasts a millisecond: every number here is a time

interface Heard {
  readonly lastEnd?: number; // of what is final
  readonly unfinishedFrom?: number;
  readonly untranslatedFrom?: number;
  readonly isGrowing?: boolean;
}

/** Speech from 0 to 1,000 and from 3,000 to 4,000, of a meeting that was 500 ms old; then silence up to 20,000. */
function pending({ lastEnd = 0, isGrowing = false, ...heard }: Heard = {}) {
  const tape = new Tape(RATE, new ChunkStore(RATE, 1_000_000));
  tape.appendAudio(new Int16Array(1_000), 500, true);
  tape.appendSilence(2_000);
  tape.appendAudio(new Int16Array(1_000), tape.headMs, true);
  tape.appendSilence(16_000);
  const utterances = { lastEnd, isGrowing, ...heard } as unknown as Utterances; // as far as it is read
  return new PendingSpeech(tape, utterances, { overlapMs: 300 });
}

describe('speech that is not text yet', () => {
  it.each<[string, Heard, Partial<PendingSpeech>]>([
    ['is all of it at first', {}, { settledEnd: 0, speechFrom: 0, sinceMs: 500, unsafeFrom: 0 }],
    [
      'begins a breath behind the last final',
      { lastEnd: 1_000 },
      { settledEnd: 1_300, speechFrom: 3_000, sinceMs: 3_500, unsafeFrom: 3_000 },
    ],
    [
      'is none when all of it is text',
      { lastEnd: 4_000 },
      { settledEnd: 4_300, speechFrom: undefined, sinceMs: undefined, unsafeFrom: undefined },
    ],
    [
      'is also what was shown and is not final',
      { lastEnd: 4_000, unfinishedFrom: 2_000 },
      { speechFrom: undefined, unsafeFrom: 2_000 },
    ],
    [
      'begins where the earlier of both does',
      { lastEnd: 1_000, unfinishedFrom: 3_500 },
      { sinceMs: 3_500, unsafeFrom: 3_000 },
    ],
    [
      'is not what only waits for its translations',
      { lastEnd: 4_000, untranslatedFrom: 1_500 },
      { sinceMs: undefined },
    ],
    ['has to be heard again for them', { lastEnd: 1_000, untranslatedFrom: 200 }, { unsafeFrom: 200 }],
  ])('%s', (_, heard, expected) => {
    expect(pending(heard)).toMatchObject(expected);
  });

  it.each<[string, Heard, boolean]>([
    ['while nothing grows', {}, false],
    ['while an utterance grows', { isGrowing: true }, true],
    ['while translations are awaited', { untranslatedFrom: 0 }, true],
  ])('is under way: %s, %s', (_, heard, isUnderWay) => {
    expect(pending(heard).isUnderWay).toBe(isUnderWay);
  });

  it.each<[string, Heard, number]>([
    ['a little before it', { lastEnd: 1_000 }, 2_700],
    ['the beginning of the tape at most', {}, 0],
    ['a little before the end where all is text', { lastEnd: 4_000 }, 19_700],
    ['a little before what is not finished', { lastEnd: 4_000, unfinishedFrom: 2_500 }, 2_200],
    ['a little before what is not translated', { lastEnd: 4_000, untranslatedFrom: 1_500 }, 1_200],
    ['the end of the tape, where finals reach beyond it', { lastEnd: 30_000 }, 20_000],
  ])('is sent again from %s', (_, heard, from) => {
    expect(pending(heard).replayFrom).toBe(from);
  });
});

describe('speech that brought no text', () => {
  it('is noise after eight seconds', () => {
    const speech = pending();
    speech.judgeNoise(8_500, false);
    expect(speech.settledEnd).toBe(500);
    speech.judgeNoise(11_000, false);
    expect([speech.settledEnd, speech.speechFrom]).toEqual([3_000, 3_000]);
    speech.judgeNoise(9_000, false); // it stays what it is
    expect(speech.settledEnd).toBe(3_000);
  });

  it('is noise at once when the silence after it was sent, and answered by nothing', () => {
    const speech = pending();
    speech.judgeNoise(5_000, true);
    expect([speech.settledEnd, speech.speechFrom]).toEqual([5_000, undefined]);
  });

  it('is none while something was shown that is not final', () => {
    const speech = pending({ unfinishedFrom: 0 });
    speech.judgeNoise(12_000, false);
    expect(speech.settledEnd).toBe(0);
  });
});
