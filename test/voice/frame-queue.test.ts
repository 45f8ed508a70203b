import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { PcmFrame, VoiceFrame } from '../../src/core/pcm.ts';
import { FrameQueue } from '../../src/voice/frame-queue.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void; // the flag provides it

const frame = (startMs: number): PcmFrame => ({ samples: new Int16Array(960), sampleRateHz: 48_000, startMs });

const writtenBy = (flush = () => {}, isResting = false) => ({ flush, isResting: () => isResting });

async function startsOf(queue: FrameQueue): Promise<number[]> {
  const starts: number[] = [];
  await queue.listen(({ startMs }) => void starts.push(startMs), AbortSignal.timeout(1_000));
  return starts;
}

describe("a speaker's stream", () => {
  it('gives the frames from before and after its listener came, then ends', async () => {
    const queue = new FrameQueue('100', writtenBy());
    queue.writeFrame(frame(0));
    const starts = startsOf(queue);
    queue.writeFrame(frame(20));
    queue.finish();
    expect(await starts).toEqual([0, 20]);
  });

  it('holds no frame that it gave away, for as long as it goes on', async () => {
    const queue = new FrameQueue('100', writtenBy());
    for (const ms of [0, 20, 40]) queue.writeFrame(frame(ms));
    const given: WeakRef<VoiceFrame>[] = [];
    const over = queue.listen((each) => void given.push(new WeakRef(each)), AbortSignal.timeout(5_000));
    await setImmediate(); // a WeakRef holds its object to the end of the turn
    collectGarbage();
    expect(given.map((each) => each.deref())).toEqual([undefined, undefined, undefined]);
    queue.finish();
    await over;
  });

  it('takes the frames that are still on their way before it ends', async () => {
    const queue: FrameQueue = new FrameQueue(
      '100',
      writtenBy(() => queue.writeFrame(frame(40))),
    );
    queue.writeFrame(frame(20));
    queue.finish();
    queue.writeFrame(frame(60));
    expect(await startsOf(queue)).toEqual([20, 40]);
  });

  it('drops the oldest frame and counts it when nobody listens', async () => {
    const queue = new FrameQueue('100', writtenBy(), 3);
    for (const ms of [0, 20, 40, 60, 80]) queue.writeFrame(frame(ms));
    queue.finish();
    expect(queue.dropped).toBe(2);
    expect(await startsOf(queue)).toEqual([40, 60, 80]);
  });

  it('copies frames that wait, as their memory is used again', async () => {
    const queue = new FrameQueue('100', writtenBy());
    const first = { ...frame(0), samples: Int16Array.of(1, 2) };
    queue.writeFrame(first);
    first.samples.fill(9);
    const heard: number[] = [];
    queue.finish();
    await queue.listen(({ samples }) => void heard.push(...(samples ?? [])), AbortSignal.timeout(1_000));
    expect(heard).toEqual([1, 2]);
  });

  it.each([true, false])('says whether its speaker rests: %s', (isResting) => {
    expect(new FrameQueue('100', writtenBy(undefined, isResting)).isResting).toBe(isResting);
  });

  it('ends once', () => {
    let flushed = 0;
    const queue = new FrameQueue(
      '100',
      writtenBy(() => {
        flushed += 1;
      }),
    );
    expect(queue.finished).toBe(false);
    queue.finish();
    queue.finish();
    expect([queue.finished, flushed]).toEqual([true, 1]);
  });

  it('has no listener after an abort, and leaves none on the signal', async () => {
    const queue = new FrameQueue('100', writtenBy());
    queue.writeFrame(frame(0));
    const starts: number[] = [];
    const take = ({ startMs }: VoiceFrame) => void starts.push(startMs);
    await expect(queue.listen(take, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(starts).toEqual([]);
    const { signal } = new AbortController();
    queue.finish();
    await queue.listen(take, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('passes nothing more to a listener that failed, not even frames that had waited', async () => {
    const queue = new FrameQueue('100', writtenBy());
    queue.writeFrame(frame(0));
    queue.writeFrame(frame(20));
    const stop = new AbortController();
    let handed = 0;
    const listening = queue.listen(() => {
      handed += 1;
      throw new Error('no more room');
    }, stop.signal);
    stop.abort(); // nobody listens any more
    await expect(listening).rejects.toThrow('no more room');
    expect(handed).toBe(1);
  });

  it('ends with the reason of an abort', async () => {
    const queue = new FrameQueue('100', writtenBy());
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
    const queue = new FrameQueue('100', writtenBy());
    const listening = queue.listen(() => {
      throw new Error('no more room');
    }, AbortSignal.timeout(1_000));
    queue.writeFrame(frame(0));
    await expect(listening).rejects.toThrow('no more room');
  });
});
