import { describe, expect, it } from 'vitest';
import type { PcmFrame } from '../../src/core/pcm.ts';
import { FrameQueue } from '../../src/voice/frame-queue.ts';

const frame = (startMs: number): PcmFrame => ({ samples: new Int16Array(960), sampleRateHz: 48_000, startMs });

async function startsOf(queue: FrameQueue): Promise<number[]> {
  const starts: number[] = [];
  await queue.listen(({ startMs }) => void starts.push(startMs), AbortSignal.timeout(1_000));
  return starts;
}

describe("a speaker's stream", () => {
  it('gives the frames from before and after its listener came, then ends', async () => {
    const queue = new FrameQueue('100', () => {});
    queue.writeFrame(frame(0));
    const starts = startsOf(queue);
    queue.writeFrame(frame(20));
    queue.finish();
    expect(await starts).toEqual([0, 20]);
  });

  it('takes the frames that are still on their way before it ends', async () => {
    const queue: FrameQueue = new FrameQueue('100', () => queue.writeFrame(frame(40)));
    queue.writeFrame(frame(20));
    queue.finish();
    queue.writeFrame(frame(60));
    expect(await startsOf(queue)).toEqual([20, 40]);
  });

  it('drops the oldest frame and counts it when nobody listens', async () => {
    const queue = new FrameQueue('100', () => {}, 3);
    for (const ms of [0, 20, 40, 60, 80]) queue.writeFrame(frame(ms));
    queue.finish();
    expect(queue.dropped).toBe(2);
    expect(await startsOf(queue)).toEqual([40, 60, 80]);
  });

  it('ends with the reason of an abort', async () => {
    const queue = new FrameQueue('100', () => {});
    const stop = new AbortController();
    const starts: number[] = [];
    const listening = queue.listen(({ startMs }) => void starts.push(startMs), stop.signal);
    queue.writeFrame(frame(0));
    stop.abort(new Error('enough'));
    queue.writeFrame(frame(20));
    await expect(listening).rejects.toThrow('enough');
    expect(starts).toEqual([0]);
  });

  it('ends with the error of its listener, and throws nothing at whoever wrote the frame', async () => {
    const queue = new FrameQueue('100', () => {});
    const listening = queue.listen(() => {
      throw new Error('no more room');
    }, AbortSignal.timeout(1_000));
    queue.writeFrame(frame(0));
    await expect(listening).rejects.toThrow('no more room');
  });
});
