import { describe, expect, it } from 'vitest';
import type { TranscriptSegment } from '../../../src/core/segment.ts';
import { SegmentQueue } from '../../../src/palabra/results/segment-queue.ts';
import { makeFinal, makePartial } from '../../support/make.ts';

async function readAll(queue: SegmentQueue): Promise<TranscriptSegment[]> {
  queue.end();
  return await Array.fromAsync(queue.read(new AbortController().signal));
}

describe('a queue of segments that nobody has read yet', () => {
  it('holds the newest partial of each utterance, however many grow in turn', async () => {
    const queue = new SegmentQueue();
    for (let i = 0; i < 1_000; i++) queue.push(makePartial({ utteranceId: `u${i % 3}`, text: `word ${i}` }));
    expect((await readAll(queue)).map(({ text }) => text)).toEqual(['word 997', 'word 998', 'word 999']);
  });

  it('holds each final, and no earlier partial of its utterance', async () => {
    const queue = new SegmentQueue();
    queue.push(makePartial({ utteranceId: 'u1', text: 'he' }));
    queue.push(makeFinal({ utteranceId: 'u2', text: 'other' }));
    queue.push(makeFinal({ utteranceId: 'u1', text: 'hello' }));
    expect((await readAll(queue)).map(({ text }) => text)).toEqual(['other', 'hello']);
  });
});
