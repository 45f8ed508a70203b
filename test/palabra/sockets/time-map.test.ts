import { describe, expect, it } from 'vitest';
import { TimeMap } from '../../../src/palabra/sockets/time-map.ts';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Tape } from '../../../src/palabra/tape/tape.ts';

const RATE = 1_000; // a sample is a millisecond
const OPENED_MS = 5_000;

function makeMap(): TimeMap {
  return new TimeMap(new Tape(RATE, new ChunkStore(RATE, 1_000_000)), OPENED_MS);
}

describe('the recogniser’s times', () => {
  it('count the audio of the socket, whatever part of the tape it is', () => {
    const map = makeMap();
    map.noteAudio(700, 300, OPENED_MS + 100);
    map.noteAudio(1_000, 300, OPENED_MS + 400);
    map.noteAudio(9_000, 300, OPENED_MS + 700); // silence was skipped
    expect(map.sentSamples).toBe(900);
    expect([0, 250, 599, 601, 900].map((ms) => map.sampleAt(ms, 'end', OPENED_MS + 700))).toEqual([
      ...[700, 950, 1_299, 9_001, 9_300],
    ]);
    expect([map.sampleAt(600, 'end', 0), map.sampleAt(600, 'start', 0)]).toEqual([1_300, 9_000]); // either side of the jump
  });

  it('count silence of our own, which lies between two samples of the tape', () => {
    const map = makeMap();
    map.noteAudio(0, 300, OPENED_MS);
    map.noteSilence(320);
    map.noteSilence(320);
    map.noteAudio(300, 300, OPENED_MS);
    expect(map.sentSamples).toBe(1_240);
    expect([map.sampleAt(500, 'end', 0), map.sampleAt(500, 'start', 0)]).toEqual([300, 300]);
    expect(map.sampleAt(1_000, 'end', 0)).toBe(360);
  });

  it.each([
    [300 + 1_000, 10_000, 1_301], // a second later than the audio, no more: it counts the audio all the same
    [300 + 1_001, 10_000, 301], // it counts the clock, by which nothing came after the piece
    [300 + 1_001, 300, undefined], // later than the clock, too
    [300 + 1_001, 301, 301],
  ])('of %d ms, %d ms after the socket opened, mean sample %s of what is sent', (timeMs, sinceMs, sample) => {
    const map = makeMap();
    map.noteAudio(1, 300, OPENED_MS + 300);
    expect(map.sampleAt(timeMs, 'end', OPENED_MS + sinceMs)).toBe(sample);
  });

  it('count the clock from the first time on that is too late for the audio', () => {
    const map = makeMap();
    map.noteAudio(0, 300, OPENED_MS + 4_000);
    expect(map.sampleAt(200, 'end', OPENED_MS + 4_000)).toBe(200);
    expect(map.sampleAt(3_900, 'end', OPENED_MS + 4_000)).toBe(200); // the piece’s last sample came with it
    expect(map.sampleAt(3_800, 'end', OPENED_MS + 4_000)).toBe(100);
  });

  it('need the newest audio alone', () => {
    const map = makeMap();
    for (let at = 0; at <= 600; at += 1) map.noteAudio(at * 20, 10, OPENED_MS + at * 10);
    expect(map.sampleAt(10 * 500, 'start', OPENED_MS + 6_000)).toBe(20 * 500);
    expect(map.sampleAt(10, 'start', OPENED_MS + 6_000)).not.toBe(20); // no message is about that any more
  });
});
