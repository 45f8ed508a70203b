import { describe, expect, it } from 'vitest';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Tape } from '../../../src/palabra/tape/tape.ts';
import { stretched } from '../../../src/voice/decoding/concealment.ts';
import { decodersOf } from '../../../src/voice/index.ts';
import { encodeSpeech, SpeechReader } from '../../simulators/speech/index.ts';
import { native } from '../../support/native.ts';

const RATE = 48_000;
const FRAME = 960;
const CHUNK = 15_360;
const speech = encodeSpeech('Hello you over there');

/** @param stretch - what each frame is longer by, in turns: the sender's clock is not ours */
function tapeOf(packets: readonly Buffer[], { offset = 0, lost = -1, stretch = [0] as readonly (-1 | 0 | 1)[] } = {}) {
  const store = new ChunkStore(RATE, 100e6, decodersOf(RATE, native));
  const tape = new Tape(RATE, store);
  const heard: number[] = new Array<number>(offset).fill(0);
  const decoder = decodersOf(RATE, native)();
  tape.appendSilence(offset, 0);
  for (const [i, packet] of packets.entries()) {
    const made = (i === lost ? undefined : decoder.decode(packet)) ?? new Int16Array(FRAME).fill(7);
    const samples = stretched(made, stretch[i % stretch.length] ?? 0);
    tape.appendAudio(samples, tape.headMs, true, i === lost ? undefined : packet);
    heard.push(...samples);
  }
  const read = (from: number, count: number) => {
    const bytes = tape.readBytes(from, count);
    return new Int16Array(bytes.slice().buffer);
  };
  return { store, tape, heard, read };
}

/** How much of the sound is something else, as a part of it. */
function difference(made: ArrayLike<number>, heard: ArrayLike<number>): number {
  let [error, all] = [0, 0];
  for (let i = 0; i < heard.length; i++) {
    error += ((made[i] ?? 0) - (heard[i] ?? 0)) ** 2;
    all += (heard[i] ?? 0) ** 2;
  }
  return Math.sqrt(error / all);
}

function largestStep(samples: readonly number[]): number {
  return samples.reduce((largest, sample, i) => Math.max(largest, Math.abs(sample - (samples[i - 1] ?? sample))), 0);
}

describe('speech that is put away as packets', () => {
  it.each([0, 100, 1_300])(
    'takes a tenth of the memory and sounds the same (%i samples after the chunk began)',
    (offset) => {
      const { store, tape, heard, read } = tapeOf(speech, { offset });
      const before = Math.ceil(tape.head / CHUNK) * CHUNK * 2;
      tape.putAwayBefore(tape.head);
      expect(store.heldBytes - CHUNK * 2).toBeLessThan(before / 5);
      for (let from = CHUNK; from + CHUNK <= tape.head; from += CHUNK) {
        expect(difference(read(from, CHUNK), heard.slice(from, from + CHUNK))).toBeLessThan(0.05);
      }
      const reader = new SpeechReader(RATE);
      const said = [...reader.push(read(0, tape.head)), ...reader.flush()];
      expect(said.map((event) => (event.kind === 'ended' ? event.text : '')).join('')).toBe('Hello you over there');
    },
  );

  it.each([
    { clock: 'fast', stretch: [-1, 0, -1, 0, 0] as const },
    { clock: 'slow', stretch: [1, 0, 1, 0, 0] as const },
  ])('takes as little and sounds the same where a $clock clock is followed, to the sample', ({ stretch }) => {
    const { store, tape, heard, read } = tapeOf(speech, { stretch });
    const before = Math.ceil(tape.head / CHUNK) * CHUNK * 2;
    tape.putAwayBefore(tape.head);
    expect(store.heldBytes - CHUNK * 2).toBeLessThan(before / 5);
    const from = CHUNK; // what shapes the first chunk's beginning is not kept
    const count = tape.head - CHUNK;
    expect(difference(read(from, count), heard.slice(from))).toBeLessThan(0.05);
    const seams = (samples: ArrayLike<number>) => largestStep(Array.from(samples));
    expect(seams(read(from, count))).toBeLessThanOrEqual(1.1 * seams(heard.slice(from)));
  });

  it('keeps the samples of the newest chunks until they are sent: a small backlog is not decoded twice', () => {
    let decoders = 0;
    const decoderOf = decodersOf(RATE, native);
    const store = new ChunkStore(RATE, 100e6, () => {
      decoders += 1;
      return decoderOf();
    });
    const tape = new Tape(RATE, store);
    const decoder = decoderOf();
    for (let i = 0; tape.head < 8 * CHUNK; i++) {
      const packet = speech[i % speech.length] ?? Buffer.of();
      tape.appendAudio(decoder.decode(packet) ?? new Int16Array(FRAME), (i * FRAME) / 48, true, packet);
    }
    tape.readBytes(0, CHUNK);
    expect(decoders).toBe(0);
    tape.putAwayBefore(CHUNK); // sent
    tape.readBytes(0, CHUNK);
    expect(decoders).toBe(1);
  });

  it('keeps what has no packet as it is', () => {
    const { tape, heard, read } = tapeOf(speech, { lost: 3 });
    tape.putAwayBefore(tape.head);
    expect([...read(3 * FRAME, FRAME)]).toEqual(heard.slice(3 * FRAME, 4 * FRAME));
  });

  it('goes on where silence was taken back', () => {
    const { tape, heard, read } = tapeOf(speech.slice(0, 20));
    const end = tape.head;
    tape.appendSilence(3 * CHUNK);
    tape.retractSilence(3 * CHUNK, 0);
    tape.appendAudio(new Int16Array(FRAME).fill(5), end / 48, true);
    expect(tape.head).toBe(end + FRAME);
    expect(difference(read(CHUNK, end - CHUNK), heard.slice(CHUNK, end))).toBeLessThan(0.05);
    expect([...read(end, FRAME)]).toEqual(new Array<number>(FRAME).fill(5));
  });

  it('gives all its memory back', () => {
    const { store, tape } = tapeOf(speech, { lost: 5 });
    tape.putAwayBefore(tape.head);
    tape.forgetBefore(2 * CHUNK);
    tape.freeMemory();
    expect(store.heldBytes).toBe(0);
  });
});
