import { describe, expect, it } from 'vitest';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Tape } from '../../../src/palabra/tape/tape.ts';

const RATE = 16_000;
const CHUNK = 5120;
const counting = (from: number, count: number) => Int16Array.from({ length: count }, (_, i) => from + i);
const samplesOf = (bytes: Uint8Array) => [...new Int16Array(bytes.slice().buffer)];

function tapeWith(maxBytes = 1_000_000) {
  const store = new ChunkStore(RATE, maxBytes);
  return { store, tape: new Tape(RATE, store) };
}

describe('a tape', () => {
  it('gives back the samples it was given, across chunks', () => {
    const { tape } = tapeWith();
    for (let i = 0; i < 40; i++) tape.appendAudio(counting(i * 320, 320), i * 20, true);
    expect(samplesOf(tape.readBytes(CHUNK - 10, 20))).toEqual([...counting(CHUNK - 10, 20)]);
    expect(samplesOf(tape.readBytes(CHUNK, CHUNK))).toEqual([...counting(CHUNK, CHUNK)]);
  });

  it('takes a quarter of a chunk’s memory when its first quarter is written, and so on', () => {
    const { store, tape } = tapeWith();
    const held = Array.from({ length: 20 }, (_, i) => {
      tape.appendAudio(new Int16Array(320), i * 20, true);
      return store.heldBytes / (2 * CHUNK);
    });
    expect(held).toEqual([0.25, 0.5, 0.75, 1, 1.25].flatMap((part) => Array(4).fill(part)));
  });

  it('gives back samples of any length, whatever was written before them', () => {
    const { tape } = tapeWith();
    const said = counting(1, 2 * CHUNK);
    for (let at = 0, length = 1; at < said.length; at += length, length = (length * 7) % 1_601) {
      tape.appendAudio(said.slice(at, at + length), at / 16, true);
    }
    expect(samplesOf(tape.readBytes(0, 2 * CHUNK))).toEqual([...said]);
    tape.appendSilence(2_000);
    tape.retractSilence(1_500, 0);
    expect(samplesOf(tape.readBytes(2 * CHUNK - 1, 501))).toEqual([2 * CHUNK, ...Array(500).fill(0)]);
  });

  it('knows the time of every sample, over pauses that were left out', () => {
    const { tape } = tapeWith();
    tape.appendAudio(new Int16Array(1600), 500, true);
    tape.appendAudio(new Int16Array(1600), 9000, true);
    expect([tape.msAt(800, 'start'), tape.msAt(1600, 'end'), tape.msAt(1600, 'start')]).toEqual([550, 600, 9000]);
    expect(tape.headMs).toBe(9100);
  });

  it.each([
    ['at the first sample of a talk', 0, 9_000],
    ['after it', 6.5, 9_006.5],
    ['a sample or two before it', -0.125, 8_999.875],
    ['as much before it as recognisers begin early', -500, 8_500],
    ['in the silence before that, at the end of the earlier talk', -501, 2_099],
    ['in the earlier talk', -1_600, 1_000],
  ])('gives the time of words that begin %s', (_what, fromStartMs, spokenMs) => {
    const { tape } = tapeWith();
    tape.appendAudio(new Int16Array(1.1 * RATE), 0, true);
    tape.appendSilence(1.5 * RATE);
    const talk = tape.head;
    tape.appendAudio(new Int16Array(RATE), 9_000, true);
    expect(tape.wordsMsAt(talk + tape.samplesIn(fromStartMs), 'start')).toBe(spokenMs);
  });

  it('gives the time of words that begin before late audio, where silence had taken its place', () => {
    const { tape } = tapeWith();
    tape.appendAudio(new Int16Array(RATE), 0, true);
    tape.appendSilence(RATE);
    tape.appendAudio(new Int16Array(RATE), 1_500, true);
    expect(tape.wordsMsAt(2 * RATE - 160, 'start')).toBe(1_490);
  });

  it('measures words that begin in speech from that speech, however near the next talk is', () => {
    const { tape } = tapeWith();
    tape.appendAudio(new Int16Array(RATE), 0, true);
    tape.appendAudio(new Int16Array(RATE), 5_000, true);
    expect(tape.wordsMsAt(RATE - 160, 'start')).toBe(990);
    expect(tape.wordsMsAt(RATE, 'end')).toBe(1_000);
  });

  it('takes back silence of its own making, but no audio', () => {
    const { tape } = tapeWith();
    tape.appendAudio(new Int16Array(320), 0, true);
    tape.appendSilence(6000);
    tape.retractSilence(10_000, 0);
    expect([tape.head, tape.madeSilence]).toEqual([320, 0]);
    tape.appendAudio(counting(1, 320), 20, true);
    expect(samplesOf(tape.readBytes(320, 320))).toEqual([...counting(1, 320)]);
  });

  it('takes back nothing that was sent', () => {
    const { tape } = tapeWith();
    tape.appendSilence(1000, 0);
    tape.retractSilence(1000, 600);
    expect(tape.head).toBe(600);
  });

  it('finds the speech after a sample', () => {
    const { tape } = tapeWith();
    tape.appendAudio(new Int16Array(1600), 0, true);
    tape.appendSilence(RATE);
    tape.appendAudio(new Int16Array(1600), 1100, true);
    expect(tape.speechFrom(1600)).toEqual({ from: 1600 + RATE, to: 3200 + RATE });
    expect(tape.speechFrom(800)).toEqual({ from: 800, to: 1600 });
    expect(tape.speechFrom(3200 + RATE)).toBeUndefined();
  });

  it('takes a short break for a part of the same speech', () => {
    const { tape } = tapeWith();
    tape.appendAudio(new Int16Array(1600), 0, true);
    tape.appendSilence(1600);
    tape.appendAudio(new Int16Array(1600), 200, true);
    expect(tape.speechFrom(0)).toEqual({ from: 0, to: 4800 });
  });

  it('gives its memory back as it forgets', () => {
    const { tape, store } = tapeWith(4 * CHUNK * 2);
    tape.appendAudio(new Int16Array(CHUNK * 4), 0, true);
    expect(store.exhausted).toBe(true);
    tape.forgetBefore(CHUNK + 5);
    expect([tape.tail, store.exhausted]).toEqual([CHUNK + 5, false]);
    tape.freeMemory();
    tape.appendAudio(counting(0, 320), 20_000, false);
    expect(samplesOf(tape.readBytes(tape.head - 320, 320))).toEqual([...counting(0, 320)]);
  });

  it('refuses to read what it has forgotten', () => {
    const { tape } = tapeWith();
    tape.appendAudio(new Int16Array(CHUNK * 2), 0, true);
    tape.forgetOldest();
    expect(() => tape.readBytes(0, 10)).toThrow(RangeError);
  });
});
