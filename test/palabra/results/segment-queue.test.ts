import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { TranscriptSegment } from '../../../src/core/segment.ts';
import { SegmentQueue } from '../../../src/palabra/results/segment-queue.ts';
import { makeFinal, makePartial } from '../../support/make.ts';

async function readAll(queue: SegmentQueue): Promise<TranscriptSegment[]> {
  queue.end();
  return await Array.fromAsync(queue.read(new AbortController().signal));
}

describe('the reader of segments', () => {
  it('gets each as it comes, and ends with the last', async () => {
    const queue = new SegmentQueue();
    const texts: string[] = [];
    const reading = (async () => {
      for await (const { text } of queue.read(new AbortController().signal)) texts.push(text);
    })();
    queue.push(makeFinal({ text: 'one' }));
    await vi.waitUntil(() => texts.length === 1);
    queue.push(makeFinal({ text: 'two' }));
    await vi.waitUntil(() => texts.length === 2);
    queue.end();
    queue.push(makeFinal({ text: 'too late' }));
    await reading;
    expect(texts).toEqual(['one', 'two']);
  });

  it('stops with the reason of an abort, while it waits and before', async () => {
    const stop = new AbortController();
    const waiting = new SegmentQueue().read(stop.signal).next();
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    const queue = new SegmentQueue();
    queue.push(makeFinal());
    await expect(queue.read(stop.signal).next()).rejects.toThrow('enough');
  });

  it('leaves nothing behind on the signal', async () => {
    const { signal } = new AbortController();
    const queue = new SegmentQueue();
    queue.end();
    await Array.fromAsync(queue.read(signal));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a queue of segments that nobody has read yet', () => {
  it('holds the newest partial of each utterance, however many grow in turn', async () => {
    const queue = new SegmentQueue();
    for (let i = 0; i < 1_000; i++) queue.push(makePartial({ utteranceId: `u${i % 3}`, text: `word ${i}` }));
    expect((await readAll(queue)).map(({ text }) => text)).toEqual(['word 997', 'word 998', 'word 999']);
  });

  it('holds each final, and no earlier partial of its utterance', async () => {
    const queue = new SegmentQueue();
    queue.push(makeFinal({ utteranceId: 'u1', text: 'first half' }));
    queue.push(makePartial({ utteranceId: 'u1', text: 'he' }));
    queue.push(makeFinal({ utteranceId: 'u2', text: 'other' }));
    queue.push(makeFinal({ utteranceId: 'u1', text: 'hello' }));
    expect((await readAll(queue)).map(({ text }) => text)).toEqual(['first half', 'other', 'hello']);
  });
});
