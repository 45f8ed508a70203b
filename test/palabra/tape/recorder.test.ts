import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/palabra/limits.ts';
import { ChunkStore } from '../../../src/palabra/tape/chunks.ts';
import { Recorder } from '../../../src/palabra/tape/recorder.ts';
import { Tape } from '../../../src/palabra/tape/tape.ts';

const RATE = 16_000;
const FRAME_MS = 20;

/** Twenty milliseconds at this level, in dBFS. */
function sound(db: number): Int16Array {
  const amplitude = Math.SQRT2 * 32_768 * 10 ** (db / 20);
  return Int16Array.from({ length: (RATE * FRAME_MS) / 1000 }, (_, i) => Math.round(amplitude * Math.sin(i / 3)));
}

/** Somebody's microphone, from the beginning of a meeting on. */
function microphone() {
  let nowMs = 0;
  const tape = new Tape(RATE, new ChunkStore(RATE, 10_000_000));
  const recorder = new Recorder(tape, DEFAULT_LIMITS, { beganAt: new Date(0), nowMs: () => nowMs });
  const hear = (db: number, ms: number) => {
    for (const end = nowMs + ms; nowMs < end; nowMs += FRAME_MS) {
      recorder.recordFrame({ samples: sound(db), sampleRateHz: RATE, startMs: nowMs }, 0);
    }
  };
  return { recorder, tape, hear };
}

describe('a recorder', () => {
  it('counts how long a voice is too quiet, until it is loud enough', () => {
    const { recorder, tape, hear } = microphone();
    hear(-56, 60_000);
    expect([recorder.quietMs, tape.head]).toEqual([60_000, 0]);
    hear(-30, 200);
    expect(recorder.quietMs).toBe(0);
    expect(recorder.isSpeaking).toBe(true);
  });

  it.each([-120, -66])('counts no silence, however long a video user sends it: %i dBFS', (db) => {
    const { recorder, hear } = microphone();
    hear(db, 120_000);
    expect(recorder.quietMs).toBe(0);
  });

  it.each([100, 120, 140])('writes a clear "no" of %i ms down, and the silence after it', (ms) => {
    const { recorder, tape, hear } = microphone();
    hear(-80, 1_000);
    hear(-25, ms);
    expect(recorder.isSpeaking).toBe(true);
    hear(-80, 2_000);
    expect(recorder.isSpeaking).toBe(false);
    const speech = tape.speechFrom(0);
    expect(tape.msIn((speech?.to ?? 0) - (speech?.from ?? 0))).toBe(ms);
  });

  it('hears the pauses of somebody beside a fan that never stops', () => {
    const { recorder, hear } = microphone();
    hear(-48, 10_000);
    hear(-30, 1_000);
    expect(recorder.isSpeaking).toBe(true);
    hear(-48, 2_000);
    expect(recorder.isSpeaking).toBe(false);
  });
});
