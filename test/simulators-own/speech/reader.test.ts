import { describe, expect, it } from 'vitest';
import { SpeechReader } from '../../simulators/speech/reader.ts';
import { speak } from '../../simulators/speech/speak.ts';

function read(sampleRateHz: number, ...parts: Int16Array[]) {
  const reader = new SpeechReader(sampleRateHz);
  const silence = new Int16Array(sampleRateHz);
  return [silence, ...parts, silence].flatMap((part) => reader.push(part)).filter((event) => event.kind === 'ended');
}

describe('a speech reader', () => {
  it.each([8000, 16_000, 24_000, 44_100, 48_000])('reads back what was spoken at %i Hz', (sampleRateHz) => {
    const text = 'Größe, 日本 and 🎉 done.';
    expect(read(sampleRateHz, speak(text, sampleRateHz))).toMatchObject([{ text, slips: 0, isIntact: true }]);
  });
});
